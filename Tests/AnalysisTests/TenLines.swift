import Analysis
import AudioDecoding
import Reciprocity
import Timeline

/// The statements of the article "From a recording to metrics in ten lines" as a function.
enum TenLines {}

extension TenLines {
    /// Runs them on a recording; what they print.
    static func run(_ path: String) async throws -> [String] {
        var printed: [String] = []
        func show(_ line: String) { printed.append(line) }
        try await statements(path, show)
        return printed
    }
}

private func statements(_ path: String, _ show: (String) -> Void) async throws {
    // The article begins.
    let analysis = try await RecordingAnalyzer().analyze(.file(path))
    let metrics = analysis.reciprocity
    for speaker in [Speaker.a, .b] {
        let percent = Int((100 * (metrics.floorShare[speaker] ?? 0)).rounded())
        let monologue = Int((metrics.longestMonologue[speaker]?.duration ?? 0).rounded())
        show("\(speaker.rawValue) held \(percent) % of the floor, \(monologue) s of it without a break")
    }
    show("pattern: \(metrics.verdict.pattern.name)")
    // The article ends.
}
