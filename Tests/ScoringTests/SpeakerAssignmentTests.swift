import Scoring
import Testing

@Suite("Speaker assignment")
struct SpeakerAssignmentTests {
    @Test("The heaviest matching is not the greedy one")
    func greedyTrap() {
        // Greedy takes 10 and is left with 0; the best takes 9 and 8.
        #expect(SpeakerAssignment.heaviest([[10, 9], [8, 0]]) == [1, 0])
    }

    @Test("Four people against two and two against four match two pairs")
    func rectangles() {
        #expect(SpeakerAssignment.heaviest([[1, 2], [7, 6], [0, 5], [6, 1]]) == [nil, 0, 1, nil])
        #expect(SpeakerAssignment.heaviest([[1, 7, 0, 6], [2, 6, 5, 1]]) == [1, 2])
        #expect(SpeakerAssignment.heaviest([[], []]) == [nil, nil])
        #expect(SpeakerAssignment.heaviest([]) == [])
    }

    @Test("On small random tables the matching weighs as much as the best of all permutations", arguments: 1...40)
    func exhaustive(seed: UInt64) {
        var generator = SplitMix(state: seed)
        let rows = Int.random(in: 1...5, using: &generator)
        let columns = Int.random(in: 1...5, using: &generator)
        let weights = (0..<rows).map { _ in
            (0..<columns).map { _ in Double(Int.random(in: 0...9, using: &generator)) }
        }
        let matching = SpeakerAssignment.heaviest(weights)
        let used = matching.compactMap(\.self)
        #expect(Set(used).count == used.count)
        #expect(used.count == min(rows, columns))
        let weight = zip(weights, matching).reduce(0) { sum, pair in sum + (pair.1.map { pair.0[$0] } ?? 0) }
        #expect(weight == best(weights[...], Array(0..<columns)))
    }

    private func best(_ rows: ArraySlice<[Double]>, _ free: [Int]) -> Double {
        guard let row = rows.first else { return 0 }
        let skipped = best(rows.dropFirst(), free)
        return free.reduce(skipped) { heaviest, column in
            max(heaviest, row[column] + best(rows.dropFirst(), free.filter { $0 != column }))
        }
    }
}
