import Diarization
import Foundation
import SeededSignals
import SpectralAnalysis
import Testing

@Suite("Sound without voice is not speech")
struct VoicelessSoundTests {
    /// Frames that all sound equally loud, of which every tenth has so many tenths voiced.
    private func found(_ tenths: [Int], score: Float = 1) -> [Bool] {
        let harmonicity = tenths.flatMap { voiced in (0..<100).map { Float($0 % 10 < voiced ? 0.9 : 0.1) } }
        var parameters = VoiceActivityParameters()
        parameters.voicedSmoothing = 1
        let count = harmonicity.count
        return voicelessSound(
            score: [Float](repeating: score, count: count), level: [Float](repeating: -5, count: count),
            highest: [Float](repeating: -5, count: count), harmonicity: harmonicity, parameters: parameters)
    }

    // second           0         6         14        20
    // voiced of ten    8 8 8 8 8 8 1 1 1 1 1 8 8 8 8 8
    @Test("Eight seconds with one tenth voiced between speech are found to within a second, and the speech stays")
    func between() {
        let voiceless = found(
            [Int](repeating: 8, count: 6) + [Int](repeating: 1, count: 8) + [Int](repeating: 8, count: 6))
        #expect(!voiceless[..<590].contains(true))
        #expect(!voiceless[1410...].contains(true))
        #expect((600..<1400).count { voiceless[$0] } > 700)
    }

    @Test("Two seconds are too short to be sure", arguments: [2, 4])
    func short(seconds: Int) {
        let alone = found([Int](repeating: 1, count: seconds) + [8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8])
        #expect(alone.contains(true) == (seconds == 4))
    }

    @Test("Where all speech sounds hardly voiced, as in noise, the same share is speech", arguments: [3, 8])
    func noisy(ordinary: Int) {
        // 20 % voiced: under two fifths of 80 %, not of 30 %
        let voiceless = found([Int](repeating: ordinary, count: 30) + [Int](repeating: 2, count: 6))
        #expect(voiceless.contains(true) == (ordinary == 8))
    }

    @Test("What nobody would take for speech needs no silencing")
    func quiet() {
        #expect(!found([Int](repeating: 8, count: 20) + [Int](repeating: 0, count: 8), score: -1).contains(true))
        #expect(!found([]).contains(true))
    }

    /// Strokes of keys, six a second: a click, a thud 10 ms later, and a softer click when the key comes up.
    private func typing(seconds: Int, rate: Int, random: inout SeededRandom) -> [Double] {
        var sound = [Double](repeating: 0, count: seconds * rate)
        func strike(_ time: Double, gain: Double, decay: Double, smoothing: Double) {
            var smooth = 0.0
            for offset in 0..<(rate / 10) {
                let sample = Int(time * Double(rate)) + offset
                guard sample < sound.count else { return }
                let noise = random.normal()
                smooth += (noise - smooth) * smoothing
                // Low noise for a thud, what is left of it for a click.
                let part = smoothing < 0.5 ? 3 * smooth : noise - smooth
                sound[sample] += gain * exp(-Double(offset) / Double(rate) / decay) * part
            }
        }
        var time = 0.05
        while time < Double(seconds) {
            let gain = Double.random(in: 0.5...1.2, using: &random)
            strike(time, gain: gain, decay: 0.004, smoothing: 0.6)
            strike(time + 0.01, gain: gain, decay: 0.02, smoothing: 0.15)
            strike(time + 0.1, gain: 0.4 * gain, decay: 0.004, smoothing: 0.6)
            time += Double.random(in: 0.11...0.22, using: &random)
        }
        return sound
    }

    // second  0        10           22       32
    //         ██▒▒██▒▒ ∴∵∴∵∴∵∴∵∴∵∴∵ ▒▒██▒▒██
    @Test("Loud typing in the middle of a conversation is left out, the conversation stays", arguments: [8000, 16000])
    func keys(rate: Int) {
        var random = SeededRandom(seed: 21)
        var samples = whiteNoise(count: 32 * rate, level: 0.0005, random: &random)
        for (index, start) in [0.2, 2.6, 5, 7.4, 22.4, 24.8, 27.2, 29.6].enumerated() {
            let voice: SyntheticVoice = index.isMultiple(of: 2) ? .low : .high
            for (offset, value) in voice.speak(duration: 2.2, rate: rate, random: &random).enumerated() {
                samples[Int(start * Double(rate)) + offset] += value
            }
        }
        for (offset, value) in typing(seconds: 12, rate: rate, random: &random).enumerated() {
            samples[10 * rate + offset] += Float(0.4 * value)
        }
        let features = recorded(samples, rate: rate)
        let activity = VoiceActivity(features: features, parameters: .init())
        var asBefore = VoiceActivityParameters()
        asBefore.greatestVoicelessShare = 0
        // So loud that it is taken for speech where voice is not asked for.
        #expect((1010..<2190).count { VoiceActivity(features: features, parameters: asBefore).mask[$0] } > 500)
        #expect((1010..<2190).count { activity.mask[$0] } < 60)
        // 17.6 s are spoken.
        #expect(activity.voiceFrameCount > 1600)
    }
}
