import Reciprocity
import Testing
import Timeline

@Suite("The amounts of a meeting")
struct ReciprocityTests {
    @Test("Shares and states can be counted off the drawing")
    func amounts() {
        //              0         10        20
        let meeting = drawn(
            a: "AAAAAAAA....AA......",
            b: "......BBBBBB....BB..")
        let found = reciprocity(of: meeting)
        #expect(found.speakingTime == PerSpeaker(a: 10, b: 8))
        #expect(found.talkShare == PerSpeaker(a: 10.0 / 18, b: 8.0 / 18))
        #expect(found.talkOfMeeting == PerSpeaker(a: 0.5, b: 0.4))
        #expect(found.floorShare == found.talkShare)
        #expect(found.imbalance == 10.0 / 18)
        #expect(found.states?.only == PerSpeaker(a: 0.4, b: 0.3))
        #expect(found.states?.both == 0.1)
        #expect(found.states?.neither == 0.2)
        #expect(found.silenceShare == 0.2)
        #expect(found.longestSilence == 2)
    }

    @Test("Speech outside the meeting, empty and overlapping segments count only once and inside")
    func union() {
        let meeting = Timeline(
            duration: 10,
            segments: [
                SpeechSegment(speaker: .a, start: -5, end: 2), SpeechSegment(speaker: .a, start: 1, end: 4),
                SpeechSegment(speaker: .a, start: 3, end: 3), SpeechSegment(speaker: .a, start: 9, end: 20),
                SpeechSegment(speaker: .b, start: 8, end: 6), SpeechSegment(speaker: .b, start: 11, end: 12),
                SpeechSegment(speaker: .b, start: .nan, end: .nan),
            ])
        #expect(reciprocity(of: meeting).speakingTime == PerSpeaker(a: 5, b: 0))
    }

    @Test("Without speech every share is undefined, and not zero")
    func silence() {
        let found = reciprocity(of: Timeline(duration: 100, segments: []))
        #expect(found.speakingTime == PerSpeaker(a: 0, b: 0))
        #expect(found.talkShare == PerSpeaker(a: nil, b: nil))
        #expect(found.floorShare == PerSpeaker(a: nil, b: nil))
        #expect(found.imbalance == nil)
        #expect(found.talkOfMeeting == PerSpeaker(a: 0, b: 0))
        #expect(found.turnCount == PerSpeaker(a: nil, b: nil))
        #expect(found.longestMonologue == PerSpeaker(a: nil, b: nil))
        #expect(found.windows == nil)
        #expect(found.silenceShare == 1)
        #expect(found.longestSilence == 100)
        #expect(found.verdict.pattern == .insufficient)
    }

    @Test("A meeting without length, or with a length that is no number, is undefined throughout")
    func noLength() {
        for duration in [0, -3, Double.nan, -Double.infinity] {
            let segment = SpeechSegment(speaker: .a, start: 0, end: 5)
            let found = reciprocity(of: Timeline(duration: duration, segments: [segment]))
            #expect(found.duration == 0)
            #expect(found.states == nil)
            #expect(found.talkOfMeeting == PerSpeaker(a: nil, b: nil))
            #expect(found.silenceShare == nil)
            #expect(found.verdict.pattern == .insufficient)
        }
    }

    @Test("When only one person speaks the shares are one and nothing")
    func oneVoice() {
        let found = reciprocity(of: drawn(a: times(400, "AAA."), b: ""))
        #expect(found.floorShare == PerSpeaker(a: 1, b: 0))
        #expect(found.turnCount == PerSpeaker(a: 1, b: nil))
        #expect(found.verdict.pattern == .oneSided(.a))
    }
}
