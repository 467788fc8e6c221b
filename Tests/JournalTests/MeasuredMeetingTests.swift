import Journal
import LabelFormats
import Reciprocity
import Testing
import Timeline

@Suite("A measured meeting")
struct MeasuredMeetingTests {
    static func entry(minutes: Double = 30) throws -> JournalEntry {
        var entry = try plainEntry("a")
        entry.lengthMinutes = minutes
        return entry
    }

    /// Blocks drawn on a grid: `M` I talk, `T` they talk, `B` both, `.` nobody.
    static func blocks(_ drawing: String, grid: Double) -> [TalkBlock] {
        drawing.enumerated().flatMap { index, character -> [TalkBlock] in
            let (start, end) = (Double(index) * grid, Double(index + 1) * grid)
            return [(Side.me, "MB"), (.them, "TB")].compactMap { side, letters in
                letters.contains(character) ? TalkBlock(start: start, end: end, who: side) : nil
            }
        }
    }

    @Test(
        "The law: a meeting written as blocks and as RTTM on the same grid gives the same metrics, in every bit",
        arguments: [
            ("MTTTTTTTTTTTTTTTTTTTTTMMMMTT", 60.0), ("TTTTMMMM..TTTT..MMBBTT", 15), ("BBBB", 150),
            ("TMTMTMTMTMTMTMTMTMTM", 30),
            ("....", 60), ("MMMMMMMMMM", 60), ("BTMTM", 0.25), ("TM.TM.TM.TM.TM.TM", 0.1),
        ])
    func law(drawing: String, grid: Double) throws {
        let length = Double(drawing.count) * grid
        var entry = try Self.entry(minutes: length / 60)
        entry.blocks = Self.blocks(drawing, grid: grid)
        entry.resolution = grid
        let labels = Self.blocks(drawing, grid: grid).map {
            LabelledSegment(label: $0.who.rawValue, start: $0.start, end: $0.end)
        }
        let text = RTTM.text(of: labels, recording: "talk")
        let segments = labels.isEmpty ? [] : try RTTM.recordings(in: text).flatMap(\.segments)
        let pair = TwoPersonTimeline(of: segments, duration: entry.lengthMinutes * 60)
        let fromLabels = reciprocity(of: pair.timeline, evidence: MeetingEvidence(timeResolution: grid))
        let measured = MeasuredMeeting(entry)
        #expect(measured.reciprocity == fromLabels)
        #expect(measured.provenance == .journal)
        if let name = pair.names[measured.me] { #expect(name == "me") }
    }

    @Test("Minutes give shares and nothing finer")
    func minutes() throws {
        // 30 minutes: 6 mine, 18 theirs, 6 silent.
        var entry = try Self.entry()
        entry.minutes = PerSide(me: 6, them: 18)
        let measured = MeasuredMeeting(entry)
        #expect(measured.myFloorShare == 0.25)
        #expect(measured.speechSeconds == 24 * 60)
        #expect(measured.reciprocity.silenceShare == nil)
        #expect(measured.reciprocity.longestMonologue == PerSpeaker(a: nil, b: nil))
        #expect(measured.reciprocity.windows == nil)
        #expect(measured.reciprocity.timeResolution == 1800)
        #expect(measured.pattern == .oneSided(.them))
    }

    @Test("A share alone gives that share, at both ends too", arguments: [(0.0, 0.0), (30, 0.3), (50, 0.5), (100, 1)])
    func share(percent: Double, share: Double) throws {
        var entry = try Self.entry()
        entry.mySharePercent = percent
        #expect(MeasuredMeeting(entry).myFloorShare == share)
    }

    @Test("The most detailed note wins: blocks, then minutes, then the share")
    func precedence() throws {
        var entry = try Self.entry()
        entry.mySharePercent = 10
        #expect(MeasuredMeeting(entry).myFloorShare == 0.1)
        entry.minutes = PerSide(me: 15, them: 15)
        #expect(MeasuredMeeting(entry).myFloorShare == 0.5)
        entry.blocks = [TalkBlock(start: 0, end: 1800, who: .me)]
        #expect(MeasuredMeeting(entry).myFloorShare == 1)
        #expect(MeasuredMeeting(entry).reciprocity.timeResolution == 60)
    }

    @Test("Without a note of the talking there is no share and no verdict, only what was counted")
    func nothingNoted() throws {
        var entry = try Self.entry()
        entry.questions = PerSide(me: 3, them: 1)
        let measured = MeasuredMeeting(entry)
        #expect(measured.myFloorShare == nil && measured.talking == nil)
        #expect(measured.pattern == .insufficient)
        #expect(measured.reciprocity.questionBalance[measured.me] == 0.25)
        #expect(measured.notedShare == nil && measured.disagreement == nil)
    }

    @Test(
        "Promises are counted when they were made, kept ones when they were kept, and what came unasked is no promise")
    func ledger() throws {
        let day = try #require(CalendarDay("2026-01-01"))
        var entry = try Self.entry()
        entry.followUps = [
            FollowUp(by: .me, kind: .article, promised: day, kept: day), FollowUp(by: .me, kind: .other, promised: day),
            FollowUp(by: .them, kind: .thanks, kept: day),
        ]
        let measured = MeasuredMeeting(entry)
        #expect(measured.reciprocity.followUps[measured.me] == FollowUps(promised: 2, kept: 1))
        #expect(measured.reciprocity.followThrough[measured.me] == 0.5)
        #expect(measured.reciprocity.followUps[measured.me.partner] == FollowUps(promised: 0, kept: 0))
        #expect(measured.reciprocity.followThrough[measured.me.partner] == nil)
    }

    /// A recording of ten minutes in which I am B and have the given share of the floor.
    static func analysis(myShare: Double) -> RecordedAnalysis {
        RecordedAnalysis(
            source: .recording, name: "meeting.wav",
            timeline: Timeline(
                duration: 600,
                segments: [
                    SpeechSegment(speaker: .a, start: 0, end: 500 * (1 - myShare)),
                    SpeechSegment(speaker: .b, start: 500 * (1 - myShare), end: 500),
                ].filter { $0.start < $0.end }), me: .b,
            trust: SegmentationTrust(trusted: true, estimatedConfusion: 0.01))
    }

    @Test("With a recording the audio gives the talking and the note the counts; a disagreement above 0.15 is shown")
    func merging() throws {
        var entry = try Self.entry(minutes: 10)
        entry.recording = String(repeating: "a", count: 64)
        entry.analysis = Self.analysis(myShare: 0.25)
        #expect(MeasuredMeeting(entry).provenance == .audio)
        entry.mySharePercent = 45
        entry.questions = PerSide(me: 3, them: 1)
        let measured = MeasuredMeeting(entry)
        #expect(measured.provenance == .merged && measured.talking == .audio)
        // The audio's 25 % stay 25 %: nothing is averaged away.
        #expect(measured.myFloorShare == 0.25)
        #expect(measured.notedShare == 0.45)
        #expect(abs((measured.disagreement ?? 0) - 0.2) < 1e-12)
        #expect(measured.reciprocity.questionBalance.b == 0.25)
        entry.mySharePercent = 40
        #expect(MeasuredMeeting(entry).disagreement == nil)
        entry.mySharePercent = 9
        #expect((MeasuredMeeting(entry).disagreement ?? 0) < -0.15)
    }

    @Test("The metrics of a saved analysis are those of the analysis, in every bit")
    func savedAnalysis() throws {
        let analysis = Self.analysis(myShare: 0.4)
        var entry = try Self.entry(minutes: 10)
        entry.recording = String(repeating: "a", count: 64)
        entry.analysis = analysis
        let direct = reciprocity(of: analysis.timeline, evidence: MeetingEvidence(segmentation: analysis.trust))
        #expect(MeasuredMeeting(entry).reciprocity == direct)
    }

    @Test("A two-way street needs more than air-time: a question about me, and help or a kept follow-up")
    func genuine() throws {
        let day = try #require(CalendarDay("2026-01-01"))
        var entry = try Self.entry()
        entry.minutes = PerSide(me: 14, them: 14)
        #expect(MeasuredMeeting(entry).pattern == .twoWay(nil))
        #expect(!MeasuredMeeting(entry).isGenuinelyTwoWay)
        entry.questions.them = 1
        #expect(!MeasuredMeeting(entry).isGenuinelyTwoWay)
        entry.followUps = [FollowUp(by: .them, kind: .article, promised: day)]
        #expect(!MeasuredMeeting(entry).isGenuinelyTwoWay)
        entry.followUps = [FollowUp(by: .them, kind: .article, promised: day, kept: day)]
        #expect(MeasuredMeeting(entry).isGenuinelyTwoWay)
        entry.minutes = PerSide(me: 3, them: 25)
        #expect(!MeasuredMeeting(entry).isGenuinelyTwoWay)
    }
}
