import Live
import Testing
import Timeline

/// A drawn meeting: one letter or dot for each second.
enum DrawnLabels {
    /// Labels of 100 ms: `A`, `B`, or `.` for silence.
    static func of(_ drawing: String) -> [UInt8] {
        drawing.flatMap { [UInt8](repeating: $0 == "A" ? 1 : ($0 == "B" ? 2 : 0), count: 10) }
    }

    /// How it stands at the end of the drawing.
    static func floor(_ drawing: String) -> LiveFloor { floor(of(drawing)) }

    static func floor(_ labels: [UInt8]) -> LiveFloor {
        var tracker = LiveFloorTracker()
        return tracker.floor(
            labels: labels, speech: PerSpeaker(a: labels.count { $0 == 1 }, b: labels.count { $0 == 2 }))
    }
}

@Suite("How a meeting stands")
struct LiveFloorTests {
    @Test(
        "Whoever spoke last for a second has the floor, since the other gave it up",
        arguments: [
            ("AAAA", Speaker.a, 4.0), ("AAAABBB", .b, 3), ("AAAABBB..", .b, 5), ("BAAA.AA", .a, 6),
            ("AA............BB", .b, 2),
        ])
    func holder(drawing: String, holder: Speaker, held: Double) {
        let floor = DrawnLabels.floor(drawing)
        #expect(floor.holder == holder)
        #expect(abs(floor.held - held) < 1e-9)
    }

    @Test("A word of the other, and a pause, leave the floor where it is")
    func backchannel() {
        // AAAA b AAA: the b lasts 0.5 s.
        let labels = DrawnLabels.of("AAAA") + [2, 2, 2, 2, 2] + DrawnLabels.of("AAA")
        let floor = DrawnLabels.floor(labels)
        #expect(floor.holder == .a)
        #expect(abs(floor.held - 7.5) < 1e-9)
        #expect(abs((floor.sinceHeard.b ?? 0) - 3) < 1e-9)
    }

    @Test("Nobody has the floor at the start and after ten seconds of silence")
    func nobody() {
        #expect(DrawnLabels.floor("").holder == nil)
        #expect(DrawnLabels.floor("....").holder == nil)
        #expect(DrawnLabels.floor("AAA..........").holder == nil)
        #expect(DrawnLabels.floor("AAA.........").holder == .a)
        #expect(DrawnLabels.floor("AAA").sinceHeard.b == nil)
    }

    @Test("The last five minutes are the last five minutes")
    func recent() {
        let floor = DrawnLabels.floor(String(repeating: "A", count: 400) + String(repeating: "B", count: 200))
        #expect(abs(floor.recentSpeech.a - 100) < 1e-6)
        #expect(abs(floor.recentSpeech.b - 200) < 1e-6)
        #expect(abs((floor.share(of: .a, in: floor.speech) ?? 0) - 2.0 / 3) < 1e-9)
    }
}

@Suite("Gentle signs")
struct LiveSignsTests {
    /// Signs of a drawn meeting, asked every second, with the time at which each came.
    private func signs(_ drawing: String, length: Double? = nil) -> [(Int, String)] {
        var signs = LiveSigns(length: length)
        var tracker = LiveFloorTracker()
        let labels = DrawnLabels.of(drawing)
        return (1...drawing.count).compactMap { second in
            let part = Array(labels[..<(10 * second)])
            let speech = PerSpeaker(a: part.count { $0 == 1 }, b: part.count { $0 == 2 })
            let floor = tracker.floor(labels: part, speech: speech)
            return signs.sign(floor) { $0 == .a ? "You" : "Dana" }.map { (second, $0) }
        }
    }

    @Test("A turn of four minutes is pointed out once, and again only after five more")
    func longTurn() {
        let found = signs(String(repeating: "A", count: 700))
        #expect(found.map(\.0) == [240, 540])
        #expect(
            found.map(\.1) == [
                "You have held the floor for 4 minutes", "You have held the floor for 9 minutes",
            ])
    }

    @Test("After 20 minutes a small share is pointed out, a fair one is not")
    func share() {
        // Nine of ten seconds A.
        let uneven = signs(String(repeating: "AAAAAAAAAB", count: 125))
        #expect(uneven.map(\.0) == [1200])
        #expect(uneven.map(\.1) == ["20 minutes in: Dana has had 10 %"])
        #expect(signs(String(repeating: "AAAAABBBBB", count: 125)).isEmpty)
    }

    @Test("Ten minutes before the end whoever had no say is named, once")
    func end() {
        // 15 min planned; A speaks in turns of 28 s, B in turns of 2 s.
        let found = signs(String(repeating: String(repeating: "A", count: 28) + "BB", count: 20), length: 900)
        #expect(found.map(\.1) == ["10 minutes left, and Dana has not told anything yet"])
        #expect(found.map(\.0) == [300])
    }
}
