package import SpectralAnalysis

/// Which of two people speaks, for every frame of speech of a mono recording.
package struct SpeakerSegmentation: Sendable {
    /// Posterior probability of the first speaker per frame; meaningless where there is no speech.
    package let first: [Float]
    /// The chosen refinement; nil where there is too little speech to part two voices.
    package let refinement: SpeakerRefinement?
    /// Every few frames of the speech, for the search of overlapped speech; nil unless asked for.
    package let samples: OverlapSamples?
    /// What speaks for the split; nil without one.
    package let evidence: SplitEvidence?
    /// What tells the two people apart in speech that is still to come; nil without a split.
    package let models: SpeakerModels?
    /// The voices behind the speech: of all of it, of the first and of the second person.
    package let voices: (all: VoiceStatistics, first: VoiceStatistics, second: VoiceStatistics)

    /// Parts the speech of `features` where `mask` says so; gives their rows back on the way.
    ///
    /// - Parameters:
    ///   - noise: brings the noise around the speech to one level first; nil leaves it as it is.
    ///   - overlap: keeps samples for the search of overlapped speech; nil keeps none.
    ///   - spatial: where the sound comes from, as two microphones hear it.
    package init(
        features: inout SpectralFeatures, mask: [Bool], noise: NoiseEqualisation? = nil,
        overlap: OverlapParameters? = nil, spatial: SpatialFeatures? = nil,
        prior: SpeakerPrior, parameters: SegmentationParameters, threads: Int
    ) async {
        precondition(
            spatial == nil || parameters.blockLength == ChannelDelays.framesPerRow, "a row of the delay for every block"
        )
        if let noise { features.equalise(noise, where: mask, threads: threads) }
        samples = overlap.map { OverlapSamples(features: features, mask: mask, parameters: $0) }
        let frameWeights = FrameWeights(features: features, parameters: parameters)
        let blocks = BlockStatistics(
            releasing: &features, mask: mask, frameWeights: frameWeights, parameters: parameters, threads: threads)
        let excerpt = blocks.excerpt(parameters)
        let space = SpeakerSpace(
            features: features, mask: mask, frameWeights: frameWeights, blocks: excerpt, whole: blocks, prior: prior,
            parameters: parameters)
        features.releaseRows()
        let judge = SplitJudge(space: space, parameters: parameters)
        let places = spatial.map { BlockPlaces(features: $0, blocks: excerpt) }
        let search = await SpeakerSearch(
            blocks: excerpt, space: space, judge: judge, places: places, parameters: parameters, threads: threads)
        let judged = search.best.map { judge.judge($0.first) }
        let third = search.best.map { judge.thirdVoice($0.first) }
        models = search.best.map { SpeakerModels(blocks: excerpt, first: $0.first, parameters: parameters) }
        let everybody = [Double](repeating: 1, count: excerpt.count)
        let split = search.best?.first ?? everybody
        voices = (
            VoiceStatistics(of: everybody, blocks: excerpt, space: space),
            VoiceStatistics(of: split.map { max(2 * $0 - 1, 0) }, blocks: excerpt, space: space),
            VoiceStatistics(of: split.map { max(1 - 2 * $0, 0) }, blocks: excerpt, space: space)
        )
        refinement = search.best.map { best in
            if excerpt.count == blocks.count {
                return best.decoded(
                    blocks, voices: search.voices, places: places, parameters: parameters, threads: threads)
            }
            let places = spatial.map { BlockPlaces(features: $0, blocks: blocks) }
            return SpeakerRefinement(
                extending: best, from: excerpt, to: blocks, places: places, parameters: parameters, threads: threads
            ).decoded(blocks, places: places, parameters: parameters, threads: threads)
        }
        let (first, doubt) = Self.frames(of: refinement, blocks, count: mask.count, parameters)
        self.first = first
        let speech = Double(mask.count { $0 }) * features.geometry.framePeriod
        evidence = refinement.flatMap { refinement in
            judged.map { judged in
                SplitEvidence(
                    agreement: search.agreement, separation: refinement.separation, likelihoodRatio: judged.ratio,
                    speakerDistance: judged.distance, smallerSide: refinement.smallerSide, meanDoubt: doubt,
                    speech: speech,
                    thirdVoice: third ?? .none)
            }
        }
    }

    /// Posteriors of the blocks per frame, and the mean share of the less likely person, weighted.
    private static func frames(
        of refinement: SpeakerRefinement?, _ blocks: BlockStatistics, count: Int, _ parameters: SegmentationParameters
    ) -> (first: [Float], doubt: Double) {
        var first = [Float](repeating: 1, count: count)
        var doubt = 0.0
        if let refinement {
            for (block, posterior) in refinement.first.enumerated() {
                let start = blocks.positions[block] * parameters.blockLength
                for frame in start..<min(start + parameters.blockLength, count) { first[frame] = Float(posterior) }
                doubt += blocks.weights[block] * min(posterior, 1 - posterior)
            }
            doubt /= blocks.total.weight
        }
        return (first, doubt)
    }
}

/// `transform` of every item, in order, on at most `threads` threads; the result does not depend on how many.
package func inParallel<Item: Sendable, Result: Sendable>(
    _ items: [Item], threads: Int, _ transform: @escaping @Sendable (Item) -> Result
) async -> [Result] {
    guard threads > 1, items.count > 1 else { return items.map(transform) }
    return await withTaskGroup(of: (Int, Result).self) { group in
        var results = [Result?](repeating: nil, count: items.count)
        var next = 0
        func submit() {
            guard next < items.count else { return }
            let (index, item) = (next, items[next])
            group.addTask { (index, transform(item)) }
            next += 1
        }
        for _ in 0..<threads { submit() }
        for await (index, result) in group {
            results[index] = result
            submit()
        }
        return results.compactMap { $0 }
    }
}
