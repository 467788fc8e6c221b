import Diarization
import Foundation
import SeededSignals
import SpectralAnalysis
import Testing

@Suite("Bringing the noise to one level")
struct NoiseEqualisationTests {
    /// Log powers of `level` in every band and frame, with a noise added that stands at `noise` per second.
    private func features(voices: String, noise: [Float]) -> SpectralFeatures {
        var random = SeededRandom(seed: 5)
        var features = SpectralFeatures(geometry: FrameGeometry(sampleRate: 16000))
        let letters = Array(voices)
        let frames = letters.count * 100
        for start in stride(from: 0, to: frames, by: SpectralFeatures.framesPerChunk) {
            let count = min(SpectralFeatures.framesPerChunk, frames - start)
            let rows = LogPowerRows(count: count * 32)
            for frame in 0..<count {
                let second = (start + frame) / 100
                // Vowels differ more than people do.
                let vowel = 0.06 * random.normal()
                for band in 0..<32 {
                    var power = exp(Double(noise[second]) + 0.3 * random.normal())
                    let person = letters[second] == "A" ? 0.025 : -0.025
                    let tilt = (person + vowel) * Double(band - 16)
                    if letters[second] != "." { power += exp(-4 + tilt + 0.5 * random.normal()) }
                    rows[frame * 32 + band] = Float(log(power))
                }
            }
            features.append(
                SpectralChunk(logMel: rows, harmonicity: [Float](repeating: 0.9, count: count)))
        }
        return features
    }

    private func noise(_ features: SpectralFeatures) -> NoiseEqualisation {
        NoiseEqualisation(
            floor: NoiseFloor(features: features, loud: -3, parameters: .init()), parameters: .init())
    }

    private func mask(_ voices: String) -> [Bool] {
        voices.flatMap { [Bool](repeating: $0 != ".", count: 100) }
    }

    /// How much of the speech is split as it was drawn, 0.5...1.
    private func agreement(_ voices: String, _ noise: [Float], equalised: Bool) async -> Double {
        var drawn = features(voices: voices, noise: noise)
        let mask = mask(voices)
        let found = await SpeakerSegmentation(
            features: &drawn, mask: mask, noise: equalised ? self.noise(drawn) : nil, prior: .wideBand,
            parameters: .init(), threads: 1)
        let wanted = voices.flatMap { [Bool](repeating: $0 == "A", count: 100) }
        let speech = wanted.indices.filter { mask[$0] }
        let right = Double(speech.count { (found.first[$0] >= 0.5) == wanted[$0] }) / Double(speech.count)
        return max(right, 1 - right)
    }

    @Test("A tap that runs for a third of the meeting is not taken for a person")
    func tap() async {
        // voices: AA.BB.AAA.B. … ten times   tap: ▁▁▁▁▁▁████▁▁▁▁▁
        let voices = String(repeating: "AA.BB.AAA.B.", count: 10)
        let noise = (0..<120).map { (40..<80).contains($0) ? Float(-4) : -9 }
        let followingNoise = await agreement(voices, noise, equalised: false)
        #expect(followingNoise < 0.75)
        let followingVoices = await agreement(voices, noise, equalised: true)
        #expect(followingVoices > 0.95)
    }

    @Test("Where the noise is steady, hardly a row changes")
    func steady() {
        let voices = String(repeating: "AA.BB.", count: 10)
        let drawn = features(voices: voices, noise: [Float](repeating: -8, count: 60))
        var equalised = drawn
        equalised.equalise(noise(drawn), where: mask(voices))
        var total = 0.0
        for frame in 0..<drawn.frameCount {
            for band in 0..<32 { total += Double(equalised.row(frame)[band] - drawn.row(frame)[band]) }
        }
        #expect(total / Double(drawn.frameCount * 32) < 0.02)
    }

    @Test("What is added is the power between the floor there and the common one, only where somebody speaks")
    func addition() {
        // 60 s without noise to speak of, 60 s with: nine tenths of the blocks are at most as loud as the second half.
        let voices = String(repeating: "AA.BB.", count: 20)
        let drawn = features(voices: voices, noise: (0..<120).map { $0 < 60 ? Float(-9) : -5 })
        let noise = noise(drawn)
        let floor = NoiseFloor(features: drawn, loud: -3, parameters: .init())
        let mask = mask(voices)
        var equalised = drawn
        equalised.equalise(noise, where: mask)
        var largest = 0.0
        for frame in 0..<drawn.frameCount {
            for band in 0..<32 {
                let (before, after) = (Double(drawn.row(frame)[band]), Double(equalised.row(frame)[band]))
                let here = Double(floor.floors[frame / 25 * 32 + band])
                let missing = max(exp(0.5) * (exp(Double(noise.commonFloor[band])) - exp(here)), 0)
                // The definition, frame by frame; a rise of less than 0.05 may be left out.
                let wanted = mask[frame] ? log(exp(before) + missing) : before
                let isLeftOut = after == before && missing < 0.0501 * exp(before)
                if !isLeftOut { largest = max(largest, abs(after - wanted)) }
            }
        }
        // Half a step of 1/512, and the rounding of a float.
        #expect(largest < 0.5 / 512 + 1e-4)
    }

    @Test("Copies of the features keep their rows")
    func copies() {
        let voices = String(repeating: "AA.BB.", count: 20)
        var drawn = features(voices: voices, noise: (0..<120).map { $0 < 60 ? Float(-9) : -5 })
        let copy = drawn
        let before = (0..<32).map { copy.row(50)[$0] }
        drawn.equalise(noise(copy), where: mask(voices))
        #expect((0..<32).map { copy.row(50)[$0] } == before)
        #expect((0..<32).map { drawn.row(50)[$0] } != before)
    }

    @Test("Any number of threads, the same rows", arguments: [2, 3, 8])
    func threads(count: Int) {
        let voices = String(repeating: "AA.BB.", count: 20)
        let drawn = features(voices: voices, noise: (0..<120).map { $0 < 60 ? Float(-9) : -5 })
        var (one, other) = (drawn, drawn)
        one.equalise(noise(drawn), where: mask(voices))
        other.equalise(noise(drawn), where: mask(voices), threads: count)
        for frame in 0..<drawn.frameCount {
            #expect((0..<32).allSatisfy { one.row(frame)[$0] == other.row(frame)[$0] })
        }
    }
}
