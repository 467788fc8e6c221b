import Diarization
import Foundation
import SeededSignals
import SpectralAnalysis
import Testing

@Suite("Music on hold is not speech")
struct MusicOnHoldTests {

    private func music(_ change: [Float], _ score: [Float], level: Float = -5) -> [Bool] {
        musicOnHold(
            change: change, score: score, isSteady: [Bool](repeating: false, count: score.count),
            level: [Float](repeating: level, count: score.count), leastLevel: -20, parameters: .init())
    }

    /// Broken chords, a note every 0.5 s that rings on for 1.5 s, eight partials each.
    private func arpeggio(seconds: Int, rate: Int) -> [Double] {
        var sound = [Double](repeating: 0, count: seconds * rate)
        let steps = [0, 4, 7, 12, 7, 4, 5, 9, 12, 17, 12, 9]
        for (index, start) in stride(from: 0, to: sound.count, by: rate / 2).enumerated() {
            let pitch = 196 * pow(2, Double(steps[index % steps.count]) / 12)
            for sample in start..<min(start + rate * 3 / 2, sound.count) {
                let time = Double(sample - start) / Double(rate)
                let partials = (1...8).reduce(0.0) { $0 + sin(2 * .pi * pitch * Double($1) * time) / Double($1 * $1) }
                sound[sample] += 0.1 * exp(-2 * time) * min(time / 0.005, 1) * partials
            }
        }
        return sound
    }

    // second  0           12 13             27
    //         ♪♪♪♪♪♪♪♪♪♪♪♪   ██▒▒██▒▒██
    @Test(
        "Of twelve seconds of broken chords before a conversation at most one is left, the conversation stays",
        arguments: [8000, 16000])
    func before(rate: Int) {
        var random = SeededRandom(seed: 12)
        var samples = whiteNoise(count: 27 * rate, level: 0.0005, random: &random)
        for (index, value) in arpeggio(seconds: 12, rate: rate).enumerated() { samples[index] += Float(value) }
        // Five turns of 2.6 s from second 13 on.
        for turn in 0..<5 {
            let voice: SyntheticVoice = turn.isMultiple(of: 2) ? .low : .high
            for (index, value) in voice.speak(duration: 2.6, rate: rate, random: &random).enumerated() {
                samples[(13 * 10 + 28 * turn) * rate / 10 + index] += value
            }
        }
        let activity = VoiceActivity(features: recorded(samples, rate: rate), parameters: .init())
        #expect((0..<1250).count { activity.mask[$0] } <= 100)
        // 13 s are spoken.
        #expect((1290..<2690).count { activity.mask[$0] } > 1150)
    }

    @Test("A voice that talks for half a minute is no music", arguments: [SyntheticVoice.low, .high], [8000, 16000])
    func voice(voice: SyntheticVoice, rate: Int) {
        var random = SeededRandom(seed: 6)
        let features = recorded(voice.speak(duration: 30, rate: rate, random: &random), rate: rate)
        let change = spectralChange(features, parameters: .init())
        #expect(!music(change, [Float](repeating: 1, count: change.count)).contains(true))
    }

    // frame   0      300            900     1200     sound that changes and sound that is held
    //         ▚▚▚▚▚▚▚ ──────────────  ▚▚▚▚▚▚
    @Test("Held sound is found to within half a second of its ends")
    func ends() {
        let held = 300..<900
        let change = (0..<1200).map { held.contains($0) ? Float(0.1) : 0.5 }
        let music = music(change, [Float](repeating: 1, count: 1200))
        let found = music.indices.filter { music[$0] }
        #expect(found.count == (found.last ?? 0) - (found.first ?? 0) + 1)
        #expect((250...350).contains(found.first ?? 0))
        #expect((850...950).contains(found.last ?? 0))
    }

    @Test("Held sound with pauses, or that nobody would take for speech, is left alone", arguments: [Float(-1), 1])
    func pauses(score: Float) {
        let change = [Float](repeating: 0.1, count: 1200)
        // Of every second 0.7 s sound, or nothing does.
        #expect(!music(change, (0..<1200).map { $0 % 100 < 70 ? score : -1 }).contains(true))
    }

    // frame       0         600       1200
    // speech      ──────────
    // behind it             ─ ─ ─ ─ ─
    @Test("Over a hum, which is held in the pauses too, there is no music")
    func hum() {
        let isHum = { (frame: Int) in frame >= 600 && frame % 10 < 6 }
        let change = (0..<1200).map { $0 < 600 || isHum($0) ? Float(0.1) : 0.5 }
        func found(score: Float, isSteady: Bool, level: Float) -> Bool {
            musicOnHold(
                change: change, score: (0..<1200).map { $0 < 600 ? 1 : isHum($0) ? score : -1 },
                isSteady: (0..<1200).map { isHum($0) && isSteady }, level: (0..<1200).map { $0 < 600 ? -5 : level },
                leastLevel: -20, parameters: .init()
            ).contains(true)
        }
        // Of what is behind, 60 % is held: it does not sound like speech, or does but is steady.
        #expect(!found(score: -1, isSteady: false, level: -5))
        #expect(!found(score: 1, isSteady: true, level: -5))
        // Silence that was cut off is no hum, and neither is sound that is not steady.
        #expect(found(score: -1, isSteady: false, level: -20))
        #expect(found(score: 1, isSteady: false, level: -5))
    }
}
