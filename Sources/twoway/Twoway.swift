import ArgumentParser
import Foundation

/// The program as the system starts it.
@main
enum Program {
    static func main() async {
        StandardDescriptors.fill()
        if CommandLine.arguments.dropFirst().first == Analyze._commandName { MemoryReturn.keepBlocksAtHand() }
        await Twoway.main()
    }
}

/// The command with its subcommands.
struct Twoway: AsyncParsableCommand {
    /// Version of the program, in every result.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "twoway",
        abstract: "Who talked, how long, and was it a two-way street?",
        discussion: """
            Example: twoway analyze meeting.wav
            Example: twoway metrics labels.rttm
            Example: twoway journal add
            """,
        version: version,
        subcommands: [
            Analyze.self, Batch.self, Metrics.self, ScoreCommand.self, Convert.self, JournalCommand.self,
            VoiceCommand.self, LiveCommand.self, Bench.self, Doctor.self,
        ])

    /// What most people want, for those who only typed the name.
    static let welcome = """
        twoway tells who held the floor in a meeting of two, and whether it was a
        two-way street.

          twoway analyze meeting.wav
              reads a recording and says how the floor was shared
          twoway analyze meeting.wav --report meeting.html
              the same as a page with pictures, to look at and to send on
          twoway journal add
              notes a meeting, recorded or not, to see how it goes over time

        twoway --help lists everything; twoway doctor checks this installation.

        """

    /// Names what was meant where a subcommand is misspelt; everything else is the parser's.
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let unknown = UnknownSubcommand(in: arguments, of: self) {
            StandardError.write(unknown.message)
            exit(withError: ExitCode.validationFailure)
        }
        await main(arguments)
    }

    func run() async throws {
        try await reportingFailures { try ResultOutput.standardOutput.write(Self.welcome) }
    }
}
