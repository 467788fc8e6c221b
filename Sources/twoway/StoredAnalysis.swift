import Analysis
import Foundation
import Journal
import Timeline

/// An analysis that was kept as JSON or in the journal, with the recording that it belongs to.
struct StoredAnalysis {
    /// Where it is kept, as a person says it.
    var place: String { folder == nil ? "the meeting \(source)" : source }
    /// Who spoke when.
    let timeline: Timeline
    /// Which speaker is the reader; nil where that was not said.
    let me: Speaker?
    /// The JSON file or the identifier in the journal that was given.
    private let source: String
    /// Where the recording was; only its name where that alone was kept.
    private let path: String
    private let sha256: String
    /// The folder of the file that it was read from, where a relative path may begin too.
    private let folder: String?

    /// What `analyze --format json` printed, or the last line of `live --json-lines`.
    private struct Report: Decodable {
        struct Recording: Decodable {
            var path: String
            var sha256: String
            var duration: Double
        }

        struct Segment: Decodable {
            var speaker: String
            var start: Double
            var end: Double
        }

        var recording: Recording?
        var segments: [Segment]
        var me: String?
    }

    private struct LastLine: Decodable { var report: Report }

    /// Reads a JSON file, or the meeting of the journal with this identifier.
    ///
    /// - Throws: `CommandFailure` or `JournalError`.
    init(_ source: String, journal: JournalOptions) throws {
        let isFile = FileStatus(source) != nil || source.contains("/") || source.hasSuffix(".json")
        self = try isFile ? Self(jsonFile: source) : Self(entry: source, journal: journal)
    }

    private init(jsonFile file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure.unreadable(file)
        }
        let decoder = JSONDecoder()
        guard
            let report = (try? decoder.decode(Report.self, from: data))
                ?? (try? decoder.decode(LastLine.self, from: data))?.report
        else {
            throw CommandFailure(
                "\(file) is not a report of twoway as JSON; make one with twoway analyze RECORDING --format json.",
                status: ExitStatus.damagedData)
        }
        guard let recording = report.recording else {
            throw CommandFailure(
                "\(file) was made from labels, which have no voices; enroll from the recording.",
                status: ExitStatus.damagedData)
        }
        (source, path, sha256) = (file, recording.path, recording.sha256)
        folder = URL(filePath: file).deletingLastPathComponent().path
        me = report.me.flatMap(Speaker.init(rawValue:))
        timeline = Timeline(
            duration: recording.duration,
            segments: report.segments.compactMap { segment in
                Speaker(rawValue: segment.speaker).map {
                    SpeechSegment(speaker: $0, start: segment.start, end: segment.end)
                }
            })
    }

    private init(entry id: String, journal: JournalOptions) throws {
        let store = try journal.open(createsFile: false)
        defer { store.close() }
        let entry = try store.entry(id)
        guard let analysis = entry.analysis, analysis.source == .recording, let sha256 = entry.recording else {
            throw CommandFailure(
                "The meeting \(id) was kept without a recording, so there is no voice in it; enroll from a recording.",
                status: ExitStatus.damagedData)
        }
        (source, path, self.sha256, folder) = (id, analysis.name, sha256, nil)
        (timeline, me) = (analysis.timeline, analysis.me)
    }

    /// The path of the recording, whose bytes are those that were analysed.
    ///
    /// - Parameter given: Where it is now, if somebody said so.
    /// - Throws: `CommandFailure` where it is gone or another one.
    func recording(at given: String?) throws -> String {
        let beside = folder.map { path.hasPrefix("/") ? path : $0 + "/" + path }
        let places = given.map { [$0] } ?? [path] + (beside.map { [$0] } ?? [])
        guard let found = places.first(where: { FileStatus($0) != nil }) else {
            throw given.map(CommandFailure.unreadable)
                ?? CommandFailure(
                    "The recording of \(place), \(path), is not there any more; say where it is now: twoway voice enroll "
                        + "RECORDING --from \(source).", status: ExitStatus.unreadableInput)
        }
        guard let hash = ContentHash.ofFile(found) else { throw CommandFailure.unreadable(found) }
        guard hash == sha256 else {
            throw CommandFailure(
                "\(found) is not the recording of \(place): its bytes are others, so who is who in it may be too; name "
                    + "the right one, or enroll without --from.", status: ExitStatus.damagedData)
        }
        return found
    }
}
