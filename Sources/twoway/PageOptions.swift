import ArgumentParser
import Foundation
import Reporting

/// Options about the page that can be written beside the result.
struct PageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Also write one self-contained HTML page with pictures here.", valueName: "file.html"),
        completion: .file(extensions: ["html"]))
    var report: String?

    func validate() throws {
        if report == "-" || report?.isEmpty == true {
            throw ValidationError("--report needs the name of a file, for example --report meeting.html.")
        }
    }

    /// - Throws: `ValidationError` where page or result would take the place of the input or of each other.
    func check(input: String, output: String?) throws {
        try ResultOutput.check(("--output", output), ("--report", report), spares: [input])
        guard let report, let output, output != "-" else { return }
        if ResultOutput.isSame(output, report) {
            throw ValidationError("--report would take the place of the result, \(output); name another file.")
        }
    }

    /// Writes the page, whole or not at all, if it was asked for.
    ///
    /// - Throws: `CommandFailure` with exit code 73, and whatever getting the sound throws.
    func write(_ meeting: MeetingReport, sound: @autoclosure () throws -> EmbeddedSound? = nil) throws {
        guard let report else { return }
        try ResultOutput.file(report).write(meeting.page(sound: sound()))
    }

    /// Writes a page of the journal, for its owner only, whole or not at all, if it was asked for.
    ///
    /// - Throws: `CommandFailure` with exit code 73.
    func write(text: @autoclosure () -> String) throws {
        guard let report else { return }
        try ResultOutput.file(report).writePrivately(text())
    }
}
