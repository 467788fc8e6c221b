import Scoring
import Testing
import Timeline

/// The exact scores against a slow count on a grid of 1 ms, on meetings whose times are whole milliseconds.
@Suite("Scores against a grid")
struct GridReferenceTests {
    @Test("A sweep over boundaries gives what counting milliseconds gives", arguments: 1...30)
    func random(seed: UInt64) {
        var generator = SplitMix(state: seed)
        let length = 12_000
        let reference = people(Int.random(in: 1...3, using: &generator), "r", length, &generator)
        let hypothesis = people(Int.random(in: 1...4, using: &generator), "h", length, &generator)
        let collar = [0, 100, 250][Int(seed % 3)]
        let score = Score(
            reference: reference, hypothesis: hypothesis, duration: Double(length) / 1000,
            convention: ScoringConvention(collar: Double(collar) / 1000))
        let grid = Grid(reference, hypothesis, length)
        let expected = grid.errors(mapping: score.mapping, collar: collar)
        #expect(close(score.diarization, expected.diarization))
        #expect(close([score.detection.total, score.detection.missed, score.detection.falseAlarm], expected.detection))
        #expect(close([score.overlap.reference, score.overlap.hypothesis, score.overlap.shared], grid.overlap))
        #expect(close([score.jaccardErrorRate ?? -1], [grid.jaccardErrorRate]))
        // No other one-to-one matching has more common time.
        #expect(abs(grid.commonTime(score.mapping) - grid.mostCommonTime()) < 1e-9)
    }

    private func people(
        _ count: Int, _ prefix: String, _ length: Int, _ generator: inout SplitMix
    ) -> [LabelledSegment] {
        (0..<count).flatMap { person in
            (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                let start = Int.random(in: 0..<length - 1, using: &generator)
                let end = min(length, start + Int.random(in: 1...2500, using: &generator))
                return LabelledSegment(
                    label: "\(prefix)\(person)", start: Double(start) / 1000, end: Double(end) / 1000)
            }
        }
    }

    private func close(_ left: DiarizationError, _ right: DiarizationError) -> Bool {
        close(
            [left.total, left.missed, left.falseAlarm, left.confusion],
            [right.total, right.missed, right.falseAlarm, right.confusion])
    }

    private func close(_ left: [Double], _ right: [Double]) -> Bool {
        zip(left, right).allSatisfy { abs($0 - $1) < 1e-9 }
    }
}

/// One flag a millisecond and person: slow and obvious.
private struct Grid {
    let length: Int
    var reference: [String: [Bool]] = [:]
    var hypothesis: [String: [Bool]] = [:]

    init(_ reference: [LabelledSegment], _ hypothesis: [LabelledSegment], _ length: Int) {
        self.length = length
        self.reference = paint(reference)
        self.hypothesis = paint(hypothesis)
    }

    private func paint(_ segments: [LabelledSegment]) -> [String: [Bool]] {
        var painted: [String: [Bool]] = [:]
        for segment in segments {
            var track = painted[segment.label] ?? Array(repeating: false, count: length)
            for cell in Int((segment.start * 1000).rounded())..<Int((segment.end * 1000).rounded()) {
                track[cell] = true
            }
            painted[segment.label] = track
        }
        return painted
    }

    /// Cells no nearer than `collar` milliseconds to a change of any reference track.
    private func scored(collar: Int) -> [Bool] {
        var scored = Array(repeating: true, count: length)
        for track in reference.values {
            for boundary in 0...length {
                let before = boundary > 0 && track[boundary - 1]
                let after = boundary < length && track[boundary]
                guard before != after else { continue }
                for cell in max(0, boundary - collar)..<min(length, boundary + collar) { scored[cell] = false }
            }
        }
        return scored
    }

    func errors(mapping: [String: String], collar: Int) -> (diarization: DiarizationError, detection: [Double]) {
        var error = DiarizationError()
        var detection = [0.0, 0, 0]
        let scored = scored(collar: collar)
        for cell in 0..<length where scored[cell] {
            let spoken = reference.filter { $0.value[cell] }.map(\.key)
            let found = hypothesis.filter { $0.value[cell] }.map(\.key)
            let correct = spoken.count { person in mapping[person].map(found.contains) ?? false }
            error.total += 0.001 * Double(spoken.count)
            error.missed += 0.001 * Double(max(0, spoken.count - found.count))
            error.falseAlarm += 0.001 * Double(max(0, found.count - spoken.count))
            error.confusion += 0.001 * Double(min(spoken.count, found.count) - correct)
            if !spoken.isEmpty { detection[0] += 0.001 }
            if !spoken.isEmpty, found.isEmpty { detection[1] += 0.001 }
            if spoken.isEmpty, !found.isEmpty { detection[2] += 0.001 }
        }
        return (error, detection)
    }

    var overlap: [Double] {
        var times = [0.0, 0, 0]
        for cell in 0..<length {
            let real = reference.values.count { $0[cell] } >= 2
            let found = hypothesis.values.count { $0[cell] } >= 2
            if real { times[0] += 0.001 }
            if found { times[1] += 0.001 }
            if real, found { times[2] += 0.001 }
        }
        return times
    }

    var jaccardErrorRate: Double {
        let likeness = table { real, found in
            Double(zip(real, found).count { $0 && $1 }) / Double(zip(real, found).count { $0 || $1 })
        }
        return 1 - heaviest(likeness[...], Array(0..<hypothesis.count)) / Double(reference.count)
    }

    func commonTime(_ mapping: [String: String]) -> Double {
        mapping.reduce(0) { sum, pair in
            let (real, found) = (reference[pair.key] ?? [], hypothesis[pair.value] ?? [])
            return sum + 0.001 * Double(zip(real, found).count { $0 && $1 })
        }
    }

    func mostCommonTime() -> Double {
        let common = table { real, found in 0.001 * Double(zip(real, found).count { $0 && $1 }) }
        return heaviest(common[...], Array(0..<hypothesis.count))
    }

    private func table(_ weight: ([Bool], [Bool]) -> Double) -> [[Double]] {
        reference.values.map { real in hypothesis.values.map { weight(real, $0) } }
    }

    /// Weight of the best matching, by trying all.
    private func heaviest(_ rows: ArraySlice<[Double]>, _ free: [Int]) -> Double {
        guard let row = rows.first else { return 0 }
        let skipped = heaviest(rows.dropFirst(), free)
        return free.reduce(skipped) { best, column in
            max(best, row[column] + heaviest(rows.dropFirst(), free.filter { $0 != column }))
        }
    }
}
