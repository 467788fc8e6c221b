import Foundation
import SpectralAnalysis
import Testing

@Suite("Halving the rate")
struct HalfBandDecimatorTests {
    private func gain(at frequency: Double) -> Double {
        let taps = HalfBandDecimator.designSideTaps()
        return 0.5
            + taps.indices.reduce(0) { $0 + 2 * Double(taps[$1]) * cos(2 * .pi * frequency * Double(2 * $1 + 1)) }
    }

    @Test("Up to 19 % of the rate passes within 0.02 dB; from 31 % on 60 dB are stopped")
    func response() {
        for step in 0...100 {
            #expect(abs(20 * log10(gain(at: 0.19 * Double(step) / 100))) < 0.02)
            #expect(20 * log10(abs(gain(at: 0.31 + 0.19 * Double(step) / 100)) + 1e-12) < -60)
        }
    }

    @Test(
        "A tone comes out at the same times with half the samples, whatever the blocks it came in",
        arguments: [1, 7, 480, 5000])
    func tone(block: Int) {
        let input = (0..<4801).map { Float(sin(2 * .pi * 1000 * Double($0) / 48000)) }
        var decimator = HalfBandDecimator()
        var output: [Float] = []
        for start in stride(from: 0, to: input.count, by: block) {
            decimator.process(Array(input[start..<min(start + block, input.count)]), into: &output)
        }
        decimator.finish(into: &output)
        #expect(output.count == 2401)
        for index in 20..<2380 {
            #expect(abs(output[index] - Float(sin(2 * .pi * 1000 * Double(index) / 24000))) < 2e-3)
        }
    }
}
