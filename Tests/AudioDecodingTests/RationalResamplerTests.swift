import AudioDecoding
import Foundation
import Testing

@Suite("Changing the sample rate")
struct RationalResamplerTests {
    @Test(
        "A tone keeps its length, phase and level",
        arguments: [(44_100, 24_000), (11_025, 24_000), (32_000, 24_000), (96_000, 24_000)])
    func tone(old: Int, new: Int) {
        func tone(_ rate: Int) -> [Float] { (0..<rate).map { Float(sin(2 * .pi * 440 * Double($0) / Double(rate))) } }
        var resampler = RationalResampler(from: old, to: new)
        var result: [Float] = []
        // Blocks of odd sizes: the seams must not show.
        var rest = tone(old)[...]
        while !rest.isEmpty {
            result += resampler.process(Array(rest.prefix(997)))
            rest = rest.dropFirst(997)
        }
        result += resampler.finish()
        #expect(result.count == new)
        // The ends are next to silence, so only the middle is compared.
        let worst = zip(result, tone(new)).dropFirst(200).dropLast(200).map { abs($0 - $1) }.max() ?? 1
        #expect(worst < 0.002, "\(worst)")
    }

    @Test("A tone above the new band is gone instead of folded back")
    func alias() {
        // 15 kHz does not fit 24 kHz and would come back as 9 kHz.
        let samples = (0..<44_100).map { Float(sin(2 * .pi * 15_000 * Double($0) / 44_100)) }
        var resampler = RationalResampler(from: 44_100, to: 24_000)
        let result = resampler.process(samples) + resampler.finish()
        let loudest = result.dropFirst(200).dropLast(200).map(abs).max() ?? 1
        #expect(loudest < 0.002, "\(loudest)")
    }

    @Test("Equal rates change nothing")
    func same() {
        var resampler = RationalResampler(from: 16_000, to: 16_000)
        #expect(resampler.process([0.5, -0.5]) + resampler.finish() == [0.5, -0.5])
    }
}
