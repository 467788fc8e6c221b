import AudioDecoding
import Diarization
private import Foundation
import LabelFormats
import Reciprocity
public import Scoring
import Timeline

/// How one recording of a corpus came out against its reference.
public struct CorpusScore: Sendable {
    /// File name without extension.
    public var name: String
    /// Folder and condition: what it is averaged with.
    public var group: String
    /// Number of people in the reference.
    public var referenceSpeakerCount: Int
    /// Scored with NIST's collar of 0.25 s.
    public var collared: Score
    /// Scored without collar.
    public var strict: Score
    /// The whole analysis.
    public var analysis: RecordingAnalysis

    /// Whether the real talk share lies in the estimated interval; nil where either is not known.
    public var shareCovered: Bool?
}

/// Runs the analysis over a folder of recordings with references and scores it.
///
/// A reference is an RTTM file beside its recording. The condition comes from a JSON file of the same name, if there
/// is one with a text under `condition`.
public struct CorpusAccuracy: Sendable {
    private let parameters: AnalysisParameters

    /// An evaluation of analyses with `parameters`.
    public init(parameters: AnalysisParameters = .init()) { self.parameters = parameters }

    /// Recordings below `folder` that have a reference, sorted by path.
    public static func recordings(below folder: String) -> [String] {
        let root = URL(filePath: folder).resolvingSymlinksInPath()
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        var found: [String] = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "rttm" else { continue }
            let recording = ["flac", "wav"].map { file.deletingPathExtension().appendingPathExtension($0) }
                .first { FileManager.default.fileExists(atPath: $0.path) }
            if let recording { found.append(recording.path) }
        }
        return found.sorted()
    }

    /// Analyses and scores one recording.
    ///
    /// - Throws: `AudioDecodingError` or `LabelFormatError`.
    public func score(_ recording: String) async throws -> CorpusScore {
        let base = URL(filePath: recording).deletingPathExtension()
        let reference = try RTTM.recordings(atPath: base.appendingPathExtension("rttm").path).flatMap(\.segments)
        let analysis = try await RecordingAnalyzer(parameters: parameters).analyze(.file(recording))
        let hypothesis = analysis.diarization.timeline.labelled()
        func score(_ convention: ScoringConvention) -> Score {
            Score(
                reference: reference, hypothesis: hypothesis, duration: analysis.recording.duration,
                convention: convention)
        }
        let strict = score(.strict)
        return CorpusScore(
            name: base.lastPathComponent, group: Self.group(of: base, channels: analysis.recording.channelCount),
            referenceSpeakerCount: Set(reference.map(\.label)).count, collared: score(.nist), strict: strict,
            analysis: analysis, shareCovered: Self.covered(reference, strict.mapping, analysis))
    }

    private static func group(of base: URL, channels: Int) -> String {
        var group = base.deletingLastPathComponent().lastPathComponent
        if let data = try? Data(contentsOf: base.appendingPathExtension("json")),
            let settings = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            let condition = settings["condition"] as? String
        {
            group += "/" + condition
        } else if channels > 1 {
            group += "/\(channels)-channel"
        }
        return group
    }

    private static func covered(
        _ reference: [LabelledSegment], _ mapping: [String: String], _ analysis: RecordingAnalysis
    ) -> Bool? {
        let people = Set(reference.map(\.label)).sorted()
        guard people.count == 2, let first = mapping.first(where: { $0.value == "A" })?.key,
            let interval = analysis.reciprocity.talkShareInterval.a
        else { return nil }
        let times = people.map { label in
            TwoPersonTimeline(of: reference.filter { $0.label == label }).timeline.segments.reduce(0) {
                $0 + $1.duration
            }
        }
        let total = times.reduce(0, +)
        guard total > 0, let index = people.firstIndex(of: first) else { return nil }
        return interval.contains(times[index] / total)
    }
}
