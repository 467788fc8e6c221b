public import Analysis
public import Diarization
private import Foundation
import SpectralAnalysis

/// A meeting while it happens: takes sound, knows how it stands, and at the end gives the full analysis.
///
/// One or two channels are heard as they are; three and more are averaged into one as the sound comes, for the final
/// analysis too, so that swapped polarity cancels and nobody has a channel of their own. Such a meeting is better stored
/// and analysed from its file.
///
/// Belongs to one task at a time.
public final class LiveMeeting {
    /// Frames of features that are decided at a time: a second, so nothing waits longer for its decision.
    private static let step = 100

    /// Who spoke when, so far.
    public private(set) var diarizer: LiveDiarizer
    /// Longest time by the clock that one decision took, seconds.
    public private(set) var longestDecision = 0.0
    /// Most processor time that one decision took, seconds: what it takes on a machine with nothing else to do.
    public private(set) var longestWork = 0.0
    /// All processor time spent on spectra and decisions, seconds.
    public private(set) var workTime = 0.0
    /// Whether all spectra so far could be kept for the final analysis.
    public private(set) var isComplete = true

    private let parameters: AnalysisParameters
    private let sampleRate: Int
    private let channelCount: Int
    private var chunker: SampleChunker
    private let analyzer: FrameAnalyzer
    private let spool: FeatureSpool?

    /// A meeting whose sound has this rate, hertz, and these channels.
    public init(sampleRate: Int, channelCount: Int, parameters: AnalysisParameters = .init()) {
        self.parameters = parameters
        (self.sampleRate, self.channelCount) = (sampleRate, channelCount)
        chunker = SampleChunker(
            sampleRate: sampleRate, channelCount: channelCount, parameters: parameters.diarization.spectral,
            chunkLength: Self.step, averagesMany: true)
        analyzer = FrameAnalyzer(geometry: chunker.geometry, parameters: parameters.diarization.spectral)
        diarizer = LiveDiarizer(geometry: chunker.geometry, parameters: parameters.diarization)
        spool = FeatureSpool(
            geometry: chunker.geometry, planeCount: chunker.planeCount, parameters: parameters.diarization.spectral)
    }

    /// Sound taken so far, seconds.
    public var duration: Double { Double(chunker.inputFrameCount) / Double(sampleRate) }

    /// Takes interleaved samples; true when something new was decided.
    public func append(_ samples: [Float]) async -> Bool {
        let start = Self.processorTime
        let chunks = samples.withUnsafeBufferPointer { chunker.append($0) }
        for chunk in chunks { await take(chunk) }
        workTime += Self.processorTime - start
        return !chunks.isEmpty
    }

    private func take(_ chunk: SampleChunker.Chunk) async {
        let (start, work) = (ContinuousClock.now, Self.processorTime)
        let planes = keep(chunk)
        await diarizer.append(
            planes.count > 1 ? SpectralChunk(powerMean: planes, geometry: chunker.geometry) : planes[0])
        longestDecision = max(longestDecision, Self.seconds(since: start))
        longestWork = max(longestWork, Self.processorTime - work)
    }

    /// The full offline analysis of all that was heard.
    public func finish(path: String, sha256: String, encoding: String, warnings: [String]) async -> RecordingAnalysis {
        for chunk in chunker.finish() { _ = keep(chunk) }
        let identity = RecordingIdentity(
            path: path, sha256: sha256, duration: duration, sampleRate: sampleRate, channelCount: channelCount,
            encoding: encoding)
        let lost = isComplete ? [] : ["The folder for temporary files was full; the end of the meeting is missing."]
        let kept = spool?.features()
        var features = RecordingFeatures(duration: duration, channels: kept?.channels ?? [])
        features.delays = kept?.delays
        return await RecordingAnalyzer(parameters: parameters).analyze(
            features, of: identity, warnings: warnings + lost)
    }

    /// Features of a chunk by channel, kept for the final analysis.
    private func keep(_ chunk: SampleChunker.Chunk) -> [SpectralChunk] {
        let (planes, delays) = analyzer.featuresAndDelays(of: chunk)
        if isComplete { isComplete = spool?.append(planes, delays: delays) ?? false }
        return planes
    }

    /// Processor time of this program so far, seconds.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let passed = start.duration(to: .now).components
        return Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
    }
}
