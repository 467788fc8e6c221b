import ArgumentParser

@main
struct Twoway: AsyncParsableCommand {
    /// Version of the program, in every result.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "twoway",
        abstract: "Who talked, how long, and was it a two-way street?",
        discussion: """
            twoway analyze meeting.wav       reads a recording and reports how the floor was shared
            twoway metrics labels.rttm       the same from labels that another tool made
            twoway score ref.rttm hyp.rttm   measures labels against a reference
            twoway convert a.eaf -o a.rttm   turns labels into another format
            twoway bench run --save before   measures speed, memory and accuracy on this machine
            """,
        version: version,
        subcommands: [Analyze.self, Metrics.self, ScoreCommand.self, Convert.self, Bench.self])
}
