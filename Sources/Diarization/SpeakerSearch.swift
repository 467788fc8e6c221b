/// Splits of the speech between two people, each refined from another start, and the best of them.
package struct SpeakerSearch: Sendable {
    /// Every refined split, in the fixed order of the starts.
    package let candidates: [SpeakerRefinement]
    /// The chosen one; nil where there is too little speech for any start.
    package let best: SpeakerRefinement?
    /// The places in speaker space that all were refined with.
    let voices: BlockVoices

    /// Refines all starts on `blocks` and chooses.
    package init(
        blocks: BlockStatistics, space: SpeakerSpace, judge: SplitJudge, places: BlockPlaces? = nil,
        parameters: SegmentationParameters, threads: Int
    ) async {
        var makers = Self.makers(blocks: blocks, space: space, parameters: parameters)
        for start in places?.starts(confidence: parameters.startConfidence) ?? [] { makers.append { start } }
        let voices = BlockVoices(space: space, parameters: parameters)
        self.voices = voices
        let refined = await inParallel(makers, threads: threads) { makeStart in
            let split = SpeakerRefinement(
                start: makeStart(), blocks: blocks, voices: voices, places: places,
                parameters: parameters)
            return (split, judge.judge(split.first))
        }
        candidates = refined.map(\.0)
        // The first of equals, so that the order of the starts decides and not the threads.
        var best: (split: SpeakerRefinement, merit: Double)?
        for (split, judgement) in refined {
            let merit = split.merit + parameters.speakerDistanceWeight * judgement.distance
            if merit > best?.merit ?? -.infinity { best = (split, merit) }
        }
        self.best = best?.split
    }

    /// Mean agreement of all candidates with the chosen one, 0...1, whichever person they call the first.
    package var agreement: Double {
        guard let best, !candidates.isEmpty else { return 0 }
        let sum = candidates.reduce(0) { sum, candidate in
            let product = zip(candidate.first, best.first).reduce(0) { $0 + (2 * $1.0 - 1) * (2 * $1.1 - 1) }
            return sum + abs(product) / Double(max(best.first.count, 1))
        }
        return sum / Double(candidates.count)
    }

    private typealias StartMaker = @Sendable () -> [Double]

    /// One maker of posteriors for each start the recording has room for.
    private static func makers(
        blocks: BlockStatistics, space: SpeakerSpace, parameters: SegmentationParameters
    ) -> [StartMaker] {
        let regularisation = blocks.variance.map { $0 * parameters.startRegularisation }
        var makers: [StartMaker] = []
        for length in lengths(parameters.startRunLengths, blocks, parameters) {
            let runs = blocks.runs(length: length)
            guard runs.count >= 3 else { continue }
            makers.append {
                let labels = AgglomerativeClustering.cluster(runs, into: 2, regularisation: regularisation)
                return posteriors(
                    runs.map(\.blocks), labels.map { $0 == 0 ? 1 : -1 }, blocks.count, parameters)
            }
        }
        for length in lengths(parameters.partedRunLengths, blocks, parameters) {
            let runs = blocks.runs(length: length)
            guard runs.count >= 2 * parameters.partCount else { continue }
            let labels = AgglomerativeClustering.cluster(
                runs, into: parameters.partCount, regularisation: regularisation)
            for part in 0..<parameters.partCount {
                makers.append {
                    posteriors(runs.map(\.blocks), labels.map { $0 == part ? 1 : -1 }, blocks.count, parameters)
                }
            }
        }
        for length in lengths(parameters.spaceRunLengths, blocks, parameters) {
            let runs = space.runs(length: length, leastShareAtPause: parameters.leastRunShareAtPause)
            guard runs.count >= 3 else { continue }
            let coordinates = space.coordinates(of: runs)
            for occupancy in parameters.spaceOccupancies {
                makers.append {
                    let labels = SpeakerSpaceClustering.cluster(coordinates, occupancy: occupancy, prior: space.prior)
                    return posteriors(runs, labels.map { $0 == 0 ? 1 : -1 }, blocks.count, parameters)
                }
            }
            makers.append {
                let places = SpeakerSpaceClustering.principalAxis(coordinates, prior: space.prior)
                return posteriors(runs, places, blocks.count, parameters)
            }
        }
        return makers
    }

    /// The wanted lengths of runs, none so short that there were too many, none twice.
    private static func lengths(
        _ wanted: [Double], _ blocks: BlockStatistics, _ parameters: SegmentationParameters
    ) -> [Double] {
        var lengths: [Double] = []
        for length in wanted {
            let least = (blocks.total.weight / parameters.greatestRunCount).rounded(.up)
            if !lengths.contains(max(length, least)) { lengths.append(max(length, least)) }
        }
        return lengths
    }

    /// Mean vote, −1...1, of the runs that cover a block, kept away from certainty; one half where none does.
    private static func posteriors(
        _ runs: [Range<Int>], _ votes: [Double], _ blockCount: Int, _ parameters: SegmentationParameters
    ) -> [Double] {
        var sums = [Double](repeating: 0, count: blockCount)
        var covering = sums
        for (run, vote) in zip(runs, votes) {
            for block in run {
                sums[block] += vote
                covering[block] += 1
            }
        }
        return zip(sums, covering).map { sum, covering in
            let posterior = 0.5 + 0.5 * sum / max(covering, 1)
            return min(max(posterior, 1 - parameters.startConfidence), parameters.startConfidence)
        }
    }
}
