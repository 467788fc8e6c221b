private import RealModule

/// Judges splits of the speech by where their runs lie in speaker space.
package struct SplitJudge: Sendable {
    let prior: SpeakerPrior
    let parameters: SegmentationParameters
    let runs: [Range<Int>]
    /// `[runs][30]`.
    let coordinates: [[Double]]

    /// Measures the runs of `space` once for all splits.
    package init(space: SpeakerSpace, parameters: SegmentationParameters) {
        prior = space.prior
        self.parameters = parameters
        // Whole runs, across pauses: ended there, they told one voice from two no better.
        runs = space.runs(length: parameters.judgedRunLength, leastShareAtPause: 1)
        coordinates = space.coordinates(of: runs)
    }

    /// Likelihood ratio and distance of the two people of `first`, posteriors per block.
    func judge(_ first: [Double]) -> (ratio: Double, distance: Double) {
        guard runs.count >= 2 else { return (0, 0) }
        var counts = [0.0, 0.0]
        var sums = [[Double]](repeating: [Double](repeating: 0, count: SpeakerPrior.axisCount), count: 2)
        for (run, place) in zip(runs, coordinates) {
            // −1...1: how clearly the run is one person's.
            let lean = run.reduce(0) { $0 + 2 * first[$1] - 1 } / Double(run.count)
            let side = lean > 0 ? 0 : 1
            counts[side] += abs(lean)
            for axis in place.indices { sums[side][axis] += abs(lean) * place[axis] }
        }
        let occupancy = parameters.judgedOccupancy
        func evidence(_ count: Double, _ sum: [Double]) -> Double {
            prior.evidence(count: occupancy * count, sum: sum.map { occupancy * $0 })
        }
        let ratio =
            (evidence(counts[0], sums[0]) + evidence(counts[1], sums[1])
                - evidence(counts[0] + counts[1], zip(sums[0], sums[1]).map { $0 + $1 })) / Double(runs.count)
        var distance = 0.0
        for axis in 0..<SpeakerPrior.axisCount {
            let difference = sums[0][axis] / max(counts[0], 1e-3) - sums[1][axis] / max(counts[1], 1e-3)
            distance += difference * difference * prior.spread[axis] / (1 + prior.spread[axis])
        }
        return (ratio, Double.log(distance + 1e-3))
    }
}
