import ArgumentParser

/// `twoway bench`: measuring this machine, and comparing what was measured.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure speed, memory and accuracy; compare two runs.",
        discussion: """
            `run` measures this machine with this binary, `compare` says what became faster, slower, better, worse.

            Example: twoway bench compare before after
            """,
        subcommands: [BenchRun.self, BenchCompare.self, BenchRound.self, BenchRecordings.self])
}
