import Analysis
import ArgumentParser
import Diarization
import LabelFormats
import Reciprocity
import Reporting
import Timeline

extension MeetingReport {
    /// The report of an analysed recording.
    ///
    /// - Throws: `CommandFailure` when `--me left` or `right` is said of a recording without a person per channel, or
    ///   `--me` is a name.
    init(_ analysis: RecordingAnalysis, people: PeopleOptions) throws {
        let recording = analysis.recording
        let diarization = analysis.diarization
        let me = try people.me.flatMap { choice in
            if let channel = choice.channel { return try Self.speaker(onChannel: channel, of: analysis) }
            switch choice {
            case .auto, .channel: return Speaker?.none
            case .speaker(let speaker): return speaker
            case .name(let name):
                throw CommandFailure(
                    "A recording names nobody, so --me cannot be \(name); use --me A or --me B.",
                    status: .validationFailure)
            }
        }
        self.init(
            version: Twoway.version,
            recording: RecordingFacts(
                path: recording.path, sha256: recording.sha256, duration: recording.duration,
                sampleRate: recording.sampleRate, channels: recording.channelCount, encoding: recording.encoding),
            diarization: DiarizationFacts(
                mode: DiarizationFacts.Mode(diarization.mode), speakers: diarization.speakerCount,
                estimatedConfusion: diarization.estimatedConfusion, trusted: diarization.trusted,
                warnings: diarization.warnings),
            timeline: diarization.timeline, reciprocity: analysis.reciprocity, names: people.names(me: me), me: me)
    }

    private static func speaker(onChannel channel: Int, of analysis: RecordingAnalysis) throws -> Speaker {
        let (path, diarization) = (analysis.recording.path, analysis.diarization)
        guard let a = diarization.channelOfA, let b = diarization.channelOfB else {
            throw CommandFailure(
                "\(path) does not hold one person per channel, so --me cannot be left or right; "
                    + "use --me A or --me B.", status: .validationFailure)
        }
        if let speaker = diarization.speaker(onChannel: channel) { return speaker }
        throw CommandFailure(
            "Neither of the two people of \(path) is on channel \(channel); use --me \(min(a, b)) or --me \(max(a, b)).",
            status: .validationFailure)
    }

    /// The report of labels from a file; its own names are kept where none are given.
    ///
    /// `resolution` is the grid of the times, seconds; nil when they are exact.
    init(_ pair: TwoPersonTimeline, title: String, people: PeopleOptions, resolution: Double? = nil) throws {
        var me: Speaker?
        switch people.me {
        case nil: break
        case .auto:
            throw CommandFailure(
                "Labels have no voices, so --me cannot be auto; use --me A, --me B or a name.",
                status: .validationFailure)
        case .speaker(let speaker): me = speaker
        case .name(let name):
            me =
                Speaker.allCases.first { pair.names[$0] == name }
                ?? Speaker.allCases.first { pair.names[$0]?.lowercased() == name.lowercased() }
        case .channel:
            throw CommandFailure(
                "Labels have no channels, so --me cannot be left or right; use --me A, --me B or a name.",
                status: .validationFailure)
        }
        if let with = people.with, let me, pair.names[me]?.lowercased() == with.lowercased() {
            throw CommandFailure(
                "\(me.rawValue) is \(with), so that cannot be you; use --me \(me.partner.rawValue) or your name.",
                status: .validationFailure)
        }
        let given = people.names(me: me)
        self.init(
            version: Twoway.version, timeline: pair.timeline,
            reciprocity: measure(pair.timeline, MeetingEvidence(timeResolution: resolution)),
            names: PerSpeaker { given[$0] ?? pair.names[$0] }, me: me, title: title)
    }
}

/// Metrics of a timeline; a function of its own because the report's member of the same name hides the module's.
private func measure(_ timeline: Timeline, _ evidence: MeetingEvidence) -> Reciprocity {
    reciprocity(of: timeline, evidence: evidence)
}

extension DiarizationFacts.Mode {
    init(_ mode: Diarization.Mode) {
        switch mode {
        case .mono: self = .mono
        case .separate: self = .separate
        case .spatial: self = .spatial
        }
    }
}

extension PeopleOptions {
    /// What to call each person.
    func names(me: Speaker?) -> PerSpeaker<String?> {
        PerSpeaker { speaker in
            if let name = names?.names[speaker] { return name }
            return me == speaker.partner && with != Self.automatic ? with : nil
        }
    }
}

extension OutputOptions {
    /// Prints a report in the chosen form.
    ///
    /// - Throws: `CommandFailure` with exit code 73.
    func write(_ report: MeetingReport, recordingName: String) throws {
        if let labels = format.labelFormat {
            return try destination.write(report.labels(as: labels, recordingName: recordingName))
        }
        let text =
            switch format {
            case .json: report.json.text(.indented)
            case .csv: MetricsTable.header + MetricsTable.row(of: report)
            default: report.text(TextStyle(color: color.isOn(for: destination), asciiOnly: isASCII))
            }
        try destination.write(text)
    }
}

extension MeetingReport {
    /// The speech of both people as a label file.
    func labels(as format: LabelFormat, recordingName: String) -> String {
        let recording = LabelledRecording(
            name: recordingName, segments: timeline.labelled(names: shownNames),
            duration: timeline.duration > 0 ? timeline.duration : nil)
        return LabelDocument.text(of: [recording], as: format)
    }

    /// Names for label files: those given, else the letters.
    fileprivate var shownNames: [Speaker: String] {
        var shown: [Speaker: String] = [:]
        for speaker in Speaker.allCases { if let name = names[speaker] { shown[speaker] = name } }
        return shown
    }
}
