import Foundation
import SpectralAnalysis
import Testing

@Suite("Cepstra")
struct CepstralTransformTests {
    @Test("Cepstra equal the cosine sum of the definition")
    func definition() {
        let row = (0..<32).map { Float(sin(Double($0 * $0))) }
        let fast = CepstralTransform()(row)
        for coefficient in 1...15 {
            var slow = 0.0
            for band in 0..<32 {
                let angle: Double = .pi * Double(coefficient) * (Double(band) + 0.5) / 32
                slow += sqrt(2.0 / 32) * Double(row[band]) * cos(angle)
            }
            #expect(abs(Double(fast[coefficient - 1]) - slow) < 1e-5)
        }
        #expect(fast[15] == 0)
    }

    @Test("A louder recording has the same cepstra")
    func level() {
        let row = (0..<32).map { Float(cos(Double($0))) }
        let (soft, loud) = (CepstralTransform()(row), CepstralTransform()(row.map { $0 + 3 }))
        for coefficient in 0..<15 { #expect(abs(soft[coefficient] - loud[coefficient]) < 1e-5) }
    }
}
