import Diarization
import Foundation
import SeededSignals
import Testing

@Suite("Turns of a least length")
struct MinimumDurationChainTests {
    private func chain(_ length: Int, leave: Double, pause: Double = 0.3, early: Double = 0.1) -> MinimumDurationChain {
        var parameters = SegmentationParameters()
        parameters.leastTurnBlocks = length
        parameters.leaveLogProbability = leave
        parameters.pauseChangeProbability = pause
        parameters.earlyPauseChangeProbability = early
        return MinimumDurationChain(parameters)
    }

    /// Posteriors by walking every path through the states.
    private func exhaustive(_ advantage: [Double], pauses: [Bool], length: Int, leave: Double) -> (
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
            let isLast = step == length - 1
            let change = pauses[block + 1] ? (isLast ? 0.3 : 0.1) : (isLast ? leave : 0)
            walk(isLast ? state : state + 1, here * (1 - change))
            if change > 0 { walk((1 - speaker) * length, here * change) }
        }
        for state in 0..<(2 * length) { walk(state, 0.5 / Double(length)) }
        return (firsts.map { $0 / total }, log(total))
    }

    @Test("Forward and backward passes agree with all paths", arguments: 0..<20)
    func allPaths(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let advantage = (0..<12).map { _ in 3 * random.normal() }
        let pauses = (0..<12).map { $0 > 0 && random.normal() > 0.5 }
        for length in [1, 2, 3, 6] {
            let fast = chain(length, leave: -1.5).posteriors(advantage, pauses: pauses)
            let slow = exhaustive(advantage, pauses: pauses, length: length, leave: exp(-1.5))
            for (one, other) in zip(fast.first, slow.first) { #expect(abs(one - other) < 1e-9) }
            #expect(abs(fast.logLikelihood - slow.logLikelihood) < 1e-9)
        }
    }

    @Test("A lone block of the other speaker does not break a turn")
    func leastTurn() {
        //  A A A A A A b A A A A A A      six blocks at least
        var advantage = [Double](repeating: 4, count: 13)
        advantage[6] = -4
        let first = chain(6, leave: -5).posteriors(advantage, pauses: [Bool](repeating: false, count: 13)).first
        #expect(first.allSatisfy { $0 > 0.9 })
    }

    @Test("The same evidence between two pauses is a turn of its own")
    func shortTurnBetweenPauses() {
        //  A A A A A A | b b | A A A A A A
        var advantage = [Double](repeating: 4, count: 14)
        (advantage[6], advantage[7]) = (-4, -4)
        var pauses = [Bool](repeating: false, count: 14)
        let joined = chain(6, leave: -5).posteriors(advantage, pauses: pauses).first
        (pauses[6], pauses[8]) = (true, true)
        let parted = chain(6, leave: -5).posteriors(advantage, pauses: pauses).first
        #expect(joined.allSatisfy { $0 > 0.5 })
        #expect(parted.map { $0 > 0.5 } == advantage.map { $0 > 0 })
    }

    @Test("Weak evidence moves a change of speakers to the pause")
    func changeAtPause() {
        //  A A A A A A A ? ? | ? B B B B B B      nothing is known of the three in the middle
        let advantage = [Double](repeating: 2, count: 7) + [0, 0, 0] + [Double](repeating: -2, count: 6)
        var pauses = [Bool](repeating: false, count: 16)
        pauses[9] = true
        let first = chain(6, leave: -5).posteriors(advantage, pauses: pauses).first
        #expect(first[8] > 0.9 && first[9] < 0.1)
    }

    @Test("Extreme evidence stays finite")
    func extremes() {
        let advantage = [1e6, -1e6, 1e6, -1e6, 1e6, -1e6, 1e6, 1e6]
        let result = chain(3, leave: -5).posteriors(advantage, pauses: [Bool](repeating: false, count: advantage.count))
        #expect(result.first.allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1 })
        #expect(result.logLikelihood.isFinite)
        // Turns of the least length are too long for this: with emissions down to e⁻¹⁵⁰ 16 of the 22 were not numbers.
        let hard = "AAABBBABBAAAABBABBBAAA".map { $0 == "A" ? 1000.0 : -1000.0 }
        let pauses = [Bool](repeating: false, count: hard.count)
        for length in [2, 6, 8, 12, 20] {
            let found = chain(length, leave: -5).posteriors(hard, pauses: pauses)
            #expect(found.first.allSatisfy { $0 >= 0 && $0 <= 1 }, "least turns of \(length)")
            #expect(found.logLikelihood.isFinite)
        }
        // The sum over all paths is the same.
        let short = Array(hard.prefix(12))
        let slow = exhaustive(
            short.map { max(min($0, 60), -60) }, pauses: Array(pauses.prefix(12)), length: 6, leave: exp(-5))
        let fast = chain(6, leave: -5).posteriors(short, pauses: Array(pauses.prefix(12)))
        for (one, other) in zip(fast.first, slow.first) { #expect(abs(one - other) < 1e-9) }
    }
}
