import Analysis
import Diarization
import Foundation
import LabelFormats
import Reciprocity
import Reporting
import Timeline

/// The files of a batch: for each meeting its report, labels and page, for all of them the summaries.
struct BatchFiles: BatchWriter {
    /// Label formats that are written for each meeting.
    let formats: [LabelFormat]
    /// Whether each meeting gets a page.
    let writesPages: Bool
    /// Who is who, in every meeting.
    let people: PeopleOptions
    /// What the names of the recordings say; nil if nobody said.
    let namePattern: NamePattern?
    /// Heading of the index.
    let title: String

    private static let report = "report.json"
    private static let page = "page.html"
    /// What the names of label files begin with.
    private static let labels = "labels."

    var settings: String {
        let names = (people.names?.names ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let me = people.me.map { "\($0)" } ?? ""
        return [
            Twoway.version, formats.map(\.rawValue).joined(separator: ","), "\(writesPages)", me, people.with ?? "",
            names.joined(separator: ","), namePattern?.text ?? "",
        ].joined(separator: "\n")
    }

    func makes(_ name: String) -> Bool {
        name == Self.report || name == Self.page || name.hasPrefix(Self.labels)
    }

    /// The report of one meeting.
    ///
    /// - Throws: `BatchFailure` where `--me` does not fit the recording.
    func report(of analysis: RecordingAnalysis, for recording: BatchRecording) throws -> MeetingReport {
        var people = people
        if let person = facts(of: recording)?.person { people.with = person }
        do {
            return try MeetingReport(analysis, people: people, tracks: recording.files)
        } catch let failure as CommandFailure {
            throw BatchFailure(message: failure.description)
        }
    }

    func result(of analysis: RecordingAnalysis, for recording: BatchRecording) throws -> BatchResult {
        let report = try report(of: analysis, for: recording)
        var files = [Self.report: report.json.text(.indented)]
        for format in formats {
            files[Self.labels + (format.fileExtensions.first ?? format.rawValue)] = report.labels(
                as: format, recordingName: Self.stem(recording.path))
        }
        if writesPages { files[Self.page] = report.page() }
        let link = BatchResults.folder(of: recording) + "/" + (writesPages ? Self.page : Self.report)
        let row = BatchIndexPage.Row(
            name: recording.place, link: link, date: facts(of: recording)?.date, duration: analysis.recording.duration,
            names: report.names, floorShare: analysis.reciprocity.floorShare,
            pattern: analysis.reciprocity.verdict.pattern, trusted: analysis.diarization.trusted,
            strip: MeetingStrip(turns: analysis.reciprocity.turns, duration: analysis.recording.duration))
        return BatchResult(
            files: files,
            entry: BatchEntry(
                metricsRow: MetricsTable.row(of: report), indexRow: row.text,
                pattern: analysis.reciprocity.verdict.pattern.name, seconds: analysis.recording.duration))
    }

    func entry(forFailed recording: BatchRecording, message: String) -> BatchEntry {
        let failed = FailedMeeting(version: Twoway.version, path: recording.path, message: message)
        let row = BatchIndexPage.Row(name: recording.place, date: facts(of: recording)?.date, error: message)
        return BatchEntry(
            metricsRow: MetricsTable.row(of: failed), indexRow: row.text, line: failed.json.text(.oneLine),
            failure: message)
    }

    /// One JSON object on a line, for the filter.
    func line(_ recording: BatchRecording, _ result: Result<RecordingAnalysis, BatchFailure>) -> String {
        do {
            return try report(of: result.get(), for: recording).json.text(.oneLine)
        } catch {
            let message = (error as? BatchFailure)?.message ?? "\(error)"
            return FailedMeeting(version: Twoway.version, path: recording.path, message: message).json.text(.oneLine)
        }
    }

    func writeSummaries(of results: BatchResults, into output: OutputFolder) throws {
        try output.write(to: "results.jsonl") { sink throws(BatchError) in
            try results.forEach { recording, entry throws(BatchError) in
                if let line = entry.line {
                    sink(line)
                } else {
                    sink(JSONLines.line(of: try results.text(of: Self.report, for: recording)))
                }
            }
        }
        var counts = BatchIndexPage.Counts()
        try output.write(to: "summary.csv") { sink throws(BatchError) in
            sink(MetricsTable.header)
            try results.forEach { _, entry throws(BatchError) in
                sink(entry.metricsRow)
                counts.add(pattern: entry.pattern)
            }
        }
        let frame = BatchIndexPage.frame(title: title, version: Twoway.version, counts: counts)
        try output.write(to: "index.html") { sink throws(BatchError) in
            sink(frame.start)
            try results.forEach { _, entry throws(BatchError) in sink(entry.indexRow) }
            sink(frame.end)
        }
    }

    private func facts(of recording: BatchRecording) -> NamePattern.Facts? {
        namePattern?.facts(in: recording.path.split(separator: "/").last.map(String.init) ?? recording.path)
    }

    private static func stem(_ path: String) -> String { URL(filePath: path).deletingPathExtension().lastPathComponent }
}

extension MeetingReport {
    /// The report of a recording, or of tracks, whose people are called like their files unless they have names.
    ///
    /// - Throws: `CommandFailure` when `--me` does not fit the recording.
    init(_ analysis: RecordingAnalysis, people: PeopleOptions, tracks: [String]) throws {
        try self.init(analysis, people: people)
        guard tracks.count == 2, let channelOfA = analysis.diarization.channelOfA else { return }
        let given = names
        names = PerSpeaker { speaker in
            let track = tracks[speaker == .a ? channelOfA - 1 : 2 - channelOfA]
            return given[speaker] ?? URL(filePath: track).deletingPathExtension().lastPathComponent
        }
    }
}
