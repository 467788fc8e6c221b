import Diarization
import SpectralAnalysis
import Testing

@Suite("What two channels mean")
struct ChannelLayoutTests {
    /// A channel with the same log power in all 32 bands of a frame; one level a frame.
    private func channel(_ levels: [Float]) -> SpectralFeatures {
        var features = SpectralFeatures(geometry: FrameGeometry(sampleRate: 8000))
        let rows = LogPowerRows(count: levels.count * SpectralFeatures.bandCount)
        for index in 0..<rows.count { rows[index] = levels[index / SpectralFeatures.bandCount] }
        features.append(SpectralChunk(logMel: rows, harmonicity: levels.map { _ in 1 }))
        return features
    }

    private func layout(_ first: [Float], _ second: [Float], voiced: Int = 400) -> ChannelLayout {
        let mask = first.indices.map { $0 < voiced }
        return ChannelLayout(
            first: channel(first), second: channel(second), firstMask: mask, secondMask: mask, parameters: .init())
    }

    private func level(_ one: Float, then other: Float) -> [Float] { (0..<400).map { $0 < 200 ? one : other } }

    // frame      0      200     400
    // channel 1  ███████ ▁▁▁▁▁▁▁
    // channel 2  ▁▁▁▁▁▁▁ ███████      6 natural logarithms apart: 26.06 dB
    @Test("Channels that are loud in turn are a person each, with the two typical differences")
    func separate() {
        guard case .separate(let lower, let upper) = layout(level(-4, then: -10), level(-10, then: -4)) else {
            Issue.record("not one person per channel")
            return
        }
        #expect(abs(lower + 26.06) < 0.01)
        #expect(abs(upper - 26.06) < 0.01)
    }

    // The same picture, 0.6 natural logarithms apart: 2.6 dB.
    @Test("Channels that differ a little in turn are two microphones in one room")
    func spatial() {
        #expect(layout(level(-4, then: -4.6), level(-4.6, then: -4)) == .spatial)
    }

    @Test(
        "The same signal twice is read from the louder channel, and from the first among equals",
        arguments: [(Float(-6), 1), (-5, 2), (-7, 1)])
    func same(second: Float, channel: Int) {
        #expect(layout(level(-6, then: -6), level(second, then: second)) == .single(channel: channel))
    }

    @Test("A dead channel is not read")
    func dead() {
        #expect(layout(level(-4, then: -10), level(-19, then: -19)) == .single(channel: 1))
        #expect(layout(level(-19, then: -19), level(-4, then: -10)) == .single(channel: 2))
    }

    @Test("Fewer than 50 frames of speech say nothing of two people", arguments: [(49, false), (400, true)])
    func tooShort(voiced: Int, isSeparate: Bool) {
        let found = layout(level(-4, then: -10), level(-10, then: -4), voiced: voiced)
        if case .separate = found { #expect(isSeparate) } else { #expect(!isSeparate && found == .single(channel: 1)) }
    }

    @Test("Two natural logarithms are 8.7 dB, and below faint noise nothing differs")
    func differences() {
        let (loud, soft) = (channel([-10, -40]), channel([-12, -25]))
        let levels = ChannelLayout.levelDifference(loud, soft)
        #expect(abs(levels[0] - 8.686) < 1e-3)
        #expect(levels[1] == 0)
        let powers = ChannelLayout.powerDifference(channel([-10, -10]), channel([-12, -12]), width: 1)
        #expect(powers.count == 2 && powers.allSatisfy { abs($0 - 8.686) < 1e-3 })
    }
}
