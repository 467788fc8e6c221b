import ArgumentParser
import Benchmarking
import Foundation

/// `twoway bench run`: measures and saves.
struct BenchRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Measure this machine with this binary.",
        discussion: """
            Every stage alone, the whole analysis, and beside them the floor: libsndfile decoding and FFTW \
            transforming the same frames, without anything else. All on a synthetic conversation; rounds are \
            interleaved and each is a process of its own. Times are processor time per hour of audio.

            Example: twoway bench run --save before --corpus recordings
            """)

    @Option(help: ArgumentHelp("Save the run under this name, or in this .json file.", valueName: "name"))
    var save: String?

    @Option(help: ArgumentHelp("Rounds of all measurements; medians are reported.", valueName: "count"))
    var rounds = 10

    @Option(help: ArgumentHelp("Length of the recordings, minutes.", valueName: "minutes"))
    var minutes = 60.0

    @Flag(help: "Also 4 hours on one and two cores, and 8 hours (needs 2.3 GB in the temporary folder).")
    var long = false

    @Option(help: ArgumentHelp("Also score the recordings below this folder.", valueName: "folder"))
    var corpus: String?

    @Option(
        help: ArgumentHelp(
            "Also measure a program that prints RTTM; {audio} stands for the recording. May be given again.",
            valueName: "command"))
    var against: [String] = []

    @Option(help: "The form of the result.")
    var format = BenchmarkFormat.text

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result here, whole or not at all.", valueName: "file"))
    var output: String?

    @Flag(name: [.short, .long], help: "No progress on standard error.")
    var quiet = false

    func validate() throws {
        guard rounds >= 1 else { throw ValidationError("--rounds has to be at least 1.") }
        guard minutes >= 0.5 else { throw ValidationError("--minutes has to be at least 0.5.") }
        guard format != .html else { throw ValidationError("--format html is for bench compare.") }
        for command in against where !command.contains("{audio}") {
            throw ValidationError("--against needs {audio} where the recording's path goes: \(command)")
        }
    }

    func run() async throws {
        try await reportingFailures {
            var session = try BenchmarkSession(minutes: minutes, isLong: long, against: against)
            defer { session.removeFolder() }
            for round in 1...rounds {
                if !quiet { StandardError.write("round \(round) of \(rounds)\n") }
                try session.measureRound()
            }
            var accuracy: [BenchmarkRecord.Accuracy] = []
            if let corpus {
                if !quiet { StandardError.write("accuracy\n") }
                accuracy = try await BenchmarkAccuracy.measure(corpus, against: against)
            }
            let name = save.map(BenchmarkArchive.name) ?? "unsaved"
            let record = session.record(name: name, accuracy: accuracy)
            if let save { try BenchmarkArchive.write(record, to: save) }
            try ResultOutput(path: output).write(BenchmarkText(format).text(of: record))
        }
    }
}
