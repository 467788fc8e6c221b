import Foundation
import SeededSignals
import SpectralAnalysis
import Testing

@Suite("Fourier transform")
struct FourierTransformTests {
    /// The sum as it stands in textbooks, in double.
    private func textbook(_ samples: [Double]) -> [(real: Double, imaginary: Double)] {
        (0...(samples.count / 2)).map { bin in
            samples.indices.reduce((0, 0)) { sum, n in
                let angle = -2 * Double.pi * Double(bin * n % samples.count) / Double(samples.count)
                return (sum.0 + samples[n] * cos(angle), sum.1 + samples[n] * sin(angle))
            }
        }
    }

    @Test("The textbook transform turns four whole turns of a cosine into bin 4")
    func textbookIsRight() {
        let bins = textbook((0..<32).map { cos(2 * .pi * 4 * Double($0) / 32) })
        for (bin, value) in bins.enumerated() { #expect(abs(value.real - (bin == 4 ? 16 : 0)) < 1e-9) }
    }

    @Test("The fast transform equals the textbook one", arguments: [256, 384, 512, 768, 1024])
    func forward(length: Int) {
        var random = SeededRandom(seed: 1)
        let transform = FourierTransform(length: length, direction: .forward)
        let samples = (0..<length).map { _ in Double(Float(random.normal())) }
        for (index, sample) in samples.enumerated() { transform.samples[index] = Float(sample) }
        transform.execute()
        for (bin, value) in textbook(samples).enumerated() {
            #expect(abs(Double(transform.spectrum[2 * bin]) - value.real) < 1e-3)
            #expect(abs(Double(transform.spectrum[2 * bin + 1]) - value.imaginary) < 1e-3)
        }
    }

    @Test("Back and forth multiplies by the length")
    func inverse() {
        let (forward, inverse) = (
            FourierTransform(length: 256, direction: .forward), FourierTransform(length: 256, direction: .inverse)
        )
        for index in 0..<256 { forward.samples[index] = Float(index % 17) - 8 }
        forward.execute()
        for index in 0..<258 { inverse.spectrum[index] = forward.spectrum[index] }
        inverse.execute()
        for index in 0..<256 { #expect(abs(inverse.samples[index] / 256 - (Float(index % 17) - 8)) < 1e-4) }
    }

    @Test("Plans can be made and used by eight tasks at once")
    func manyTasks() async {
        let sums = await withTaskGroup(of: Float.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let transform = FourierTransform(length: 512, direction: .forward)
                    for index in 0..<512 { transform.samples[index] = 1 }
                    transform.execute()
                    return transform.spectrum[0]
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(sums == [Float](repeating: 512, count: 8))
    }
}
