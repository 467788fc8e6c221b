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
