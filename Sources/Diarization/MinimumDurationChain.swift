private import CSpeechKernels
private import RealModule

/// Two speakers that take turns, none shorter than a least number of blocks unless a pause ends it: each is a
/// left-to-right chain of states whose last one loops.
///
/// The floor passes much more often at a pause than within speech: in the development recordings after 20 to 50 % of
/// the pauses of 0.4 s and more, and at 1 to 4 % of the other borders of blocks.
///
/// Forward and backward probabilities are scaled every few blocks (Rabiner 1989), not logarithms.
package struct MinimumDurationChain: Sendable {
    /// States per speaker: the least turn in blocks.
    package let length: Int
    private let ends: turn_ends

    /// A block speaks against somebody by at most this, log likelihood: it leaves no chance.
    ///
    /// What is still to come may make a state likelier by as much for each block of a least turn, and that must stay a number.
    private static let leastLogEmission = -60.0

    /// The chain that `parameters` describe.
    package init(_ parameters: SegmentationParameters) {
        length = parameters.leastTurnBlocks
        ends = turn_ends(
            in_speech: Double.exp(parameters.leaveLogProbability), at_pause: parameters.pauseChangeProbability,
            early_at_pause: parameters.earlyPauseChangeProbability)
    }

    /// Posterior probability of the first speaker per block, and the log likelihood.
    ///
    /// - Parameters:
    ///   - advantage: log likelihood of the first speaker minus that of the second, per block, already scaled; the
    ///     likelihood is relative to the better of the two.
    ///   - pauses: whether each block comes after a pause.
    package func posteriors(_ advantage: [Double], pauses: [Bool]) -> (first: [Double], logLikelihood: Double) {
        let count = advantage.count
        precondition(pauses.count == count, "a mark for every block")
        guard count > 0 else { return ([], 0) }
        var ends = ends
        var emissions = [Double](repeating: 1, count: 2 * count)
        emissions.withUnsafeMutableBufferPointer { emissions in
            for (block, value) in advantage.enumerated() {
                emissions[2 * block + (value < 0 ? 0 : 1)] = Double.exp(max(-abs(value), Self.leastLogEmission))
            }
        }
        var scales = [Double](repeating: 1, count: count)
        let first = [Double](unsafeUninitializedCapacity: count) { first, written in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * length * count) { forward in
                guard let first = first.baseAddress, let forward = forward.baseAddress else { return }
                chain_posteriors(emissions, pauses, count, length, &ends, forward, &scales, first)
            }
            written = count
        }
        return (first, scales.reduce(0) { $0 + Double.log($1) })
    }
}
