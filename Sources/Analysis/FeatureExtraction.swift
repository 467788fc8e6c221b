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

    /// Reads `decoder` to its end.
    ///
    /// - Parameter progress: Called now and then with the seconds read so far.
    func features(
        of decoder: AudioDecoder, progress: ((Double) -> Void)?
    ) async throws(AudioDecodingError) -> RecordingFeatures {
        let format = decoder.format
        var chunker = SampleChunker(
            sampleRate: format.sampleRate, channelCount: format.channelCount,
            parameters: parameters.diarization.spectral)
        var assembly = FeatureAssembly(geometry: chunker.geometry, channelCount: chunker.planeCount)
        let analyzers = AnalyzerPool(
            count: max(1, parameters.threads), geometry: chunker.geometry, parameters: parameters.diarization.spectral)
        var waiting: [SampleChunker.Chunk] = []
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(
            capacity: parameters.readFrameCount * format.channelCount)
        defer { buffer.deallocate() }
        while true {
            let frames = try decoder.read(into: buffer)
            if frames == 0 { break }
            waiting += chunker.append(UnsafeBufferPointer(rebasing: buffer[..<(frames * format.channelCount)]))
            // As many chunks as threads are worked on together, while memory stays bounded.
            if waiting.count >= analyzers.count {
                assembly.append(await analyzers.analyze(waiting))
                waiting = []
                progress?(Double(chunker.inputFrameCount) / Double(format.sampleRate))
            }
        }
        assembly.append(await analyzers.analyze(waiting + chunker.finish()))
        return RecordingFeatures(
            duration: Double(chunker.inputFrameCount) / Double(format.sampleRate), channels: assembly.channels)
    }

    /// Features of interleaved samples in memory.
    func features(of samples: [Float], format: AudioFormat) async -> RecordingFeatures {
        var chunker = SampleChunker(
            sampleRate: format.sampleRate, channelCount: format.channelCount,
            parameters: parameters.diarization.spectral)
        var assembly = FeatureAssembly(geometry: chunker.geometry, channelCount: chunker.planeCount)
        let analyzers = AnalyzerPool(
            count: max(1, parameters.threads), geometry: chunker.geometry, parameters: parameters.diarization.spectral)
        let step = parameters.readFrameCount * format.channelCount
        for start in stride(from: 0, to: samples.count, by: step) {
            let chunks = samples[start..<min(start + step, samples.count)].withUnsafeBufferPointer {
                chunker.append($0)
            }
            if !chunks.isEmpty { assembly.append(await analyzers.analyze(chunks)) }
        }
        assembly.append(await analyzers.analyze(chunker.finish()))
        return RecordingFeatures(
            duration: Double(chunker.inputFrameCount) / Double(format.sampleRate), channels: assembly.channels)
    }
}

/// Features by channel, growing chunk by chunk.
private struct FeatureAssembly {
    private(set) var channels: [SpectralFeatures]

    init(geometry: FrameGeometry, channelCount: Int) {
        channels = [SpectralFeatures](repeating: SpectralFeatures(geometry: geometry), count: channelCount)
    }

    mutating func append(_ chunks: [[SpectralChunk]]) {
        for chunk in chunks {
            for (channel, features) in chunk.enumerated() { channels[channel].append(features) }
        }
    }
}

/// One frame analyzer per thread; each is used by one task at a time.
private final class AnalyzerPool {
    /// An analyzer on loan to one task.
    private struct Loan: @unchecked Sendable { let analyzer: FrameAnalyzer }
    private let loans: [Loan]

    var count: Int { loans.count }

    init(count: Int, geometry: FrameGeometry, parameters: SpectralParameters) {
        loans = (0..<count).map { _ in Loan(analyzer: FrameAnalyzer(geometry: geometry, parameters: parameters)) }
    }

    /// Features of `chunks`, in their order.
    func analyze(_ chunks: [SampleChunker.Chunk]) async -> [[SpectralChunk]] {
        if loans.count == 1 || chunks.count < 2 { return chunks.map { loans[0].analyzer.features(of: $0) } }
        let workers = self.loans
        return await withTaskGroup(of: [(Int, [SpectralChunk])].self) { group in
            for (worker, loan) in workers.enumerated() {
                group.addTask {
                    stride(from: worker, to: chunks.count, by: workers.count).map { index in
                        (index, loan.analyzer.features(of: chunks[index]))
                    }
                }
            }
            var results = [[SpectralChunk]](repeating: [], count: chunks.count)
            for await part in group {
                for (index, features) in part { results[index] = features }
            }
            return results
        }
    }
}
