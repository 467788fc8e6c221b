import ArgumentParser
import Benchmarking

/// `twoway bench compare`: what changed between two saved runs.
struct BenchCompare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two saved runs.",
        discussion: """
            Ratios of medians with bootstrap intervals, so wide that a run compared with another one of the same \
            binary shows no difference in 95 of 100 cases. Accuracy by a paired test over the files of both. Ends \
            with 0 when nothing got worse, with 1 when something did.

            Example: twoway bench compare before after --format html --output before-after.html
            """)

    @Argument(help: ArgumentHelp("The older run: its name or its .json file.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The newer run.", valueName: "new"))
    var new: String

    @Option(help: "The form of the result.")
    var format = BenchmarkFormat.text

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result here, whole or not at all.", valueName: "file"))
    var output: String?

    func run() async throws {
        try await reportingFailures {
            let comparison = try BenchmarkComparison(old: BenchmarkArchive.read(old), new: BenchmarkArchive.read(new))
            try ResultOutput(path: output).write(BenchmarkText(format).text(of: comparison))
            if comparison.isWorse { throw ExitStatus.partial }
        }
    }
}
