import Diarization
import Foundation
import Testing

@Suite("The speaker prior inside the refinement, and a third voice")
struct BlockVoicesTests {
    @Test("Surroundings of a block are the coordinates of the run around it, and scores follow the textbook")
    func scores() {
        let drawn = DrawnVoices("AAABBB", seed: 3)
        let space = drawn.space
        let parameters = SegmentationParameters()
        // 10 frames a block, all voiced: a window of 100 weighted frames is the block and 4.5 blocks on either side.
        let count = space.weights.count
        let axes = SpeakerPrior.axisCount
        let around = space.surroundings(length: 100, leastShareAtPause: 1)
        for block in stride(from: 5, to: count - 5, by: 7) {
            let run = space.coordinates(of: [(block - 5)..<(block + 6), 0..<count])
            let other = space.coordinates(of: [0..<count, 0..<count])
            // Rows are relative to the mean of the two: their difference is that of the plain coordinates.
            let wanted = (0..<axes).map { run[0][$0] - run[1][$0] }
            let whole = whole(space)
            for axis in 0..<axes {
                #expect(
                    abs(around[block * axes + axis] - whole[axis] - wanted[axis]) < 5e-3 * max(1, abs(wanted[axis])))
                #expect(other[0][axis] == 0)
            }
        }
        // Person one spoke the first half, person two the second.
        let first = (0..<count).map { $0 < count / 2 ? 0.9 : 0.1 }
        var advantage = [Double](repeating: 0, count: count)
        let second = BlockVoices(space: space, parameters: parameters).add(to: &advantage, posteriors: first)
        let slow = textbook(space, around, first, parameters)
        for block in 0..<count { #expect(abs(advantage[block] - (slow.0[block] - slow.1[block])) < 1e-9) }
        #expect(abs(second - slow.1.reduce(0, +)) < 1e-7)
        #expect(advantage[count / 4] > 0 && advantage[3 * count / 4] < 0)
    }

    private func whole(_ space: SpeakerSpace) -> [Double] {
        let axes = SpeakerPrior.axisCount
        let everything = space.surroundings(length: 1e9, leastShareAtPause: 1)
        return Array(everything[0..<axes])
    }

    /// The formulas, axis by axis, as they stand in the literature: posterior of a person's place, predictive density.
    private func textbook(
        _ space: SpeakerSpace, _ around: [Double], _ first: [Double], _ parameters: SegmentationParameters
    ) -> ([Double], [Double]) {
        let axes = SpeakerPrior.axisCount
        let shares = space.weights.map { $0 / 100 }
        let total = shares.reduce(0, +)
        let scores = [first, first.map { 1 - $0 }].map { posteriors -> [Double] in
            var score = [Double](repeating: 0, count: shares.count)
            for axis in 0..<axes {
                let column = shares.indices.map { around[$0 * axes + axis] }
                let mean = zip(column, shares).reduce(0) { $0 + $1.0 * $1.1 } / total
                let counts = zip(posteriors, shares).map { 0.3 * $0 * $1 }
                let precision = 1 / space.prior.spread[axis] + counts.reduce(0, +)
                let place = zip(counts, column).reduce(0) { $0 + $1.0 * ($1.1 - mean) } / precision
                let variance = 1 + 1 / precision
                for block in shares.indices {
                    let distance = column[block] - mean - place
                    score[block] +=
                        0.3 * shares[block] * (-0.5 * distance * distance / variance - 0.5 * log(variance))
                }
            }
            return score
        }
        return (scores[0], scores[1])
    }

    // Two people in turn, and the same with a third:  A A B B | A A B B C C
    @Test("A third voice is found where there is one, and only there", arguments: [("AABB", false), ("AABBCC", true)])
    func thirdVoice(picture: String, hasThird: Bool) {
        let drawn = DrawnVoices(String(repeating: picture, count: 5), seed: 8)
        let judge = SplitJudge(space: drawn.space, parameters: .init())
        // B and C on one side, as a split between two people would have it.
        let first = drawn.letters.map { $0 == "A" ? 1.0 : 0.0 }
        let third = judge.thirdVoice(first)
        #expect(ConfidenceParameters().hasThirdVoice(third) == hasThird)
        if hasThird { #expect(abs(third.share - 1.0 / 3) < 0.05) }
    }
}
