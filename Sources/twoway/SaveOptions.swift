import Analysis
import ArgumentParser
import Foundation
import Journal
import LabelFormats
import Reciprocity
import Reporting
import Timeline

/// Options that put a report into the journal.
struct SaveOptions: ParsableArguments {
    @Flag(help: "Keep the result in the journal; needs --with and who of the two you are.")
    var save = false

    @Option(
        help: ArgumentHelp("The day of the meeting; otherwise the day the file was last changed.", valueName: "date"))
    var date: CalendarDay?

    @Option(
        help: ArgumentHelp("Save it in this meeting of the journal, or \"new\" for one of its own.", valueName: "id"))
    var entry: String?

    @OptionGroup
    var journal: JournalOptions

    func validate() throws {
        if !save, date != nil || entry != nil || journal.journal != nil {
            throw ValidationError("--date, --entry and --journal go with --save.")
        }
    }

    /// Checks before the work that saving can succeed.
    ///
    /// - Throws: `ValidationError` when it is not said who is who.
    func check(_ people: PeopleOptions) throws {
        guard save else { return }
        guard people.with != nil || people.names != nil else {
            throw ValidationError("--save needs --with, to know whom you met.")
        }
        guard people.me != nil || people.names.map({ Self.me(in: $0.names, with: people.with) != nil }) ?? false else {
            throw ValidationError("--save needs --me, to know which speaker you are.")
        }
    }

    /// The same options with the wish to save.
    var keeping: SaveOptions {
        var options = self
        options.save = true
        return options
    }

    /// Saves a report and says on standard error what was done.
    ///
    /// - Parameters:
    ///   - report: the report.
    ///   - people: who is who.
    ///   - path: the recording or label file; nil for standard input.
    ///   - name: what to call the recording where it has no path.
    /// - Throws: `JournalError` or `CommandFailure`.
    func save(
        _ report: MeetingReport, people: PeopleOptions, path: String?, name: String = "standard input", quiet: Bool
    ) throws {
        guard save else { return }
        let given = people.names?.names ?? [:]
        guard let me = report.me ?? Self.me(in: given, with: people.with),
            let person = people.with ?? given[me.partner] ?? report.names[me.partner]
        else {
            throw CommandFailure(
                "It was not saved: say who the other person is with --with.", status: .validationFailure)
        }
        guard report.timeline.segments.isEmpty == false else {
            throw CommandFailure("It was not saved: there is no speech in it.", status: ExitStatus.nothingUsable)
        }
        let fileDay = path.flatMap { FileStatus($0)?.modificationDate }
            .map { CalendarDay(localDayOf: $0) }
        let store = try journal.open(createsFile: true)
        defer { store.close() }
        let hint = try store.hint(forNew: person)
        let outcome = try store.save(
            AnalysisToSave(
                RecordedAnalysis(report, name: URL(filePath: path ?? name).lastPathComponent, me: me),
                sha256: report.recording?.sha256 ?? Self.hash(of: report), person: person, date: date,
                presumedDate: fileDay ?? .today()),
            into: EntryChoice(option: entry))
        if !quiet { StandardError.write(message(outcome, isToday: fileDay == nil) + (hint ?? "")) }
    }

    private func message(_ outcome: SaveOutcome, isToday: Bool) -> String {
        let entry = outcome.entry
        let done =
            switch outcome.change {
            case .added: "Saved"
            case .updated: "Updated, it was there already"
            case .merged: "Saved, together with your note"
            }
        var text = "twoway: \(done): \(entry.person.name), \(entry.date) (\(entry.id))."
        if outcome.change == .added, date == nil {
            text +=
                " The day is \(isToday ? "today" : "that of the file"); if it is another: twoway journal edit \(entry.id) --date YYYY-MM-DD"
        }
        if let difference = MeasuredMeeting(entry).disagreement {
            text +=
                "\ntwoway: Your note and the recording are \(ScoreText.fixed(abs(difference) * 100, 0)) points apart."
        }
        return text + "\n"
    }

    /// Who of two named speakers keeps the journal: the one called "me", else the one who is not `with`.
    private static func me(in names: [Speaker: String], with other: String?) -> Speaker? {
        if let me = names.first(where: { ["me", "i", "myself"].contains($0.value.lowercased()) }) { return me.key }
        return other.flatMap { other in names.first { $0.value == other }?.key.partner }
    }

    /// SHA-256 of the labels in one fixed form, so that it does not depend on how the file was written.
    private static func hash(of report: MeetingReport) -> String {
        let text = RTTM.text(of: report.timeline.labelled(), recording: "labels")
        var hash = ContentHash()
        Array(text.utf8).withUnsafeBytes { hash.update($0) }
        return hash.hexadecimal
    }
}

extension RecordedAnalysis {
    /// What the journal keeps of a report: enough to compute the same metrics again.
    init(_ report: MeetingReport, name: String, me: Speaker) {
        let intervals = report.reciprocity.talkShareInterval
        let interval = intervals.a.flatMap { a in intervals.b.map { PerSpeaker(a: a, b: $0) } }
        let sound = report.recording.flatMap { recording in
            report.diarization.map { diarization in
                SoundFacts(
                    sampleRate: recording.sampleRate, channels: recording.channels, encoding: recording.encoding,
                    mode: diarization.mode.rawValue, speakers: diarization.speakers, warnings: diarization.warnings)
            }
        }
        self.init(
            source: report.recording == nil ? .labels : .recording, name: name, timeline: report.timeline, me: me,
            trust: report.diarization.map {
                SegmentationTrust(
                    trusted: $0.trusted, estimatedConfusion: $0.estimatedConfusion, talkShareInterval: interval)
            }, timeResolution: report.reciprocity.timeResolution, sound: sound)
    }
}
