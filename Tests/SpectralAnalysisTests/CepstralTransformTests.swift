import Foundation
import SpectralAnalysis
import Testing

@Suite("Cepstra")
struct CepstralTransformTests {
    private func rows(_ value: (Int) -> Float) -> LogPowerRows {
        let rows = LogPowerRows(count: 32)
        for band in 0..<32 { rows[band] = value(band) }
        return rows
    }

    private func cepstra(_ rows: LogPowerRows) -> SIMD16<Float> { CepstralTransform()(LogPowerRow(steps: rows.steps)) }

    @Test("Cepstra equal the cosine sum of the definition")
    func definition() {
        let row = rows { Float(sin(Double($0 * $0))) }
        let fast = cepstra(row)
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
        let row: (Int) -> Float = { Float(cos(Double($0))) }
        let (soft, loud) = (cepstra(rows(row)), cepstra(rows { row($0) + 3 }))
        for coefficient in 0..<15 { #expect(abs(soft[coefficient] - loud[coefficient]) < 1e-5) }
    }
}
