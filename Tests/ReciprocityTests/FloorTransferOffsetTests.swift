import Reciprocity
import Testing
import Timeline

@Suite("Changes of the floor")
struct FloorTransferOffsetTests {
    /// Six turns of 20 s with offsets 1, −1, 1, 2 and −1 s.
    static let meeting = Timeline(
        duration: 120,
        segments: [(Speaker.a, 0.0), (.b, 21), (.a, 40), (.b, 61), (.a, 83)].map {
            SpeechSegment(speaker: $0.0, start: $0.1, end: $0.1 + 20)
        } + [SpeechSegment(speaker: .b, start: 102, end: 115)])

    @Test("Offsets are gaps when positive and overlaps when negative")
    func offsets() {
        let found = reciprocity(of: Self.meeting)
        #expect(found.floorTransferOffset?.all.median == 1)
        #expect(found.floorTransferOffset?.all.interquartileRange == 2)
        #expect(found.floorTransferOffset?.all.count == 5)
        #expect(found.floorTransferOffset?.responder == PerSpeaker(a: nil, b: nil))
        #expect(found.overlapOnsetShare == 0.4)
        // 5 changes in 2 minutes; one takeover of each person in 12 tenths of 10 minutes.
        #expect(found.interactivity == 2.5)
        #expect(found.overlappedTakeovers == PerSpeaker(a: 5, b: 5))
    }

    @Test("Each offset belongs to the one who takes the floor; where there is no summary there are none")
    func single() {
        // A takes over with −1 and 2 s, B with 1, 1 and −1 s.
        #expect(reciprocity(of: Self.meeting).transferOffsets == PerSpeaker(a: [-1, 2], b: [1, 1, -1]))
        var meeting = Self.meeting
        meeting.segments.removeLast()
        #expect(reciprocity(of: meeting).transferOffsets == PerSpeaker(a: [], b: []))
    }

    @Test("Fewer than five changes have no offset, less than a minute has no rate")
    func undefined() {
        var meeting = Self.meeting
        meeting.segments.removeLast()
        let found = reciprocity(of: meeting)
        #expect(found.floorTransferOffset == nil)
        #expect(found.overlapOnsetShare == nil)
        #expect(found.interactivity == 2)
        meeting.duration = 59.999
        #expect(reciprocity(of: meeting).interactivity == nil)
        #expect(reciprocity(of: meeting).overlappedTakeovers == PerSpeaker(a: nil, b: nil))
    }
}
