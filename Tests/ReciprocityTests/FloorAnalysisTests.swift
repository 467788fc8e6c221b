import Reciprocity
import Testing
import Timeline

@Suite("Turns")
struct FloorAnalysisTests {
    /// Turns as "A turn 0-8".
    static func turns(a: String, b: String) -> [String] {
        reciprocity(of: drawn(a: a, b: b)).turns.map {
            "\($0.speaker.rawValue) \($0.kind) \(Int($0.start))-\(Int($0.end))"
        }
    }

    @Test("A turn lasts over the person's own pauses")
    func pauses() {
        #expect(Self.turns(a: "AAA..AAA.....", b: ".........BBBB") == ["A turn 0-8", "B turn 9-13"])
    }

    @Test("Ten seconds of silence end a turn, less does not")
    func lapse() {
        #expect(Self.turns(a: "AAA..........AAA", b: "") == ["A turn 0-3", "A turn 13-16"])
        #expect(Self.turns(a: "AAA.........AAA", b: "") == ["A turn 0-15"])
        #expect(
            Self.turns(a: "AAA..............AAA", b: "..........B.........") == ["A turn 0-20", "B backchannel 10-11"])
    }

    @Test("Longer speech wholly inside the other's speech is overlap and no turn")
    func overlap() {
        #expect(Self.turns(a: "AAAAAAAAAA", b: "...BBBB...") == ["A turn 0-10", "B overlap 3-7"])
        #expect(Self.turns(a: "AAAAAAAAAA", b: "......BBBB") == ["A turn 0-10", "B overlap 6-10"])
    }

    @Test("Longer speech in a pause of the other is a turn")
    func insidePause() {
        #expect(
            Self.turns(a: "AAAA..AAAA", b: "..BBBBB...") == ["A turn 0-4", "B turn 2-7", "A turn 6-10"])
    }

    @Test("When both say something from the same to the same moment nobody has the floor")
    func identical() {
        #expect(Self.turns(a: "AAAA", b: "BBBB") == ["A overlap 0-4", "B overlap 0-4"])
    }

    @Test("A pause of exactly 0.2 seconds is bridged wherever it lies")
    func exactGap() {
        for tenth in 0..<1000 {
            let start = Double(tenth) / 10
            let segments = [
                SpeechSegment(speaker: .a, start: start, end: start + 2),
                SpeechSegment(speaker: .a, start: start + 2.2, end: start + 4),
                SpeechSegment(speaker: .b, start: start + 1.5, end: start + 3),
            ]
            let found = reciprocity(of: Timeline(duration: 200, segments: segments))
            // Bridged, A's speech is one unit that holds B's inside.
            #expect(found.turns.map(\.kind) == [.turn, .overlap], "at \(start)")
        }
    }

    @Test("Percentiles of turns interpolate between ranks")
    func percentiles() {
        // Turns of A: 1, 2, 3, 4 and 10 s; the 90th percentile lies 0.6 of the way from 4 to 10.
        let found = reciprocity(
            of: drawn(a: "A..AA..AAA..AAAA..AAAAAAAAAA", b: ".BB..BB...BB....BB.........."))
        #expect(found.turnCount.a == 5)
        #expect(found.medianTurn.a == 3)
        #expect(abs((found.p90Turn.a ?? 0) - 7.6) < 1e-12)
        #expect(found.longestMonologue.a == TimeSpan(start: 18, end: 28))
        #expect(found.longestMonologue.b == TimeSpan(start: 1, end: 3))
    }

    @Test("A turn carries its speech and the mean confidence of its segments")
    func confidence() throws {
        let segments = [
            SpeechSegment(speaker: .a, start: 0, end: 3, confidence: 1),
            SpeechSegment(speaker: .a, start: 4, end: 5, confidence: 0.6),
            SpeechSegment(speaker: .b, start: 6, end: 9),
        ]
        let turns = reciprocity(of: Timeline(duration: 10, segments: segments)).turns
        try #require(turns.count == 2)
        #expect(turns[0].speech == 4)
        #expect(abs((turns[0].confidence ?? 0) - 0.9) < 1e-12)
        #expect(turns[1].confidence == nil)
    }
}
