import ArgumentParser
import LabelFormats

/// A label file that a person named on the command line.
struct LabelSource {
    /// The formats that are read, for help texts.
    static let formats =
        "RTTM, Praat TextGrid, ELAN EAF, Audacity labels, WebVTT, SRT, CSV, JSON (twoway's own, WhisperX, pyannoteAI) "
        + "and transcripts of Zoom, Teams or Otter with names"

    /// The file.
    let path: String
    /// What it holds.
    let document: LabelDocument

    /// Reads the file and says on standard error what of it could not be used.
    ///
    /// - Throws: `LabelFormatError`.
    init(path: String, quiet: Bool) throws {
        self.path = path
        document = try LabelDocument(atPath: path)
        if !quiet { for warning in document.warnings { StandardError.write("twoway: \(path): \(warning)\n") } }
    }

    /// The recording called `name`, or the only one.
    ///
    /// - Throws: `CommandFailure` with exit code 65 when it is not there, or when there are several and no name.
    func recording(named name: String?) throws -> LabelledRecording {
        guard document.format != .uem else { throw holdsNoSpeakers }
        let recordings = document.recordings
        let shown = recordings.prefix(5).map(\.name).joined(separator: ", ") + (recordings.count > 5 ? ", ..." : "")
        if let name {
            guard let found = recordings.first(where: { $0.name == name }) else {
                throw CommandFailure(
                    "\(path) has no labels for \(name); it has \(recordings.isEmpty ? "none at all" : shown).",
                    status: ExitStatus.damagedData)
            }
            return found
        }
        guard recordings.count <= 1 else {
            throw CommandFailure(
                "\(path) labels \(recordings.count) recordings; choose one with --recording: \(shown)",
                status: ExitStatus.damagedData)
        }
        return recordings.first ?? LabelledRecording(name: path, segments: [])
    }

    /// The failure for a file of regions where speakers are needed.
    var holdsNoSpeakers: CommandFailure {
        CommandFailure(
            "\(path) is a UEM file: it holds regions, not who speaks; give a file of labels, "
                + "or use it with twoway score --uem.", status: ExitStatus.damagedData)
    }
}
