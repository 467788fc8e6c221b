import Analysis
import AudioDecoding
import LabelFormats
import Reciprocity
import Timeline

/// Prints how two people shared the floor: `TalkShare meeting.wav`, or `TalkShare labels.rttm`.
@main
enum TalkShare {
    static func main() async throws {
        guard let path = CommandLine.arguments.dropFirst().first else {
            print("usage: TalkShare RECORDING-OR-LABELS")
            return
        }
        let metrics = LabelFormat(fileName: path) == nil ? try await ofRecording(path) : try ofLabels(path)
        for speaker in [Speaker.a, .b] {
            let percent = Int((100 * (metrics.floorShare[speaker] ?? 0)).rounded())
            print("\(speaker.rawValue): \(percent) % of the floor, \(metrics.turnCount[speaker] ?? 0) turns")
        }
        print("pattern: \(metrics.verdict.pattern.name)")
    }

    /// A recording: the program tells the voices apart.
    private static func ofRecording(_ path: String) async throws -> Reciprocity {
        try await RecordingAnalyzer().analyze(.file(path)).reciprocity
    }

    /// Labels of another tool: only the metrics are computed.
    private static func ofLabels(_ path: String) throws -> Reciprocity {
        guard let recording = try LabelDocument(atPath: path).recordings.first else {
            return reciprocity(of: Timeline(duration: 0, segments: []))
        }
        return reciprocity(of: TwoPersonTimeline(of: recording.segments, duration: recording.duration).timeline)
    }
}
