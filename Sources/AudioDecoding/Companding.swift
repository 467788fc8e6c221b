/// The two logarithmic telephone codes of ITU-T G.711 (1988) as tables from byte to sample.
enum Companding {
    /// µ-law: inverted byte of sign, 3-bit exponent and 4-bit mantissa, bias 33 in 14-bit samples.
    static let muLaw: [Float] = (0..<256).map { code in
        let bits = Int(~UInt8(code))
        let exponent = (bits >> 4) & 7
        let magnitude = ((((bits & 15) << 3) + 132) << exponent) - 132
        return Float(bits & 0x80 != 0 ? -magnitude : magnitude) * 0x1p-15
    }

    /// A-law: even bits inverted, then sign, 3-bit exponent and 4-bit mantissa in 13-bit samples.
    static let aLaw: [Float] = (0..<256).map { code in
        let bits = code ^ 0x55
        let exponent = (bits >> 4) & 7
        let step = ((bits & 15) << 4) + 8
        let magnitude = exponent == 0 ? step : (step + 256) << (exponent - 1)
        return Float(bits & 0x80 != 0 ? magnitude : -magnitude) * 0x1p-15
    }
}
