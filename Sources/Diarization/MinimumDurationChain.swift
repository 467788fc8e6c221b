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
        let states = 2 * length
        var forward = [Double](repeating: 0, count: count * states)
        var scales = [Double](repeating: 1, count: count)
        var logLikelihood = 0.0
        // Below e⁻⁶⁰⁰ the other speaker has no chance; more would underflow to a chain without any state.
        let weights = advantage.map { value -> (Double, Double) in
            value < 0 ? (Double.exp(max(value, -600)), 1) : (1, Double.exp(max(-value, -600)))
        }
        forward.withUnsafeMutableBufferPointer { forward in
            for state in 0..<states {
                forward[state] = 0.5 / Double(length) * (state < length ? weights[0].0 : weights[0].1)
            }
            scales[0] = Self.normalise(&forward, 0, states)
            for block in 1..<max(count, 1) {
                step(&forward, block, weights[block])
                scales[block] = Self.normalise(&forward, block * states, states)
            }
        }
        for scale in scales { logLikelihood += Double.log(scale) }
        let first = combine(forward, scales, weights)
        return (first, logLikelihood)
    }

    @inline(__always)
    private func step(
        _ forward: inout UnsafeMutableBufferPointer<Double>, _ block: Int, _ weight: (Double, Double)
    ) {
        let now = block * 2 * length
        let before = now - 2 * length
        for speaker in 0..<2 {
            let (from, to) = (before + speaker * length, now + speaker * length)
            let emission = speaker == 0 ? weight.0 : weight.1
            let entering = forward[before + (1 - speaker) * length + length - 1] * leave
            if length == 1 {
                forward[to] = (forward[from] * stay + entering) * emission
                continue
            }
            forward[to] = entering * emission
            for state in 1..<(length - 1) { forward[to + state] = forward[from + state - 1] * emission }
            forward[to + length - 1] = (forward[from + length - 1] * stay + forward[from + length - 2]) * emission
        }
    }

    @inline(__always)
    private static func normalise(_ values: inout UnsafeMutableBufferPointer<Double>, _ start: Int, _ count: Int)
        -> Double
    {
        var sum = 0.0
        for index in start..<(start + count) { sum += values[index] }
        let inverse = 1 / sum
        for index in start..<(start + count) { values[index] *= inverse }
        return sum
    }

    /// Backward pass, joined with the forward probabilities on the way.
    private func combine(_ forward: [Double], _ scales: [Double], _ weights: [(Double, Double)]) -> [Double] {
        let count = weights.count
        let states = 2 * length
        var first = [Double](repeating: 0, count: count)
        var backward = [Double](repeating: 1, count: states)
        var previous = backward
        for block in stride(from: count - 1, through: 0, by: -1) {
            if block < count - 1 {
                let emission = (weights[block + 1].0 / scales[block + 1], weights[block + 1].1 / scales[block + 1])
                for speaker in 0..<2 {
                    let own = speaker * length
                    let other = (1 - speaker) * length
                    let mine = speaker == 0 ? emission.0 : emission.1
                    let theirs = speaker == 0 ? emission.1 : emission.0
                    for state in 0..<(length - 1) { previous[own + state] = backward[own + state + 1] * mine }
                    previous[own + length - 1] =
                        stay * mine * backward[own + length - 1] + leave * theirs * backward[other]
                }
                swap(&backward, &previous)
            }
            var sums = (0.0, 0.0)
            for state in 0..<length {
                sums.0 += forward[block * states + state] * backward[state]
                sums.1 += forward[block * states + length + state] * backward[length + state]
            }
            first[block] = sums.0 / (sums.0 + sums.1)
        }
        return first
    }
}
