public import Foundation

/// One round of stage measurements, made in a process of its own: where memory happens to lie differs from process to
/// process, and a run has to see that.
public enum BenchmarkRound {
    /// Goes per stage; the least counts.
    public static let goes = 3

    /// Processor seconds per hour of audio of every stage, interleaved, for files in `folder`.
    ///
    /// - Throws: When the files cannot be written.
    public static func measure(seconds: Double, folder: URL) async throws -> [String: Double] {
        let stages = try await BenchmarkStages(seconds: seconds, folder: folder)
        var least = [String: Double]()
        for _ in 0..<goes {
            for stage in BenchmarkStage.allCases {
                let start = ProcessorClock.seconds
                await stages.run(stage)
                let time = (ProcessorClock.seconds - start) * 3600 / seconds
                least[stage.rawValue] = min(least[stage.rawValue] ?? .infinity, time)
            }
        }
        return least
    }
}
