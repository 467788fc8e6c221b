import Diarization
import SeededSignals
import SpectralAnalysis

/// Speech drawn as letters, one a second: each letter is a person with a spectrum of their own.
struct DrawnVoices {
    /// The person of every block of 100 ms.
    let letters: [Character]
    /// The speech in speaker space.
    let space: SpeakerSpace

    /// Draws `picture`, letters A, B and C.
    init(_ picture: String, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let frames = picture.count * 100
        let rows = LogPowerRows(count: frames * 32)
        for (second, letter) in picture.enumerated() {
            for frame in (second * 100)..<(second * 100 + 100) {
                for band in 0..<32 {
                    let shape =
                        switch letter {
                        case "A": 0.1 * Double(band - 16)
                        case "B": -0.1 * Double(band - 16)
                        default: band % 8 < 4 ? 1.5 : -1.5
                        }
                    rows[frame * 32 + band] = Float(-8 + shape + random.normal())
                }
            }
        }
        var features = SpectralFeatures(geometry: FrameGeometry(sampleRate: 16000))
        for start in stride(from: 0, to: frames, by: SpectralFeatures.framesPerChunk) {
            let count = min(SpectralFeatures.framesPerChunk, frames - start)
            let part = LogPowerRows(count: count * 32)
            for index in 0..<(count * 32) { part[index] = rows[start * 32 + index] }
            features.append(SpectralChunk(logMel: part, harmonicity: [Float](repeating: 0.9, count: count)))
        }
        let mask = [Bool](repeating: true, count: frames)
        let weights = FrameWeights(features: features, parameters: .init())
        let blocks = BlockStatistics(features: features, mask: mask, frameWeights: weights, parameters: .init())
        space = SpeakerSpace(
            features: features, mask: mask, frameWeights: weights, blocks: blocks, whole: blocks, prior: .wideBand,
            parameters: .init())
        letters = picture.flatMap { [Character](repeating: $0, count: 10) }
    }
}
