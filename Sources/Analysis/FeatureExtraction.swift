import AudioDecoding
import Diarization
import SpectralAnalysis

/// Turns the sample blocks of a decoder into features, on one thread or on several.
///
/// Chunks of frames do not depend on each other and are put back in order, so the features are the same bit for bit
/// at any number of threads.
struct FeatureExtraction {
    private let parameters: AnalysisParameters

    init(parameters: AnalysisParameters) { self.parameters = parameters }

    /// What the reader should know of how a recording of `format` is heard.
    static func warnings(_ format: AudioFormat) -> [String] {
        let most = SampleChunker.greatestPlaneCount
        guard format.channelCount > most else { return [] }
        return ["Only the first \(most) of the \(format.channelCount) channels were heard."]
    }

    /// Reads `decoder` to its end.
    ///
    /// - Parameter progress: Called now and then with the seconds read so far.
    func features(
        of decoder: AudioDecoder, progress: ((Double) -> Void)?
    ) async throws(AudioDecodingError) -> RecordingFeatures {
        let format = decoder.format
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(
            capacity: parameters.readFrameCount * format.channelCount)
        defer { buffer.deallocate() }
        return try await features(format, progress) { () throws(AudioDecodingError) in
            UnsafeBufferPointer(rebasing: buffer[..<(try decoder.read(into: buffer) * format.channelCount)])
        }
    }

    /// Features of interleaved samples in memory.
    func features(of samples: [Float], format: AudioFormat) async -> RecordingFeatures {
        let copy = UnsafeMutableBufferPointer<Float>.allocate(capacity: samples.count)
        defer { copy.deallocate() }
        _ = copy.initialize(from: samples)
        var rest = UnsafeBufferPointer(copy)[...]
        return await features(format, nil) { () throws(Never) in
            let block = rest.prefix(parameters.readFrameCount * format.channelCount)
            rest = rest.dropFirst(block.count)
            return UnsafeBufferPointer(rebasing: block)
        }
    }

    /// Features of the blocks of interleaved samples that `read` gives, up to an empty one.
    ///
    /// While the analyzers work, the next block is read.
    private func features<Failure: Error>(
        _ format: AudioFormat, _ progress: ((Double) -> Void)?,
        read: () throws(Failure) -> UnsafeBufferPointer<Float>
    ) async throws(Failure) -> RecordingFeatures {
        let spectral = parameters.diarization.spectral
        var chunker = SampleChunker(
            sampleRate: format.sampleRate, channelCount: format.channelCount, parameters: spectral)
        var assembly = FeatureAssembly(
            geometry: chunker.geometry, channelCount: chunker.planeCount, parameters: spectral)
        let analyzers = AnalyzerPool(
            count: max(1, parameters.threads), geometry: chunker.geometry, parameters: spectral)
        let failure = await withTaskGroup(of: AnalyzerPool.Analyzed.self) { group -> Failure? in
            var idle = analyzers.loans
            func analyze(_ chunk: SampleChunker.Chunk) async {
                if analyzers.loans.count == 1 {
                    assembly.append(analyzers.loans[0].features(of: chunk))
                    return
                }
                // With all analyzers at work memory stays bounded.
                if idle.isEmpty, let done = await group.next() {
                    idle.append(done.loan)
                    assembly.append(done)
                }
                let loan = idle.removeLast()
                group.addTask { loan.features(of: chunk) }
            }
            do throws(Failure) {
                while case let block = try read(), !block.isEmpty {
                    let chunks = chunker.append(block)
                    for chunk in chunks { await analyze(chunk) }
                    if !chunks.isEmpty { progress?(Double(chunker.inputFrameCount) / Double(format.sampleRate)) }
                }
            } catch {
                return error
            }
            for chunk in chunker.finish() { await analyze(chunk) }
            for await done in group { assembly.append(done) }
            return nil
        }
        if let failure { throw failure }
        var recording = RecordingFeatures(
            duration: Double(chunker.inputFrameCount) / Double(format.sampleRate), channels: assembly.channels)
        recording.delays = assembly.delays
        return recording
    }
}

/// Features by channel, growing chunk by chunk in the order of the recording.
private struct FeatureAssembly {
    private(set) var channels: [SpectralFeatures]
    private(set) var delays: ChannelDelays?
    private var nextIndex = 0
    /// Chunks that were ready before one that lies in front of them.
    private var waiting: [Int: AnalyzerPool.Analyzed] = [:]

    init(geometry: FrameGeometry, channelCount: Int, parameters: SpectralParameters) {
        if channelCount == 2 { delays = ChannelDelays(geometry: geometry, parameters: parameters) }
        channels = [SpectralFeatures](repeating: SpectralFeatures(geometry: geometry), count: channelCount)
    }

    mutating func append(_ chunk: AnalyzerPool.Analyzed) {
        waiting[chunk.index] = chunk
        while let chunk = waiting.removeValue(forKey: nextIndex) {
            for (channel, features) in chunk.features.enumerated() { channels[channel].append(features) }
            delays?.append(chunk.delays)
            nextIndex += 1
        }
    }
}

/// One frame analyzer per thread; each is used by one task at a time.
private struct AnalyzerPool {
    /// A chunk that went through an analyzer.
    struct Analyzed: Sendable {
        let index: Int
        let features: [SpectralChunk]
        /// Rows of the delay between two channels; none of another number of channels.
        let delays: [Float]
        let loan: Loan
    }

    /// An analyzer on loan to one task.
    struct Loan: @unchecked Sendable {
        let analyzer: FrameAnalyzer

        func features(of chunk: SampleChunker.Chunk) -> Analyzed {
            let (features, delays) = analyzer.featuresAndDelays(of: chunk)
            return Analyzed(index: chunk.index, features: features, delays: delays, loan: self)
        }
    }
    let loans: [Loan]

    init(count: Int, geometry: FrameGeometry, parameters: SpectralParameters) {
        loans = (0..<count).map { _ in Loan(analyzer: FrameAnalyzer(geometry: geometry, parameters: parameters)) }
    }
}
