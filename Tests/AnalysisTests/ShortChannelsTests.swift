import Analysis
import Diarization
import SeededSignals
import Testing

@Suite("A short recording with one person per channel")
struct ShortChannelsTests {
    // channel 1  ████    ████            turns of 2 s, a second between them
    // channel 2      ████    ████
    @Test(
        "is trusted from 15 s of speech on, and surer of the share the longer it is",
        arguments: [
            (4, false, 0.074), (10, true, 0.049), (40, true, 0.030),
        ])
    func trust(turns: Int, isTrusted: Bool, uncertainty: Double) async throws {
        let rate = 8000
        var random = SeededRandom(seed: 15)
        var planes = (0..<2).map { _ in whiteNoise(count: (3 * turns + 1) * rate, level: 0.0005, random: &random) }
        for turn in 0..<turns {
            let voice: SyntheticVoice = turn.isMultiple(of: 2) ? .low : .high
            for (index, sample) in voice.speak(duration: 2, rate: rate, random: &random).enumerated() {
                planes[turn % 2][(3 * turn + 1) * rate + index] += sample
            }
        }
        let found = try await SoundOnDisk(planes: planes, rate: rate).analysis().diarization
        #expect(found.mode == .separate && found.trusted == isTrusted)
        // The root of 0.02² + 0.2² ÷ seconds: 0.074 of 8 s, 0.049 of 20 s, 0.030 of 80 s.
        #expect(abs((found.talkShareUncertainty ?? 0) - uncertainty) < 0.004)
    }
}
