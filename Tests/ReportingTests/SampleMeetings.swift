import Reciprocity
import Reporting
import Timeline

/// Meetings drawn as text, one character per step of time.
enum SampleMeetings {
    /// Segments from a row per person: every run of characters other than "." is one segment.
    static func timeline(a: String, b: String, step: Double) -> Timeline {
        var segments: [SpeechSegment] = []
        for (speaker, row) in [(Speaker.a, a), (.b, b)] {
            var start: Int?
            for (index, character) in (row + ".").enumerated() {
                if character != ".", start == nil { start = index }
                if character == ".", let first = start {
                    segments.append(
                        SpeechSegment(speaker: speaker, start: Double(first) * step, end: Double(index) * step))
                    start = nil
                }
            }
        }
        return Timeline(duration: Double(max(a.count, b.count)) * step, segments: segments)
    }

    /// A report of a drawn meeting.
    static func report(
        a: String, b: String, step: Double, names: PerSpeaker<String?> = .init(a: nil, b: nil), me: Speaker? = nil,
        recording: RecordingFacts? = nil, diarization: DiarizationFacts? = nil, title: String? = nil
    ) -> MeetingReport {
        let timeline = timeline(a: a, b: b, step: step)
        let trust = diarization.map { facts in
            SegmentationTrust(trusted: facts.trusted, estimatedConfusion: facts.estimatedConfusion)
        }
        return MeetingReport(
            version: "0.1.0", recording: recording, diarization: diarization, timeline: timeline,
            reciprocity: reciprocity(of: timeline, evidence: MeetingEvidence(segmentation: trust)), names: names,
            me: me, title: title)
    }

    static func recording(_ path: String, _ duration: Double) -> RecordingFacts {
        RecordingFacts(
            path: path, sha256: String(repeating: "0", count: 64), duration: duration, sampleRate: 16_000, channels: 1,
            encoding: "WAV, 16 bit")
    }

    static func mono(_ confusion: Double?, trusted: Bool = true, speakers: Int = 2) -> DiarizationFacts {
        DiarizationFacts(mode: .mono, speakers: speakers, estimatedConfusion: confusion, trusted: trusted)
    }

    /// The reports that are kept as golden files, by name.
    static var all: [(name: String, report: MeetingReport)] {
        [
            ("one-sided", oneSided), ("late-pitch", latePitch), ("two-way-quick", quick), ("two-way-long", longTurns),
            ("leaning", leaning), ("late-pitch-close", lateAndClose), ("too-short", tooShort),
            ("not-trusted", notTrusted), ("silence", silence),
            ("one-voice", oneVoice), ("wide-names", wideNames),
        ]
    }

    /// 42 minutes in steps of 6 s: A talks, B gets short turns.
    static var oneSided: MeetingReport {
        let round = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA....AAAAAAAA"
        let other = "..............................BBB........."
        return report(
            a: String(repeating: round, count: 10), b: String(repeating: other, count: 10), step: 6,
            names: .init(a: "Dana", b: nil), me: .b, recording: recording("meetings/coffee-with-dana.wav", 2520),
            diarization: mono(0.03))
    }

    /// 45 minutes in steps of 15 s: B is asked after 36 of them.
    static var latePitch: MeetingReport {
        let a = String(repeating: "AAAAAAAAAAA.", count: 12) + String(repeating: "AA.......", count: 4)
        let b = String(repeating: "...........B", count: 12) + String(repeating: "..BBBBBBB", count: 4)
        return report(
            a: a, b: b, step: 15, names: .init(a: nil, b: "Alex"), me: .a,
            recording: recording("alex.flac", 2700),
            diarization: DiarizationFacts(mode: .separate, speakers: 2, estimatedConfusion: 0, trusted: true))
    }

    /// 20 minutes in steps of 5 s, turns of 10 s.
    static var quick: MeetingReport {
        report(
            a: String(repeating: "AA..", count: 60), b: String(repeating: "..BB", count: 60), step: 5,
            recording: recording("lunch.ogg", 1200), diarization: mono(0.002))
    }

    /// 30 minutes, long turns of each.
    static var longTurns: MeetingReport {
        let a = String(repeating: "A", count: 30) + String(repeating: ".", count: 25)
        let b = String(repeating: ".", count: 31) + String(repeating: "B", count: 24)
        return report(
            a: String(repeating: a, count: 3), b: String(repeating: b, count: 3), step: 11,
            names: .init(a: "Dana", b: "Alex"))
    }

    /// 30 minutes in steps of 6 s: equal shares in the first twelve minutes, then A talks.
    static var leaning: MeetingReport {
        let a = String(repeating: "AAAAAA.........", count: 8) + String(repeating: "AAAAAAAAAAAA.....AAA", count: 9)
        let b = String(repeating: ".......BBBBBB..", count: 8) + String(repeating: "............BBB.....", count: 9)
        return report(
            a: a, b: b, step: 6, recording: recording("walk-with-dana.mp3", 1800), diarization: mono(0.04))
    }

    /// Ten minutes, B has most of the floor in the last quarter: near the limit of being asked late.
    static var lateAndClose: MeetingReport {
        let a = String(repeating: "AAAAAAAAAAAAAAAAAAAA..........", count: 2) + String(repeating: "A", count: 6)
        let b = String(repeating: "....................BBBBBBBBBB", count: 2) + "......"
        return report(
            a: a, b: b, step: 9, names: .init(a: nil, b: "Dana"), me: .a, recording: recording("walk.mp3", 594),
            diarization: DiarizationFacts(
                mode: .spatial, speakers: 2, estimatedConfusion: 0.06, trusted: true,
                warnings: ["The recording is clipped in 3 places."]))
    }

    static var tooShort: MeetingReport {
        report(a: "AAAA..AA", b: "....BB..", step: 10, recording: recording("test.wav", 80), diarization: mono(nil))
    }

    static var notTrusted: MeetingReport {
        report(
            a: String(repeating: "AAA..", count: 30), b: String(repeating: "...BB", count: 30), step: 4,
            recording: recording("kitchen.m4a", 600), diarization: mono(0.24, trusted: false))
    }

    static var silence: MeetingReport {
        report(
            a: "......", b: "......", step: 60, recording: recording("pocket.wav", 360),
            diarization: mono(nil, trusted: false, speakers: 0))
    }

    static var oneVoice: MeetingReport {
        report(
            a: String(repeating: "AAAAAAAAAAA..", count: 30), b: "", step: 2, recording: recording("talk.wav", 780),
            diarization: mono(nil, trusted: true, speakers: 1))
    }

    static var wideNames: MeetingReport {
        report(
            a: String(repeating: "AAA...", count: 40), b: String(repeating: "...BBB", count: 40), step: 20,
            names: .init(a: "田中さくら子と申します", b: "Wolfeschlegelsteinhausenbergerdorff 👩‍👩‍👧‍👦 the Third"),
            recording: recording("a/very/" + String(repeating: "long-", count: 30) + "name.wav", 4800),
            diarization: mono(0.01))
    }
}
