private import CSpeechKernels
private import RealModule

/// Two speakers that take turns, none shorter than a least number of blocks: each is a left-to-right chain of states
/// whose last one loops.
///
/// Forward and backward probabilities are scaled per block (Rabiner 1989), not logarithms.
package struct MinimumDurationChain: Sendable {
    /// States per speaker: the least turn in blocks.
    package let length: Int
    private let leave: Double
    private let stay: Double

    /// A chain with turns of at least `leastTurnBlocks` that end with the given log probability per block.
    package init(leastTurnBlocks: Int, leaveLogProbability: Double) {
        length = leastTurnBlocks
        leave = Double.exp(leaveLogProbability)
        stay = 1 - leave
    }

    /// Posterior probability of the first speaker per block, and the log likelihood.
    ///
    /// - Parameter advantage: log likelihood of the first speaker minus that of the second, per block, already
    ///   scaled; the likelihood is relative to the better of the two.
    package func posteriors(_ advantage: [Double]) -> (first: [Double], logLikelihood: Double) {
        let count = advantage.count
        guard count > 0 else { return ([], 0) }
        var emissions = [Double](repeating: 1, count: 2 * count)
        emissions.withUnsafeMutableBufferPointer { emissions in
            for (block, value) in advantage.enumerated() {
                // Below e⁻⁶⁰⁰ the other speaker has no chance; more would underflow to a chain without any state.
                emissions[2 * block + (value < 0 ? 0 : 1)] = Double.exp(max(-abs(value), -600))
            }
        }
        var scales = [Double](repeating: 1, count: count)
        let first = [Double](unsafeUninitializedCapacity: count) { first, written in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * length * count) { forward in
                guard let first = first.baseAddress, let forward = forward.baseAddress else { return }
                chain_posteriors(emissions, count, length, stay, leave, forward, &scales, first)
            }
            written = count
        }
        return (first, scales.reduce(0) { $0 + Double.log($1) })
    }
}
