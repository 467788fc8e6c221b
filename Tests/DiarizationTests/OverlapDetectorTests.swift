import Diarization
import SeededSignals
import SpectralAnalysis
import Testing

@Suite("Both at once")
struct OverlapDetectorTests {
    /// Speech drawn as letters, 0.5 s each: A, B, `x` where B speaks over A and `.` silence.
    private func features(_ picture: String) -> SpectralFeatures {
        var random = SeededRandom(seed: 9)
        var features = SpectralFeatures(geometry: FrameGeometry(sampleRate: 16000))
        let letters = Array(picture)
        let frames = letters.count * 50
        // Vowels last 0.2 s, and each person has four of their own.
        func level(_ person: Int, _ frame: Int, _ band: Int) -> Float {
            let vowel = (frame / 20 * 7 + person) % 4
            let shape: Float = ((band / 2 + 3 * vowel + 5 * person) % 8) < 3 ? 2 : -2
            return -6 + shape + Float(0.5 * random.normal())
        }
        for start in stride(from: 0, to: frames, by: SpectralFeatures.framesPerChunk) {
            let count = min(SpectralFeatures.framesPerChunk, frames - start)
            let rows = LogPowerRows(count: count * 32)
            for frame in 0..<count {
                let letter = letters[(start + frame) / 50]
                for band in 0..<32 {
                    let (first, second) = (level(0, start + frame, band), level(1, start + frame + 10, band))
                    rows[frame * 32 + band] =
                        switch letter {
                        case "A": first
                        case "B": second
                        case "x": max(first, second)
                        default: -14
                        }
                }
            }
            features.append(SpectralChunk(logMel: rows, harmonicity: [Float](repeating: 0.8, count: count)))
        }
        return features
    }

    private func overlaps(_ picture: String) -> [Range<Int>] {
        let mask = picture.flatMap { [Bool](repeating: $0 != ".", count: 50) }
        // The floor is A's where both speak.
        let first = picture.flatMap { [Float](repeating: $0 == "B" ? 0 : 1, count: 50) }
        let samples = OverlapSamples(features: features(picture), mask: mask, parameters: .init())
        return OverlapDetector(samples: samples, first: first, parameters: .init()).overlaps()
    }

    private let calm = String(repeating: "AAAAAA.BBBBBB.", count: 8)

    @Test("A second of B over A is found, within 0.2 s at both ends")
    func found() throws {
        // 14 letters a round, 8 rounds; then  AAAAAA xx AAAAAA  and a round more
        let found = overlaps(calm + "AAAAAAxxAAAAAA.BBBBBB")
        let start = (calm.count + 6) * 50
        let only = try #require(found.first)
        #expect(found.count == 1)
        #expect(abs(only.lowerBound - start) <= 20)
        #expect(abs(only.upperBound - (start + 100)) <= 20)
    }

    @Test("Where nobody speaks over the other, nothing is found")
    func calmly() { #expect(overlaps(calm + calm) == []) }

    @Test("Nobody with less than 12 s of speech is heard under the other")
    func tooLittle() {
        // B has 22 letters, 11 s.
        #expect(overlaps(String(repeating: "AAAAAAxxAAAAAA.BB.", count: 11)) == [])
    }

    @Test("The best set of stretches is that of trying them all", arguments: 0..<20)
    func stretches(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let gains = (0..<12).map { _ in Float((random.normal() * 2).rounded()) }
        func worth(_ stretches: [Range<Int>]) -> Double {
            stretches.reduce(0) { $0 + gains[$1].reduce(0) { $0 + Double($1) } - 2.5 }
        }
        // Every choice of places whose runs are three and longer.
        var best = 0.0
        for choice in 0..<(1 << gains.count) {
            let runs = SpeechDecoder.speechRuns(gains.indices.map { choice >> $0 & 1 == 1 })
            if runs.allSatisfy({ $0.count >= 3 }) { best = max(best, worth(runs)) }
        }
        let found = OverlapDetector.stretches(gains, least: 3, cost: 2.5)
        #expect(found.allSatisfy { $0.count >= 3 })
        #expect(abs(worth(found) - best) < 1e-6)
    }
}
