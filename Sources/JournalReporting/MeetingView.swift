public import Journal
import Reciprocity
public import Reporting
import Timeline

/// One meeting of the journal: the report of its talking, and what was noted besides.
public struct MeetingView: Sendable {
    let meeting: MeasuredMeeting
    let today: CalendarDay
    private let report: MeetingReport

    /// The view of a meeting.
    ///
    /// - Parameters:
    ///   - meeting: the measured meeting.
    ///   - version: version of the program.
    ///   - today: the day that decides what is overdue.
    public init(_ meeting: MeasuredMeeting, version: String, today: CalendarDay) {
        self.meeting = meeting
        self.today = today
        let entry = meeting.entry
        let sound = entry.analysis?.sound
        let recording = sound.map {
            RecordingFacts(
                path: entry.analysis?.name ?? "", sha256: entry.recording, duration: meeting.timeline.duration,
                sampleRate: $0.sampleRate, channels: $0.channels, encoding: $0.encoding)
        }
        let diarization = sound.flatMap { sound in
            DiarizationFacts.Mode(rawValue: sound.mode).map {
                DiarizationFacts(
                    mode: $0, speakers: sound.speakers, estimatedConfusion: entry.analysis?.trust?.estimatedConfusion,
                    trusted: entry.analysis?.trust?.trusted ?? true, warnings: sound.warnings)
            }
        }
        report = MeetingReport(
            version: version, recording: recording, diarization: diarization, timeline: meeting.timeline,
            reciprocity: meeting.reciprocity,
            names: PerSpeaker { $0 == meeting.me ? nil : entry.person.name }, me: meeting.me,
            title: "\(entry.person.name), \(entry.date)")
    }

    // MARK: Forms

    /// The view for people; no line is longer than 80 columns.
    public func text(_ style: TextStyle = TextStyle()) -> String {
        let words = JournalWords(style: style)
        let entry = meeting.entry
        var text = ""
        if meeting.talking == nil {
            let length = PlainNumber.time(entry.lengthMinutes * 60)
            text += style.ink(.heading, words.name("\(entry.person.name), \(entry.date)", columns: 78)) + "\n"
            text += style.ink(.faint, "\(length) long\(style.dot) the talking was not noted") + "\n"
        } else {
            text += report.text(style)
        }
        let advice = Advice(
            pattern: meeting.pattern, invited: entry.invited, name: words.spoken(entry.person.name))
        let lines =
            disagreement(words) + genuine(words)
            + words.section("Next time", advice.text.map { words.paragraph($0) } ?? [])
            + words.section("Noted by hand", noted(words))
        return text + lines.map { $0 + "\n" }.joined()
    }

    /// The view for programs: the report of the talking, the entry, and where each metric comes from.
    public var json: JSONValue {
        guard case .object(var members) = report.json else { return .null }
        if meeting.talking == nil, case .object(var metrics)? = members["metrics"] {
            // Nothing is known of the talking, and unknown is null, never 0.
            for name in ["speakingTime", "floorTime", "talkOfMeeting"] {
                metrics[name] = .object(["A": .null, "B": .null])
            }
            members["metrics"] = .object(metrics)
        }
        members["entry"] = (try? JSONValue(parsing: JSONLines.line(of: meeting.entry))) ?? .null
        members["provenance"] = .object(provenance)
        members["myFloorShare"] = JSONValue(meeting.myFloorShare)
        members["notedShare"] = JSONValue(meeting.notedShare)
        members["disagreement"] = JSONValue(meeting.disagreement)
        members["genuinelyTwoWay"] = .bool(meeting.isGenuinelyTwoWay)
        return .object(members)
    }

    /// The view as comma-separated values: the metrics in the columns of `twoway analyze --format csv`.
    public var csv: String { MetricsTable.header + MetricsTable.row(of: report) }

    /// Metrics that a person counts; all others come from the talking.
    private static let counted: Set<String> = [
        "questions", "questionBalance", "helpOffered", "followUps", "followThrough",
    ]

    /// Where each metric comes from and how fine it is.
    private var provenance: [String: JSONValue] {
        guard case .object(let metrics)? = report.json["metrics"] else { return [:] }
        var all: [String: JSONValue] = [:]
        for name in metrics.keys {
            let isCounted = Self.counted.contains(name)
            let isNotedFirstFloor =
                name == "firstFloor" && meeting.entry.analysis == nil && meeting.entry.firstAskedAboutMe != nil
            let source: Provenance? = isCounted || isNotedFirstFloor ? .journal : meeting.talking
            all[name] = .object([
                "source": JSONValue(source?.rawValue),
                "resolution": isCounted ? .null : JSONValue(meeting.reciprocity.timeResolution),
            ])
        }
        all["all"] = .object(["source": .string(meeting.provenance.rawValue), "resolution": .null])
        return all
    }

    // MARK: Sections of the text

    private func disagreement(_ words: JournalWords) -> [String] {
        guard let noted = meeting.notedShare, let heard = meeting.myFloorShare, let difference = meeting.disagreement
        else { return [] }
        return words.section(
            "Note and recording disagree",
            words.paragraph(
                "By your note you had \(PlainNumber.percent(noted)) of the floor, in the recording it is "
                    + "\(PlainNumber.percent(heard)): \(PlainNumber.points(abs(difference))) "
                    + "\(difference > 0 ? "less" : "more"). The numbers above are those of the recording."))
    }

    private func genuine(_ words: JournalWords) -> [String] {
        guard meeting.isGenuinelyTwoWay else { return [] }
        let kept = (meeting.entry.followUps ?? []).contains { $0.kept != nil }
        return words.section(
            "More than air-time",
            words.paragraph(
                "A genuine two-way street: you were asked about yourself, and "
                    + (kept ? "what was promised was done." : "help was offered.")))
    }

    private func noted(_ words: JournalWords) -> [String] {
        let entry = meeting.entry
        let name = words.spoken(entry.person.name)
        let width = 11
        var lines: [String] = []
        func add(_ label: String, _ text: String?) {
            if let text { lines += words.labelled(label, text, width: width) }
        }
        add("Questions", questions(name))
        switch entry.firstAskedAboutMe {
        case .minute(let minute):
            let share = minute / entry.lengthMinutes
            add(
                "First asked",
                "in minute \(PlainNumber.decimal(minute, decimals: 1)), when \(PlainNumber.percent(share)) was over")
        case .never: add("First asked", "never")
        case nil: break
        }
        if entry.invited { add("Invited", "you asked \(name) to tell you everything") }
        for offer in entry.help ?? [] {
            add("Help", "from \(offer.by == .me ? "you" : name): \(ColumnWidth.printable(offer.what))")
        }
        if entry.help?.isEmpty == true { add("Help", "nobody offered any") }
        for (index, followUp) in (entry.followUps ?? []).enumerated() {
            add("Follow-up \(index + 1)", FollowUpSentence(followUp, name: name).text(today: today))
        }
        if entry.followUps?.isEmpty == true { add("Follow-ups", "none") }
        add("Felt", entry.feeling.map { "\($0) of 9" })
        add("Note", entry.note.map { ColumnWidth.printable($0.replacing("\n", with: " ")) })
        add("Tags", entry.tags.isEmpty ? nil : entry.tags.map { ColumnWidth.printable($0) }.joined(separator: ", "))
        add(
            "Recording",
            entry.analysis.map { ColumnWidth.printable($0.name) }
                ?? entry.recording.map { "SHA-256 \($0.prefix(16))..." })
        add("ID", ColumnWidth.printable(entry.id))
        return lines
    }

    private func questions(_ name: String) -> String? {
        let questions = meeting.entry.questions
        let parts = [
            questions.me.map { "you asked \($0)" }, questions.them.map { "\(name) asked \($0)" },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

/// A follow-up in words.
struct FollowUpSentence {
    private let followUp: FollowUp
    private let name: String

    /// The sentence; `name` is how the other person is called in it.
    init(_ followUp: FollowUp, name: String) {
        self.followUp = followUp
        self.name = name
    }

    /// Kind and matter, such as "article: the railway signs".
    var matter: String {
        let what = followUp.what.map { ColumnWidth.printable($0) } ?? ""
        return what.isEmpty ? followUp.kind.rawValue : "\(followUp.kind.rawValue): \(what)"
    }

    /// Who, what, and how it stands.
    func text(today: CalendarDay) -> String {
        let who = followUp.by == .me ? "you" : name
        let start = followUp.promised.map { "\(who) promised on \($0): " } ?? "unasked, \(who): "
        if let kept = followUp.kept { return start + matter + "; done on \(kept)" }
        guard let due = followUp.due else { return start + matter + "; open" }
        let late = due < today ? ", \(JournalWords.count(due.days(until: today), "day", "days")) late" : ""
        return start + matter + "; open, due \(due)\(late)"
    }
}
