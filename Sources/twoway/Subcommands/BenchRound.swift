import ArgumentParser
import Benchmarking
import Foundation

/// `twoway bench round`: one round of the stages in a process of its own, for `bench run`.
struct BenchRound: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "round", abstract: "One round of stage measurements.", shouldDisplay: false)

    @Option var folder: String
    @Option var seconds: Double

    func run() async throws {
        try await reportingFailures {
            let times = try await BenchmarkRound.measure(seconds: seconds, folder: URL(filePath: folder))
            try ResultOutput.standardOutput.write(String(decoding: JSONEncoder().encode(times), as: UTF8.self) + "\n")
        }
    }
}

/// `twoway bench recordings`: writes what the whole analysis is measured on, for `bench run`.
struct BenchRecordings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recordings", abstract: "Write the recordings of a run.", shouldDisplay: false)

    @Option var folder: String
    @Option var minutes: Double
    @Flag var long = false

    func run() async throws {
        try await reportingFailures {
            try BenchmarkRecording.write(minutes: minutes, isLong: long, to: URL(filePath: folder))
        }
    }
}
