/// What speaks for a third person among the speech that was split between two.
public struct ThirdVoice: Sendable, Hashable {
    /// Log likelihood ratio, under the speaker prior, of parting one side's speech once more; below 0 it is one person.
    public var gain: Double
    /// The same per run of the smaller part.
    public var gainPerRun: Double
    /// Share of all runs that the smaller part holds, 0...0.5.
    public var share: Double

    /// Nothing speaks for a third person.
    static let none = ThirdVoice(gain: 0, gainPerRun: 0, share: 0)
}

extension SplitJudge {
    /// Parts the runs of each side of `first`, posteriors per block, once more, and tells what the better parting is worth.
    package func thirdVoice(_ first: [Double]) -> ThirdVoice {
        let occupancy = parameters.judgedOccupancy
        func evidence(_ rows: [[Double]]) -> Double {
            let sum = (0..<SpeakerPrior.axisCount).map { axis in rows.reduce(0) { $0 + occupancy * $1[axis] } }
            return prior.evidence(count: occupancy * Double(rows.count), sum: sum)
        }
        var best = ThirdVoice.none
        for side in [true, false] {
            let rows = zip(runs, coordinates).filter { run, _ in
                (run.reduce(0) { $0 + 2 * first[$1] - 1 } > 0) == side
            }.map(\.1)
            guard rows.count >= parameters.leastPartedRunCount else { continue }
            let labels = SpeakerSpaceClustering.cluster(rows, occupancy: occupancy, prior: prior)
            let parts = [0, 1].map { label in zip(rows, labels).filter { $0.1 == label }.map(\.0) }
            let smaller = min(parts[0].count, parts[1].count)
            guard smaller > 1 else { continue }
            let gain = evidence(parts[0]) + evidence(parts[1]) - evidence(rows)
            if gain > best.gain {
                best = ThirdVoice(
                    gain: gain, gainPerRun: gain / Double(smaller), share: Double(smaller) / Double(runs.count))
            }
        }
        return best
    }
}
