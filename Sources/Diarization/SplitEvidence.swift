private import RealModule

/// What speaks for or against a split of the speech between two voices.
public struct SplitEvidence: Sendable, Hashable {
    /// Mean agreement of the splits found from other starts, 0...1.
    public var agreement: Double
    /// Squared Mahalanobis distance of the two mean cepstra under their pooled covariance, ≥ 0.
    public var separation: Double
    /// Log likelihood ratio of two people against one, per run of speech, under the speaker prior; below 0 one person
    /// is likelier.
    public var likelihoodRatio: Double
    /// Logarithm of the squared distance of the two voices in speaker space, axes weighted by what they tell.
    public var speakerDistance: Double
    /// Share of the weighted speech of the person with less, 0...0.5.
    public var smallerSide: Double
    /// Mean posterior of the person not chosen, 0...0.5.
    public var meanDoubt: Double
    /// Speech that was split, seconds.
    public var speech: Double
    /// What speaks for a third person.
    public var thirdVoice = ThirdVoice.none
}

extension SpeakerSpace {
    /// Likelihood ratio and distance of the two people of `first`, posteriors per block.
    func judge(_ first: [Double], parameters: SegmentationParameters) -> (ratio: Double, distance: Double) {
        let runs = runs(length: parameters.judgedRunLength)
        guard runs.count >= 2 else { return (0, 0) }
        let coordinates = coordinates(of: runs)
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
