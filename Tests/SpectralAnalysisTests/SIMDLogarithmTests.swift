import Foundation
import SpectralAnalysis
import Testing

@Suite("Logarithm of eight values at once")
struct SIMDLogarithmTests {
    @Test("The error stays below the stated bound from 1e-10 to 1e12")
    func error() {
        var worst = 0.0
        var value = 1e-10
        while value < 1e12 {
            let exact = log(Double(Float(value)))
            let fast = Double(naturalLogarithm(SIMD8<Float>(repeating: Float(value)))[3])
            worst = max(worst, abs(fast - exact) - 1.2e-7 * abs(exact))
            value *= 1.000_37
        }
        #expect(worst < 3e-7)
    }

    @Test("One has logarithm zero, and lanes do not mix")
    func lanes() {
        let logarithms = naturalLogarithm(SIMD8<Float>(1, 2, 4, 8, 0.5, 0.25, 1, 1))
        #expect(logarithms[0] == 0)
        #expect(abs(logarithms[3] - 3 * logarithms[1]) < 1e-6)
        #expect(abs(logarithms[4] + logarithms[1]) < 1e-6)
    }

    @Test("The exponential stays within 3e-7 of the exact one, and very small values end at 1e-35")
    func exponentials() {
        var worst = 0.0
        for step in -7900...7900 {
            let value = Float(step) / 100
            let exact = exp(Double(value))
            worst = max(worst, abs(Double(exponential(SIMD8<Float>(repeating: value))[5]) / exact - 1))
        }
        #expect(worst < 3e-7)
        #expect(exponential(SIMD8<Float>(repeating: -1000))[0] < 1e-34)
        #expect(exponential(SIMD8<Float>(0, 1, 0, 0, 0, 0, 0, 0))[0] == 1)
    }
}
