import Diarization
import Foundation
import SeededSignals
import SpectralAnalysis
import Testing

@Suite("Tones are not speech")
struct SteadySoundTests {
    /// Hertz of the tones of a call: continental ringing and engaged tone, British ringing, dialling tone, a key.
    @Test(
        "A tone of a telephone exchange between two stretches of speech has no speech",
        arguments: [[425.0], [400], [350, 440], [480, 620], [770, 1336]], [8000, 16000])
    func tone(frequencies: [Double], rate: Int) {
        var random = SeededRandom(seed: 5)
        // speech ─── 3 s │ nothing 1 s │ tone 4 s │ nothing 1 s │ speech ─── 3 s
        let noise = { (seconds: Double) in
            whiteNoise(count: Int(seconds * Double(rate)), level: 0.0005, random: &random)
        }
        var samples = noise(12)
        for (start, voice) in [(0.0, SyntheticVoice.low), (9.0, .high)] {
            for (index, value) in voice.speak(duration: 3, rate: rate, random: &random).enumerated() {
                samples[Int(start * Double(rate)) + index] += value
            }
        }
        for index in (4 * rate)..<(8 * rate) {
            let time = Double(index) / Double(rate)
            samples[index] += Float(frequencies.reduce(0) { $0 + 0.1 * sin(2 * .pi * $1 * time) })
        }
        let features = features(samples, rate: rate)
        let activity = VoiceActivity(features: features, parameters: .init())
        let inTone = (420..<780).filter { activity.mask[$0] }.count
        #expect(inTone == 0)
        // Most of the six seconds of syllables stay speech.
        #expect((0..<290).filter { activity.mask[$0] }.count > 200)
        #expect((910..<1190).filter { activity.mask[$0] }.count > 200)
    }

    @Test("A voice is never steady", arguments: [8000, 16000])
    func voice(rate: Int) {
        var random = SeededRandom(seed: 6)
        let samples = SyntheticVoice.low.speak(duration: 5, rate: rate, random: &random)
        let change = spectralChange(features(samples, rate: rate), parameters: .init())
        #expect(!steadySound(change: change, parameters: .init()).contains(true))
    }

    private func features(_ samples: [Float], rate: Int) -> SpectralFeatures {
        let geometry = FrameGeometry(sampleRate: Double(rate))
        let frames = geometry.frameCount(sampleCount: samples.count)
        let chunk = SampleChunker.Chunk(index: 0, planes: [samples], frameCount: frames)
        var features = SpectralFeatures(geometry: geometry)
        for part in FrameAnalyzer(geometry: geometry).features(of: chunk) { features.append(part) }
        return features
    }
}
