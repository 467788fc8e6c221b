import Analysis
import Diarization
import SeededSignals
import Testing
import Timeline

@Suite("Somebody who is muted nearly all the time")
struct MutedPartnerTests {
    // second     0  3                                        93 94  98 100
    // channel 1  ▁▁▁█████████████████████████████████████████▁▁▁▁▁▁▁▁▁     90 s in sixes
    // channel 2                                                 █████      4 s; else digital silence
    @Test("is found on a channel of their own, even when they speak for four seconds in a hundred")
    func lateWord() async throws {
        let rate = 8000
        var random = SeededRandom(seed: 4)
        var first = whiteNoise(count: 100 * rate, level: 0.0005, random: &random)
        var second = [Float](repeating: 0, count: 100 * rate)
        func put(_ voice: SyntheticVoice, _ seconds: Double, at start: Int, of plane: inout [Float]) {
            for (index, sample) in voice.speak(duration: seconds, rate: rate, random: &random).enumerated() {
                plane[start * rate + index] += sample
            }
        }
        for start in stride(from: 3, to: 93, by: 6) { put(.low, 5.4, at: start, of: &first) }
        put(.high, 4, at: 94, of: &second)
        let found = try await SoundOnDisk(planes: [first, second], rate: rate).analysis()
        #expect(found.diarization.mode == .separate)
        let speech = found.diarization.timeline.segments.filter { $0.speaker == .b }
        #expect(speech.count == 1)
        #expect(speech.allSatisfy { abs($0.start - 94) < 0.2 && abs($0.end - 98) < 0.2 })
        #expect(found.diarization.channelOfB == 2)
    }
}
