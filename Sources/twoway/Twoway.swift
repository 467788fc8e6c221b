import ArgumentParser

/// The program as the system starts it.
@main
enum Program {
    static func main() async {
        StandardDescriptors.fill()
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
            twoway analyze meeting.wav       reads a recording and reports how the floor was shared
            twoway batch folder -o results   every recording below a folder, resumable
            twoway metrics labels.rttm       the same from labels that another tool made
            twoway score ref.rttm hyp.rttm   measures labels against a reference
            twoway convert a.eaf -o a.rttm   turns labels into another format
            twoway journal add               notes a meeting, recorded or not, and keeps it
            twoway voice enroll me.wav       lets it know which voice is yours
            twoway live -                    the same while it happens, from a recorder
            twoway bench run --save before   measures speed, memory and accuracy on this machine
            """,
        version: version,
        subcommands: [
            Analyze.self, Batch.self, Metrics.self, ScoreCommand.self, Convert.self, JournalCommand.self,
            VoiceCommand.self, LiveCommand.self, Bench.self,
        ])
}
