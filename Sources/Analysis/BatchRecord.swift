import Foundation

/// What the summaries of a batch say about one recording, ready to be put there.
public struct BatchEntry: Sendable, Hashable, Codable {
    /// Its row of the table of metrics, with its line break.
    public var metricsRow: String
    /// Its row of the index page.
    public var indexRow: String
    /// Name of its pattern; nil if it failed.
    public var pattern: String?
    /// Its JSON object on one line; nil where it is to be taken from its report.
    public var line: String?
    /// What failed and what to do; nil when nothing did.
    public var failure: String?
    /// Length, seconds; nil if it failed.
    public var seconds: Double?

    /// An entry.
    public init(
        metricsRow: String, indexRow: String, pattern: String? = nil, line: String? = nil, failure: String? = nil,
        seconds: Double? = nil
    ) {
        self.metricsRow = metricsRow
        self.indexRow = indexRow
        self.pattern = pattern
        self.line = line
        self.failure = failure
        self.seconds = seconds
    }
}

/// All that a batch writes about one recording.
public struct BatchResult: Sendable {
    /// The files by their names in the recording's own folder.
    public var files: [String: String]
    /// What goes into the summaries.
    public var entry: BatchEntry

    /// A result.
    public init(files: [String: String], entry: BatchEntry) {
        self.files = files
        self.entry = entry
    }
}

/// The note that a recording is done: of which bytes, by which parameters, and which files came of it.
///
/// It is written last. What it says is checked before it is believed, so a power cut that swallowed a result, or a hand
/// that deleted one, only costs that recording's analysis.
struct BatchRecord: Codable {
    /// The recording's name in results.
    var path: String
    /// SHA-256 of the recording's bytes, hexadecimal; nil if it failed.
    var sha256: String?
    /// Everything that steers the result, as one hash.
    var fingerprint: String
    /// SHA-256 of every file that was written, by its name.
    var files: [String: String]
    /// What goes into the summaries.
    var entry: BatchEntry

    /// Name of the note in the recording's own folder.
    static let fileName = ".twoway-record.json"

    /// The note in a folder; nil where there is none that can be read.
    init?(in folder: String) {
        guard let data = FileManager.default.contents(atPath: folder + "/" + Self.fileName),
            let record = try? JSONDecoder().decode(Self.self, from: data)
        else { return nil }
        self = record
    }

    init(path: String, sha256: String?, fingerprint: String, result: BatchResult) {
        (self.path, self.sha256, self.fingerprint, entry) = (path, sha256, fingerprint, result.entry)
        files = result.files.mapValues(ContentHash.of)
    }

    /// The note as text, the same bytes for the same note.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    /// Whether all files are there with the content that was written.
    func hasItsFiles(in folder: String) -> Bool {
        files.allSatisfy { name, hash in ContentHash.ofFile(folder + "/" + name) == hash }
    }
}
