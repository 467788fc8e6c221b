import Analysis
import Benchmark
import Benchmarking
import Foundation

/// Every stage alone, the floor, and the whole analysis, with the tool's own metrics.
///
/// Throughput is seconds of audio per second (`audio`); names hold nothing but letters and dots, or the tool does not
/// find its own threshold files again.
let benchmarks: @Sendable () -> Void = {
    let seconds = 600.0
    let audio = BenchmarkMetric.custom("audio seconds per second", polarity: .prefersLarger)
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .cpuTotal, .peakMemoryResident, audio], warmupIterations: 1,
        maxDuration: .seconds(3), maxIterations: 20)

    for stage in BenchmarkStage.allCases {
        Benchmark("Stage.\(stage.rawValue)") { benchmark in
            let inputs = try await Inputs.shared.stages(seconds: seconds)
            benchmark.startMeasurement()
            let start = ProcessorClock.seconds
            await inputs.run(stage)
            let time = ProcessorClock.seconds - start
            benchmark.stopMeasurement()
            benchmark.measurement(audio, Int(seconds / max(time, 1e-9)))
        }
    }

    for (name, rate, channels) in [("mono16k", 16_000, 1), ("stereo44k", 44_100, 2), ("phone8k", 8000, 1)] {
        Benchmark("Whole.\(name)") { benchmark in
            let path = try await Inputs.shared.recording(rate: rate, channels: channels, seconds: 3600)
            benchmark.startMeasurement()
            let start = ProcessorClock.seconds
            blackHole(try await RecordingAnalyzer().analyze(.file(path)))
            let time = ProcessorClock.seconds - start
            benchmark.stopMeasurement()
            benchmark.measurement(audio, Int(3600 / max(time, 1e-9)))
        }
    }
}

/// Inputs that are made once and shared by all benchmarks of a process.
private actor Inputs {
    static let shared = Inputs()
    private let folder: URL
    private var made: SharedStages?

    /// Stages run one after the other, so one task at a time uses them.
    final class SharedStages: @unchecked Sendable {
        let stages: BenchmarkStages
        init(_ stages: BenchmarkStages) { self.stages = stages }
        func run(_ stage: BenchmarkStage) async { await stages.run(stage) }
    }

    init() {
        folder = FileManager.default.temporaryDirectory.appending(path: "twoway-benchmarks")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func stages(seconds: Double) async throws -> SharedStages {
        if let made { return made }
        let stages = SharedStages(try await BenchmarkStages(seconds: seconds, folder: folder))
        made = stages
        return stages
    }

    func recording(rate: Int, channels: Int, seconds: Double) throws -> String {
        let path = folder.appending(path: "\(rate)-\(channels).wav").path
        if !FileManager.default.fileExists(atPath: path) {
            try SyntheticMeeting(seconds: 300, sampleRate: rate).write(
                seconds: seconds, channelCount: channels, to: path)
        }
        return path
    }
}
