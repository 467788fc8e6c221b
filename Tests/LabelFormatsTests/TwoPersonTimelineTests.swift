import LabelFormats
import Testing
import Timeline

@Suite("Two-person timeline")
struct TwoPersonTimelineTests {
    private func segment(_ label: String, _ start: Double, _ end: Double) -> LabelledSegment {
        LabelledSegment(label: label, start: start, end: end)
    }

    // time  0  1  2  3  4  5
    // zoe   ########
    // abe            #####
    @Test("A is whoever speaks first, and the last end is the length")
    func first() {
        let meeting = TwoPersonTimeline(of: [segment("abe", 3, 5), segment("zoe", 0, 3)])
        #expect(meeting.names == [.a: "zoe", .b: "abe"])
        #expect(meeting.timeline.duration == 5)
        #expect(
            meeting.timeline.segments == [
                SpeechSegment(speaker: .a, start: 0, end: 3), SpeechSegment(speaker: .b, start: 3, end: 5),
            ])
        #expect(meeting.warnings.isEmpty)
    }

    @Test("When both begin together the label that sorts first is A")
    func tie() {
        #expect(TwoPersonTimeline(of: [segment("b", 1, 2), segment("a", 1, 3)]).names == [.a: "a", .b: "b"])
    }

    // time  0  1  2  3  4  5  6  7  8
    // x     ###                          said twice: the union counts 1 s, not 2
    // x     ###
    // y        ######                    2 s
    // z                 ##########       3 s
    @Test("Of three people the two who speak most stay, and a warning says so")
    func three() {
        let meeting = TwoPersonTimeline(
            of: [segment("x", 0, 1), segment("x", 0, 1), segment("y", 1, 3), segment("z", 4, 7)])
        #expect(meeting.names == [.a: "y", .b: "z"])
        #expect(meeting.timeline.segments.count == 2)
        #expect(
            meeting.warnings == [
                "3 people speak; kept the two who speak most, z (3.0 s) and y (2.0 s), left out 1.0 s of the others"
            ])
    }

    @Test("Whoever is named stays, and of the others who speaks most")
    func named() {
        let segments = [segment("x", 0, 1), segment("y", 1, 3), segment("z", 4, 7)]
        let both = TwoPersonTimeline(of: segments, keeping: ["y", "x"])
        #expect(both.names == [.a: "x", .b: "y"])
        #expect(both.warnings.first?.contains("kept the two who were named, y (2.0 s) and x (1.0 s)") == true)
        let one = TwoPersonTimeline(of: segments, keeping: ["x", "nobody"])
        #expect(one.names == [.a: "x", .b: "z"])
        #expect(one.warnings.first?.contains("the one who was named and who speaks most of the others") == true)
    }

    @Test("Nobody and one person are fine")
    func fewer() {
        #expect(TwoPersonTimeline(of: [], duration: 9).timeline == Timeline(duration: 9, segments: []))
        let alone = TwoPersonTimeline(of: [segment("x", 2, 3)], duration: 9)
        #expect(alone.names == [.a: "x"])
        #expect(alone.timeline.segments == [SpeechSegment(speaker: .a, start: 2, end: 3)])
    }

    @Test("Labels are cut at the ends of the recording, and far beyond it a warning asks")
    func clipping() {
        let meeting = TwoPersonTimeline(of: [segment("x", -1, 4), segment("y", 3, 30)], duration: 10)
        #expect(meeting.timeline.segments.map(\.start) == [0, 3])
        #expect(meeting.timeline.segments.map(\.end) == [4, 10])
        #expect(
            meeting.warnings == ["labels run to 30.0 s, the recording ends at 10.0 s: do they belong together?"])
        #expect(TwoPersonTimeline(of: [segment("x", 0, 10.4)], duration: 10).warnings.isEmpty)
    }

    @Test("A timeline becomes labels again, with names where they are known")
    func labels() {
        let segments = [segment("zoe", 0, 3), segment("abe", 3, 5)]
        let meeting = TwoPersonTimeline(of: segments)
        #expect(meeting.timeline.labelled(names: meeting.names) == segments)
        #expect(meeting.timeline.labelled().map(\.label) == ["A", "B"])
    }
}
