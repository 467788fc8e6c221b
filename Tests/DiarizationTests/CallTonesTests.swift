import Diarization
import Foundation
import SeededSignals
import SpectralAnalysis
import Testing

/// A call-progress tone: what sounds, and how long it sounds and pauses.
struct CallTone: Sendable, CustomStringConvertible {
    let description: String
    /// Frequencies, hertz.
    let frequencies: [Double]
    /// Modulation of their amplitude by 85 %, hertz.
    var modulation = 0.0
    /// Seconds of sound and of pause in turn.
    let cadence: [Double]

    static let northAmerica = CallTone(description: "North America", frequencies: [440, 480], cadence: [2, 4])
    static let detuned = CallTone(description: "off pitch", frequencies: [438.6, 481.3], cadence: [2, 4])
    static let unitedKingdom = CallTone(
        description: "United Kingdom", frequencies: [400, 450], cadence: [0.4, 0.2, 0.4, 2])
    static let australia = CallTone(
        description: "Australia", frequencies: [400, 425, 450], cadence: [0.4, 0.2, 0.4, 2])
    static let india = CallTone(description: "India", frequencies: [375, 425], cadence: [0.4, 0.2, 0.4, 2])
    static let japan = CallTone(description: "Japan", frequencies: [400], modulation: 16, cadence: [1, 2])
    static let japanFaster = CallTone(description: "Japan, 20 Hz", frequencies: [400], modulation: 20, cadence: [1, 2])
    static let europe = CallTone(description: "Europe", frequencies: [425], cadence: [1, 4])
    static let engaged = CallTone(description: "engaged", frequencies: [400], cadence: [0.375, 0.375])

    static let all = [
        northAmerica, detuned, unitedKingdom, australia, india, japan, japanFaster, europe, engaged,
    ]

    /// Samples of root mean square `level` while it sounds.
    func samples(duration: Double, rate: Int, level: Double) -> [Float] {
        let times = (0..<Int(duration * Double(rate))).map { Double($0) / Double(rate) }
        let scale = level / (0.5 * Double(frequencies.count) * (modulation > 0 ? 1.36 : 1)).squareRoot()
        return times.map { time in
            guard sounds(at: time) else { return 0 }
            let swell = modulation > 0 ? 1 + 0.85 * cos(2 * .pi * modulation * time) : 1
            return Float(scale * swell * frequencies.reduce(0) { $0 + sin(2 * .pi * $1 * time) })
        }
    }

    /// Whether it sounds at a time since its start, seconds.
    func sounds(at time: Double) -> Bool {
        var rest = time.truncatingRemainder(dividingBy: cadence.reduce(0, +))
        for (index, part) in cadence.enumerated() {
            if rest < part { return index.isMultiple(of: 2) }
            rest -= part
        }
        return false
    }
}

@Suite("Ringing tones are not speech")
struct CallTonesTests {
    @Test(
        "A tone between two stretches of speech, as loud as they or softer, has no speech",
        arguments: CallTone.all, [0.0, -6, -12, -20])
    func tone(tone: CallTone, decibels: Double) {
        for rate in [8000, 16000] {
            // speech ─── 3 s │ nothing 1 s │ tone 7 s │ nothing 1 s │ speech ─── 3 s
            let ringing = tone.samples(duration: 7, rate: rate, level: 0.06 * pow(10, decibels / 20))
            let activity = VoiceActivity(
                features: recorded(between(ringing, rate: rate), rate: rate), parameters: .init())
            #expect(!activity.mask[330..<1180].contains(true))
            // Most of the six seconds of syllables stay speech.
            #expect((0..<290).filter { activity.mask[$0] }.count > 200)
            #expect((1210..<1490).filter { activity.mask[$0] }.count > 200)
        }
    }

    @Test(
        "Whatever its level above noise, a ringing tone is found from nearly its start to nearly its end",
        arguments: CallTone.all, [20.0, 30, 40, 50])
    func found(tone: CallTone, decibels: Double) {
        for rate in [8000, 16000] {
            var random = SeededRandom(seed: 11)
            let noise = whiteNoise(count: 9 * rate, level: 0.05 * pow(10, -decibels / 20), random: &random)
            let samples = zip(noise, tone.samples(duration: 9, rate: rate, level: 0.05)).map { $0 + $1 }
            let tones = callTones(recorded(samples, rate: rate), parameters: .init())
            // A frame is 32 ms long; those that hold nothing but the tone:
            let whole = tones.indices.filter { frame in
                (0...4).allSatisfy { tone.sounds(at: 0.01 * Double(frame) + 0.008 * Double($0)) }
            }
            #expect(whole.filter { tones[$0] }.count * 10 > whole.count * 7)
            // Nothing far from the tone is taken for it.
            for frame in tones.indices where tones[frame] {
                #expect((-14...14).contains { tone.sounds(at: max(0, 0.01 * Double(frame + $0))) })
            }
        }
    }

    @Test(
        "A vowel that is held, and a hum, stay speech",
        arguments: [SustainedVowel.a, .uh, .u, .mm], [105.0, 125, 150, 190, 210, 235])
    func vowel(vowel: SustainedVowel, pitch: Double) {
        for rate in [8000, 16000] {
            var random = SeededRandom(seed: UInt64(pitch))
            // speech ─── 3 s │ nothing 1 s │ vowel 1.5 s │ nothing 1 s │ speech ─── 3 s
            let held = vowel.hold(pitch: pitch, duration: 1.5, rate: rate, random: &random)
            let features = recorded(between(held, rate: rate), rate: rate)
            #expect(!callTones(features, parameters: .init()).contains(true))
            let mask = VoiceActivity(features: features, parameters: .init()).mask
            #expect((400..<550).filter { mask[$0] }.count > 120)
        }
    }

    @Test("The frames found are those of the textbook, at one thread and at four")
    func textbook() {
        let rate = 8000
        var random = SeededRandom(seed: 12)
        // Over two borders of chunks, with a beginning and an end that are no whole block.
        var samples = whiteNoise(count: 43 * rate + 123, level: 0.0005, random: &random)
        for (index, tone) in CallTone.all.enumerated() {
            let ringing = tone.samples(duration: 3, rate: rate, level: 0.05)
            for (place, value) in ringing.enumerated() { samples[(2 + 4 * index) * rate + 57 + place] += value }
        }
        for (place, value) in SyntheticVoice.high.speak(duration: 2, rate: rate, random: &random).enumerated() {
            samples[38 * rate + place] += value
        }
        let features = recorded(samples, rate: rate)
        let one = callTones(features, parameters: .init(), threads: 1)
        #expect(one == slowCallTones(features, .init()))
        #expect(one == callTones(features, parameters: .init(), threads: 4))
        #expect(one.contains(true))
        #expect(one.contains(false))
    }

    /// The same from the definition: every window of whole blocks by itself.
    private func slowCallTones(_ features: SpectralFeatures, _ parameters: VoiceActivityParameters) -> [Bool] {
        let (length, count) = (parameters.toneBlock, parameters.toneWindow)
        let firstBand = MelFilterBank.lowestBand(
            from: parameters.leastToneFrequency, geometry: features.geometry, parameters: SpectralParameters())
        func greatest(_ frames: Range<Int>) -> [Float] {
            (0..<SpectralFeatures.bandCount).map { band in frames.map { features.row($0)[band] }.max() ?? 0 }
        }
        func isTone(_ start: Int) -> Bool {
            let pairs = (0..<(count - 1)).map { pair in
                greatest((start + pair * length)..<(start + (pair + 2) * length))
            }
            for pair in pairs {
                let strongest = pair.max() ?? 0
                let strong = pair.indices.filter { pair[$0] > strongest - parameters.toneDepth }
                guard (strong.last ?? 0) - (strong.first ?? 0) < parameters.greatestToneBandCount,
                    (pair.lastIndex(of: strongest) ?? 0) >= firstBand
                else { return false }
            }
            let least = (pairs.flatMap { $0 }.max() ?? 0) - parameters.steadyDepth
            let spread = (0..<SpectralFeatures.bandCount).reduce(Float(0)) { sum, band in
                let values = pairs.map { max($0[band], least) }
                return sum + (values.max() ?? 0) - (values.min() ?? 0)
            }
            return spread / Float(SpectralFeatures.bandCount) < parameters.greatestToneSpread
        }
        var tones = [Bool](repeating: false, count: features.frameCount)
        for start in stride(from: 0, through: features.frameCount - count * length, by: length) where isTone(start) {
            for frame in start..<(start + count * length) { tones[frame] = true }
        }
        return tones
    }

    /// Three seconds of a low voice, one of nothing, `sound`, one of nothing, three seconds of a high voice; soft noise.
    private func between(_ sound: [Float], rate: Int) -> [Float] {
        var random = SeededRandom(seed: 13)
        var samples = whiteNoise(count: 8 * rate + sound.count, level: 0.0005, random: &random)
        let low = SyntheticVoice.low.speak(duration: 3, rate: rate, random: &random)
        let high = SyntheticVoice.high.speak(duration: 3, rate: rate, random: &random)
        for (start, part) in [(0, low), (4 * rate, sound), (5 * rate + sound.count, high)] {
            for (index, value) in part.enumerated() { samples[start + index] += value }
        }
        return samples
    }

}
