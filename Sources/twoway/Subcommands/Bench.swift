import ArgumentParser

/// `twoway bench`: measuring this machine, and comparing what was measured.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure speed, memory and accuracy; compare two runs.",
        discussion: """
            twoway bench run --save before        measures this machine with this binary
            twoway bench compare before after     says what became faster, slower, better, worse
            """,
        subcommands: [BenchRun.self, BenchCompare.self, BenchRound.self, BenchRecordings.self])
}
