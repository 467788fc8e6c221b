private import AudioDecoding
private import Diarization
public import Foundation
private import Reciprocity
private import SpectralAnalysis
private import Timeline

/// The stages of the analysis that are measured alone, in the order of the pipeline.
public enum BenchmarkStage: String, CaseIterable, Sendable {
    case floorDecode, floorTransform
    case decodeWAV, decodeFLAC, transform, mel, harmonicity, frontEnd
    case voiceActivity, blockStatistics, speakerSpace, clustering, spaceClustering, search, chain, diarization, metrics

    /// What the stage does, for people.
    public var title: String {
        switch self {
        case .floorDecode: "floor: libsndfile decodes WAV"
        case .floorTransform: "floor: FFTW transforms the frames"
        case .decodeWAV: "decode WAV"
        case .decodeFLAC: "decode FLAC"
        case .transform: "windowed transform and power"
        case .mel: "mel, logarithm, cepstra"
        case .harmonicity: "harmonicity"
        case .frontEnd: "front end: samples to features"
        case .voiceActivity: "voice activity"
        case .blockStatistics: "block statistics"
        case .speakerSpace: "background model"
        case .clustering: "clustering by likelihood ratio"
        case .spaceClustering: "clustering in speaker space"
        case .search: "speaker search, all starts"
        case .chain: "hidden Markov chain"
        case .diarization: "everything after the front end"
        case .metrics: "metrics and verdict"
        }
    }
}

/// Inputs of every stage, made once from a synthetic conversation, so that each stage can run alone and again.
public final class BenchmarkStages {
    /// Seconds of audio that every stage works on.
    public let seconds: Double
    private let folder: URL
    private let samples: [Float]
    private let floor: CostFloor
    private let analyzer: FrameAnalyzer
    private let parameters = DiarizationParameters()
    private let features: SpectralFeatures
    private let mask: [Bool]
    private let weights: FrameWeights
    private let blocks: BlockStatistics
    private let excerpt: BlockStatistics
    private let space: SpeakerSpace
    private let runs: [BlockRun]
    private let coordinates: [[Double]]
    private let timeline: Timeline
    private var sink: Float = 0

    /// Prepares `seconds` of audio; its files lie in `folder` and stay there.
    ///
    /// - Throws: When the files cannot be written.
    public init(seconds: Double, folder: URL) async throws {
        (self.seconds, self.folder) = (seconds, folder)
        let meeting = SyntheticMeeting(seconds: seconds)
        samples = meeting.samples
        try meeting.write(seconds: seconds, to: folder.appending(path: "stage.wav").path)
        guard CostFloor.writeFLAC(samples, sampleRate: 16_000, to: folder.appending(path: "stage.flac").path) else {
            throw ChildRun.Failure(description: "\(folder.path) cannot hold a FLAC file.")
        }
        floor = CostFloor(samples: samples)
        analyzer = FrameAnalyzer(geometry: FrameGeometry(sampleRate: 16_000), parameters: parameters.spectral)
        features = Self.features(samples, analyzer)
        mask = VoiceActivity(features: features, parameters: parameters.voiceActivity).mask
        weights = FrameWeights(features: features, parameters: parameters.segmentation)
        blocks = BlockStatistics(
            features: features, mask: mask, frameWeights: weights, parameters: parameters.segmentation)
        excerpt = blocks.excerpt(parameters.segmentation)
        space = SpeakerSpace(
            features: features, mask: mask, frameWeights: weights, blocks: excerpt, whole: blocks, prior: .wideBand,
            parameters: parameters.segmentation)
        // As many runs as a long recording has, so that the cost per start is that of the limit.
        let length = max(30, (excerpt.total.weight / parameters.segmentation.greatestRunCount).rounded(.up))
        runs = excerpt.runs(length: length)
        coordinates = space.coordinates(
            of: space.runs(length: length, leastShareAtPause: parameters.segmentation.leastRunShareAtPause))
        let recording = RecordingFeatures(duration: seconds, channels: [features])
        timeline = await Diarizer(parameters: parameters).diarize(recording).timeline
        guard runs.count >= 3, !timeline.segments.isEmpty else {
            throw ChildRun.Failure(description: "\(seconds) s of audio are too short to measure the stages.")
        }
    }

    /// Runs one stage once.
    public func run(_ stage: BenchmarkStage) async {
        switch stage {
        case .search: await search()
        case .diarization:
            let recording = RecordingFeatures(duration: seconds, channels: [features])
            _ = await Diarizer(parameters: parameters).diarize(recording)
        default: runNow(stage)
        }
    }

    private func runNow(_ stage: BenchmarkStage) {
        switch stage {
        case .floorDecode: CostFloor.decode(path("wav"))
        case .floorTransform: floor.transformFrames()
        case .decodeWAV: decode(path("wav"))
        case .decodeFLAC: decode(path("flac"))
        case .transform: forEachGroup { samples, count in analyzer.transform(samples, frameCount: count) }
        case .mel: mel()
        case .harmonicity: harmonicity()
        case .frontEnd: sink += Self.features(samples, analyzer).harmonicity.last ?? 0
        case .voiceActivity: _ = VoiceActivity(features: features, parameters: parameters.voiceActivity)
        case .blockStatistics:
            _ = BlockStatistics(
                features: features, mask: mask, frameWeights: weights, parameters: parameters.segmentation)
        case .speakerSpace:
            _ = SpeakerSpace(
                features: features, mask: mask, frameWeights: weights, blocks: excerpt, whole: blocks, prior: .wideBand,
                parameters: parameters.segmentation)
        case .clustering:
            let regularisation = blocks.variance.map { $0 * parameters.segmentation.startRegularisation }
            _ = AgglomerativeClustering.cluster(runs, into: 2, regularisation: regularisation)
        case .spaceClustering: _ = SpeakerSpaceClustering.cluster(coordinates, occupancy: 0.3, prior: .wideBand)
        case .chain: chain()
        case .metrics: _ = reciprocity(of: timeline)
        case .search, .diarization: break
        }
    }

    private func path(_ suffix: String) -> String { folder.appending(path: "stage." + suffix).path }

    private func decode(_ path: String) {
        guard let decoder = try? AudioDecoder(.file(path)) else { return }
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 8192)
        defer { buffer.deallocate() }
        while let count = try? decoder.read(into: buffer), count > 0 { sink += buffer[0] }
    }

    /// Frames in groups of eight, as the analyzer takes them.
    private func forEachGroup(_ body: (UnsafePointer<Float>, Int) -> Void) {
        let frames = analyzer.geometry.frameCount(sampleCount: samples.count)
        samples.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for first in stride(from: 0, to: frames, by: 8) {
                body(base + first * analyzer.geometry.hopLength, min(8, frames - first))
            }
        }
    }

    private func mel() {
        let transform = CepstralTransform()
        var rows = [Int16](repeating: 0, count: 8 * SpectralFeatures.bandCount)
        forEachGroup { _, count in
            rows.withUnsafeMutableBufferPointer { rows in
                guard let rows = rows.baseAddress else { return }
                analyzer.writeLogMel(frameCount: count, to: rows)
                for frame in 0..<count {
                    sink += transform(LogPowerRow(steps: rows + frame * SpectralFeatures.bandCount))[0]
                }
            }
        }
    }

    private func harmonicity() {
        var values = [Float](repeating: 0, count: 8)
        forEachGroup { _, count in
            analyzer.writeHarmonicity(frameCount: count, to: &values)
            sink += values[0]
        }
    }

    private func search() async {
        let judge = SplitJudge(space: space, parameters: parameters.segmentation)
        _ = await SpeakerSearch(
            blocks: excerpt, space: space, judge: judge, parameters: parameters.segmentation, threads: 1)
    }

    private func chain() {
        let chain = MinimumDurationChain(parameters.segmentation)
        _ = chain.posteriors((0..<blocks.count).map { $0 / 20 % 2 == 0 ? 1.0 : -1.0 }, pauses: blocks.pauses)
    }

    private static func features(_ samples: [Float], _ analyzer: FrameAnalyzer) -> SpectralFeatures {
        var chunker = SampleChunker(sampleRate: 16_000, channelCount: 1)
        var features = SpectralFeatures(geometry: analyzer.geometry)
        samples.withUnsafeBufferPointer { buffer in
            for start in stride(from: 0, to: buffer.count, by: 8192) {
                let part = UnsafeBufferPointer(rebasing: buffer[start..<min(start + 8192, buffer.count)])
                for chunk in chunker.append(part) { features.append(analyzer.features(of: chunk)[0]) }
            }
        }
        for chunk in chunker.finish() { features.append(analyzer.features(of: chunk)[0]) }
        return features
    }
}
