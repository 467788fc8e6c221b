import Reciprocity
import Testing
import Timeline

@Suite("Evidence besides the timeline")
struct MeetingEvidenceTests {
    /// Half an hour in minutes: A has 20, B has 10.
    static let meeting = drawn(a: times(10, "AA."), b: times(10, "..B"), step: 60)

    @Test("Counts pass through, and what nobody counted is nil")
    func counts() {
        let evidence = MeetingEvidence(
            questions: .init(a: 6, b: 2), helpOffered: .init(a: 1, b: nil),
            followUps: .init(a: FollowUps(promised: 4, kept: 3), b: FollowUps(promised: 0, kept: 0)))
        let found = reciprocity(of: Self.meeting, evidence: evidence)
        #expect(found.questions == PerSpeaker(a: 6, b: 2))
        // A was asked 2 of the 8 questions.
        #expect(found.questionBalance == PerSpeaker(a: 0.25, b: 0.75))
        #expect(found.helpOffered == PerSpeaker(a: 1, b: nil))
        #expect(found.followThrough == PerSpeaker(a: 0.75, b: nil))
        let nothing = reciprocity(of: Self.meeting)
        #expect(nothing.questions == PerSpeaker(a: nil, b: nil))
        #expect(nothing.questionBalance == PerSpeaker(a: nil, b: nil))
        let none = reciprocity(of: Self.meeting, evidence: MeetingEvidence(questions: .init(a: 0, b: 0)))
        #expect(none.questionBalance == PerSpeaker(a: nil, b: nil))
    }

    @Test("On a grid of a minute the metrics of moments are nil, the shares stay")
    func coarse() {
        let found = reciprocity(of: Self.meeting, evidence: MeetingEvidence(timeResolution: 60))
        let exact = reciprocity(of: Self.meeting)
        #expect(found.floorShare == exact.floorShare)
        #expect(found.windows == exact.windows)
        #expect(found.handOver == exact.handOver)
        #expect(found.trajectory == exact.trajectory)
        #expect(found.longestMonologue == exact.longestMonologue)
        #expect(found.verdict == exact.verdict)
        #expect(found.states == nil)
        #expect(found.silenceShare == nil)
        #expect(found.turnCount == PerSpeaker(a: nil, b: nil))
        #expect(found.floorTransferOffset == nil)
        #expect(found.interactivity == nil)
        #expect(found.backchannelRate == PerSpeaker(a: nil, b: nil))
    }

    @Test("When only totals are known, only totals come out, and the note of the first floor")
    func totals() {
        let evidence = MeetingEvidence(timeResolution: 1800, firstFloor: .init(a: .at(450), b: .never))
        let found = reciprocity(of: Self.meeting, evidence: evidence)
        #expect(found.floorShare == PerSpeaker(a: 20.0 / 30, b: 10.0 / 30))
        #expect(found.windows == nil)
        #expect(found.trajectory.a == [nil, nil, nil, nil, nil])
        #expect(found.handOver == PerSpeaker(a: nil, b: nil))
        #expect(found.longestMonologue == PerSpeaker(a: nil, b: nil))
        #expect(found.firstFloor.a == reciprocity(of: Self.meeting, evidence: evidence).firstFloor.a)
        #expect(found.firstFloor.a?.fraction == 0.25)
        #expect(found.firstFloor.b == nil)
        #expect(found.verdict.pattern == .leaning(.a))
    }

    @Test("The interval of the share is the given one, else the estimated confusion on both sides")
    func interval() {
        let given = PerSpeaker(a: 0.6...0.7, b: 0.3...0.4)
        let trust = SegmentationTrust(trusted: true, estimatedConfusion: 0.05, talkShareInterval: given)
        let found = reciprocity(of: Self.meeting, evidence: MeetingEvidence(segmentation: trust))
        #expect(found.talkShareInterval.a == given.a)
        let confusion = MeetingEvidence(segmentation: SegmentationTrust(trusted: true, estimatedConfusion: 0.05))
        let around = reciprocity(of: Self.meeting, evidence: confusion).talkShareInterval.b
        #expect(around?.lowerBound == 1.0 / 3 - 0.05)
        #expect(around?.upperBound == 1.0 / 3 + 0.05)
        #expect(reciprocity(of: Self.meeting).talkShareInterval.a == nil)
    }
}
