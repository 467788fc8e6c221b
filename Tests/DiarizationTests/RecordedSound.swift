import Diarization
import SpectralAnalysis

/// Features of made-up sound, one array of samples for each channel.
func recorded(_ channels: [[Float]], rate: Int) -> RecordingFeatures {
    var chunker = SampleChunker(sampleRate: rate, channelCount: channels.count)
    let analyzer = FrameAnalyzer(geometry: chunker.geometry)
    let interleaved = channels[0].indices.flatMap { index in channels.map { $0[index] } }
    let chunks = interleaved.withUnsafeBufferPointer { chunker.append($0) } + chunker.finish()
    var outputs = channels.map { _ in SpectralFeatures(geometry: chunker.geometry) }
    for chunk in chunks {
        for (index, part) in analyzer.features(of: chunk).enumerated() { outputs[index].append(part) }
    }
    return RecordingFeatures(duration: Double(channels[0].count) / Double(rate), channels: outputs)
}

/// Features of made-up sound on one channel.
func recorded(_ samples: [Float], rate: Int) -> SpectralFeatures { recorded([samples], rate: rate).channels[0] }
