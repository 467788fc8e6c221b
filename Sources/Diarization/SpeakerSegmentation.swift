package import SpectralAnalysis

/// Which of two people speaks, for every frame of speech of a mono recording.
package struct SpeakerSegmentation: Sendable {
    /// Posterior probability of the first speaker per frame; meaningless where there is no speech.
    package let first: [Float]
    /// The chosen refinement; nil where there is too little speech to part two voices.
    package let refinement: SpeakerRefinement?
    /// Mean over the weighted speech of the posterior of the person not chosen, 0...0.5.
    package let meanDoubt: Double

    /// Parts the speech of `features` where `mask` says so; gives their rows back on the way.
    package init(
        features: inout SpectralFeatures, mask: [Bool], parameters: SegmentationParameters, threads: Int
    ) async {
        let blocks = BlockStatistics(features: &features, mask: mask, parameters: parameters, releasing: true)
        let starts = Self.starts(for: blocks, parameters: parameters)
        let refinements = await inParallel(starts, threads: threads) { start in
            SpeakerRefinement(start: start, blocks: blocks, parameters: parameters)
        }
        var best: SpeakerRefinement?
        for candidate in refinements where candidate.merit > best?.merit ?? -.infinity { best = candidate }
        refinement = best
        var first = [Float](repeating: 1, count: mask.count)
        var doubt = 0.0
        if let best {
            for (block, posterior) in best.first.enumerated() {
                let start = blocks.positions[block] * parameters.blockLength
                for frame in start..<min(start + parameters.blockLength, mask.count) { first[frame] = Float(posterior) }
                doubt += blocks.weights[block] * min(posterior, 1 - posterior)
            }
            doubt /= blocks.total.weight
        }
        self.first = first
        meanDoubt = doubt
    }

    /// Posteriors to start from: one clustering for each length of run that the recording has room for.
    package static func starts(for blocks: BlockStatistics, parameters: SegmentationParameters) -> [[Double]] {
        let regularisation = blocks.variance.map { $0 * parameters.startRegularisation }
        var seen: Set<Double> = []
        var starts: [[Double]] = []
        for wanted in parameters.startRunLengths {
            let length = max(wanted, (blocks.total.weight / parameters.greatestRunCount).rounded(.up))
            guard seen.insert(length).inserted else { continue }
            let runs = blocks.runs(length: length)
            guard runs.count >= 3 else { continue }
            let labels = AgglomerativeClustering.cluster(runs, into: 2, regularisation: regularisation)
            starts.append(posteriors(of: runs, labels: labels, blockCount: blocks.count, parameters))
        }
        return starts
    }

    /// Mean vote of the runs that cover a block, kept away from certainty; one half where none does.
    private static func posteriors(
        of runs: [BlockRun], labels: [Int], blockCount: Int, _ parameters: SegmentationParameters
    ) -> [Double] {
        var votes = [Double](repeating: 0, count: blockCount)
        var covering = votes
        for (run, label) in zip(runs, labels) {
            for block in run.blocks {
                votes[block] += label == 0 ? 1 : -1
                covering[block] += 1
            }
        }
        return zip(votes, covering).map { votes, covering in
            let posterior = 0.5 + 0.5 * votes / max(covering, 1)
            return min(max(posterior, 1 - parameters.startConfidence), parameters.startConfidence)
        }
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
