private import CSpeechKernels
private import RealModule

/// Discrete cosine transform of a row of log-mel powers: cepstra 1 to 15 (Davis & Mermelstein 1980).
///
/// No coefficient 0, so the level plays no part; no mean is removed, because the long-term mean carries the speaker.
package struct CepstralTransform: Sendable {
    /// Coefficients per frame.
    ///
    /// 15 did best of 12, 15, 19 and 23.
    package static let coefficientCount = 15

    /// `[32 × 16]`, band after band; the sixteenth column is zero padding.
    private let matrix: [SIMD16<Float>]

    /// The transform with the scale `√(2 / 32)`.
    package init() {
        let bands = MelFilterBank.bandCount
        matrix = (0..<bands).map { band in
            var column = SIMD16<Float>.zero
            for coefficient in 1...Self.coefficientCount {
                let angle = Double.pi * Double(coefficient) * (Double(band) + 0.5) / Double(bands)
                column[coefficient - 1] = Float((2 / Double(bands)).squareRoot() * Double.cos(angle))
            }
            return column
        }
    }

    /// Cepstra 1 to 15 of a row of 32 log-mel powers, in lanes 0 to 14; lane 15 is 0.
    package func callAsFunction(_ row: LogPowerRow) -> SIMD16<Float> {
        var cepstra = SIMD16<Float>.zero
        withUnsafeMutableBytes(of: &cepstra) { bytes in
            if let target = bytes.assumingMemoryBound(to: Float.self).baseAddress { write(row.steps, to: target) }
        }
        return cepstra
    }

    /// Calls `body` with the `[32 × 16]` matrix that the kernels take.
    package func withMatrix<Result>(_ body: (UnsafePointer<Float>?) -> Result) -> Result {
        matrix.withUnsafeBytes { body($0.assumingMemoryBound(to: Float.self).baseAddress) }
    }

    /// Writes cepstra 1 to 15 of a row of 32 log-mel powers, in steps of `1 / LogPowerRows.stepsPerUnit`, then a 0, to
    /// `cepstra`.
    package func write(_ row: UnsafePointer<Int16>, to cepstra: UnsafeMutablePointer<Float>) {
        withMatrix { cepstra_of_row($0, row, cepstra) }
    }
}
