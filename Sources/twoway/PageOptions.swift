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

    /// Writes the page, whole or not at all, if it was asked for.
    ///
    /// - Throws: `CommandFailure` with exit code 73, and whatever getting the sound throws.
    func write(_ meeting: MeetingReport, sound: @autoclosure () throws -> EmbeddedSound? = nil) throws {
        guard let report else { return }
        try ResultOutput.file(report).write(meeting.page(sound: sound()))
    }
}
