import Analysis
import Diarization
import SeededSignals
import Testing
import Timeline

@Suite("Two microphones in one room")
struct TwoMicrophonesTests {
    private let rate = 16_000

    /// Six turns of 4 s as two microphones hear them; the first person reaches microphone 2 5 samples later, the other one
    /// 5 samples earlier.
    private func room(silence: Double = 0) -> SoundOnDisk {
        var random = SeededRandom(seed: 14)
        let count = 30 * rate
        var planes = (0..<2).map { _ in whiteNoise(count: count, level: 0.01, random: &random) }
        for turn in 0..<6 {
            let speech = (turn.isMultiple(of: 2) ? SyntheticVoice.low : .high).speak(
                duration: 4, rate: rate, random: &random)
            let delays = turn.isMultiple(of: 2) ? [0, 5] : [5, 0]
            for (channel, delay) in delays.enumerated() {
                for (index, sample) in speech.enumerated() {
                    planes[channel][(1 + 5 * turn) * rate - rate / 2 + index + delay] += sample
                }
            }
        }
        let lead = [Float](repeating: 0, count: Int(silence * Double(rate)))
        return SoundOnDisk(planes: planes.map { lead + $0 }, rate: rate)
    }

    // second  0.5  4.5  5.5  9.5  …  25.5 29.5
    // left    ██████         ██████
    // right          ██████               ██████
    @Test("People are told apart by where they sit, after a silence that is left out too", arguments: [0.0, 33])
    func places(silence: Double) async throws {
        let found = try await room(silence: silence).analysis().diarization
        // Spatial only where the delay was measured.
        #expect(found.mode == .spatial && found.speakerCount == 2)
        for turn in 0..<6 {
            let middle = silence + 2.5 + 5 * Double(turn)
            let speaker = found.timeline.segments.first { $0.start < middle && $0.end > middle }?.speaker
            #expect(speaker == (turn.isMultiple(of: 2) ? .a : .b), "turn \(turn)")
        }
        // 12 s each.
        for speaker in [Speaker.a, .b] {
            let speech = found.timeline.segments.filter { $0.speaker == speaker }.reduce(0) { $0 + $1.duration }
            #expect(abs(speech - 12) < 1)
        }
    }
}
