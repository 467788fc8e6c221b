import ArgumentParser
import Foundation
import Journal
import Reporting

/// Forms in which the checks can be printed.
enum DoctorFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// `twoway doctor`: what is there, what is missing, and why that matters.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check this installation: libraries, ffmpeg, journal, terminal.",
        discussion: """
            Says what is missing and why it matters. Ends with 0 when everything that is needed works, and with 1 when \
            something does not; ffmpeg is not needed.

            Example: twoway doctor
            Example: twoway doctor --format json
            """)

    @Option(help: "The form of the result.")
    var format = DoctorFormat.text

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result here, whole or not at all.", valueName: "file"))
    var output: String?

    @Flag(help: "Draw with plain ASCII characters.")
    var ascii = false

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func run() async throws {
        try await reportingFailures {
            let destination = ResultOutput(path: output)
            let style = try ViewOptions.parse(ascii ? ["--ascii"] : []).style
            let checks = InstallationCheck.all(
                journalPath: journal.journal ?? JournalStore.defaultPath(), isTerminal: destination.isTerminal,
                usesColor: style.color, isASCII: style.asciiOnly)
            switch format {
            case .text: try destination.write(InstallationCheck.text(checks, isASCII: style.asciiOnly))
            case .json: try destination.write(InstallationCheck.json(checks))
            }
            if checks.contains(where: { $0.state == .fails }) { throw ExitStatus.partial }
        }
    }
}
