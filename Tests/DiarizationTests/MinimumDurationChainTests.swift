import Diarization
import Foundation
import SeededSignals
import Testing

@Suite("Turns of a least length")
struct MinimumDurationChainTests {
    /// Posteriors by walking every path through the states.
    private func exhaustive(_ advantage: [Double], length: Int, leave: Double) -> (
        first: [Double], logLikelihood: Double
    ) {
        var (total, firsts) = (0.0, [Double](repeating: 0, count: advantage.count))
        var path: [Int] = []
        func walk(_ state: Int, _ probability: Double) {
            let (speaker, step) = (state / length, state % length)
            let block = path.count
            let penalty = speaker == 0 ? min(advantage[block], 0) : min(-advantage[block], 0)
            let here = probability * exp(penalty)
            path.append(speaker)
            defer { path.removeLast() }
            if path.count == advantage.count {
                total += here
                for (index, who) in path.enumerated() where who == 0 { firsts[index] += here }
                return
            }
            if step < length - 1 { return walk(state + 1, here) }
            walk(state, here * (1 - leave))
            walk((1 - speaker) * length, here * leave)
        }
        for state in 0..<(2 * length) { walk(state, 0.5 / Double(length)) }
        return (firsts.map { $0 / total }, log(total))
    }

    @Test("Forward and backward passes agree with all paths", arguments: 0..<20)
    func allPaths(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let advantage = (0..<12).map { _ in 3 * random.normal() }
        for length in [1, 2, 3] {
            let fast = MinimumDurationChain(leastTurnBlocks: length, leaveLogProbability: -1.5).posteriors(advantage)
            let slow = exhaustive(advantage, length: length, leave: exp(-1.5))
            for (one, other) in zip(fast.first, slow.first) { #expect(abs(one - other) < 1e-9) }
            #expect(abs(fast.logLikelihood - slow.logLikelihood) < 1e-9)
        }
    }

    @Test("A lone block of the other speaker does not break a turn")
    func leastTurn() {
        //  A A A A A A b A A A A A A      six blocks at least
        var advantage = [Double](repeating: 4, count: 13)
        advantage[6] = -4
        let first = MinimumDurationChain(leastTurnBlocks: 6, leaveLogProbability: -5).posteriors(advantage).first
        #expect(first.allSatisfy { $0 > 0.9 })
    }

    @Test("Extreme evidence stays finite")
    func extremes() {
        let advantage = [1e6, -1e6, 1e6, -1e6, 1e6, -1e6, 1e6, 1e6]
        let result = MinimumDurationChain(leastTurnBlocks: 3, leaveLogProbability: -5).posteriors(advantage)
        #expect(result.first.allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1 })
        #expect(result.logLikelihood.isFinite)
    }
}
