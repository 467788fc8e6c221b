public import AudioDecoding
public import Diarization
import Reciprocity
import Timeline

/// Analyses one recording from its bytes to its verdict.
public struct RecordingAnalyzer: Sendable {
    private let parameters: AnalysisParameters

    /// An analyzer with `parameters`.
    public init(parameters: AnalysisParameters = .init()) { self.parameters = parameters }

    /// Reads, segments and measures a recording.
    ///
    /// Memory grows by about 48 MB an hour and channel, whatever the sample rate; up to eight channels are heard.
    ///
    /// - Parameters:
    ///   - source: A file or standard input.
    ///   - progress: Called now and then with the seconds read so far and the whole length, nil where unknown.
    /// - Returns: The same value for the same bytes, at any number of threads.
    /// - Throws: `AudioDecodingError`.
    public func analyze(
        _ source: AudioSource, progress: ((_ seconds: Double, _ ofSeconds: Double?) -> Void)? = nil
    ) async throws(AudioDecodingError) -> RecordingAnalysis {
        let streamHash = StreamHash()
        let identifies = parameters.identifiesRecording
        let decoder = try AudioDecoder(
            source, parameters: parameters.decoding,
            onBytes: identifies ? { streamHash.value.update($0) } : nil)
        let format = decoder.format
        let stated = format.statedFrameCount.map { Double($0) / Double(format.sampleRate) }
        let features = try await FeatureExtraction(parameters: parameters).features(of: decoder) { seconds in
            progress?(seconds, stated)
        }
        let sha256: String? =
            switch source {
            case _ where !identifies: nil
            case .file(let path) where !decoder.showsEveryByte: ContentHash.ofFile(path)
            default: streamHash.value.hexadecimal
            }
        if identifies, sha256 == nil { throw .inputFailed(source.name, reason: "it vanished while it was read") }
        let recording = RecordingIdentity(
            path: source.name, sha256: sha256, duration: features.duration, sampleRate: format.sampleRate,
            channelCount: format.channelCount, encoding: format.encoding)
        return await analyze(
            consume features, of: recording, warnings: decoder.warnings + FeatureExtraction.warnings(format))
    }

    /// Segments and measures a recording whose features are at hand.
    public func analyze(
        _ features: consuming RecordingFeatures, of recording: RecordingIdentity, warnings: [String]
    ) async -> RecordingAnalysis {
        var diarization = await Diarizer(parameters: parameters.diarization).diarize(
            consume features, channelUse: parameters.channelUse, threads: parameters.threads)
        diarization.warnings = warnings + diarization.warnings
        return RecordingAnalysis(
            recording: recording, diarization: diarization,
            reciprocity: reciprocity(
                of: diarization.timeline, evidence: diarization.meetingEvidence, parameters: parameters.reciprocity))
    }
}

/// Lets the decoder's closure add to a hash.
private final class StreamHash {
    var value = ContentHash()
}

extension Diarization {
    /// What the segmentation says about itself, as evidence for the verdict.
    var meetingEvidence: MeetingEvidence {
        let speech = PerSpeaker { speaker in
            timeline.segments.reduce(0) { $0 + ($1.speaker == speaker ? $1.duration : 0) }
        }
        let total = speech.a + speech.b
        let interval = talkShareUncertainty.flatMap { width -> PerSpeaker<ClosedRange<Double>>? in
            total > 0 ? speech.map { max($0 / total - width, 0)...min($0 / total + width, 1) } : nil
        }
        return MeetingEvidence(
            segmentation: SegmentationTrust(
                trusted: trusted, estimatedConfusion: estimatedConfusion, talkShareInterval: interval))
    }
}
