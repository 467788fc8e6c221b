/// Decimal numbers as label files write them: a dot, never the system's locale.
package enum DecimalText {
    /// The number that `text` spells out, or nil.
    ///
    /// Digits with at most one dot, an optional sign and an optional exponent. `inf`, `nan`, hexadecimal and
    /// decimal commas are refused, although `Double.init` takes some of them. Overflow to infinity is refused too.
    package static func number(_ text: some StringProtocol) -> Double? {
        let decimal = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        guard decimal, let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// `seconds` in whole milliseconds, ties away from zero.
    ///
    /// - Parameter seconds: finite, |seconds| < 10^12.
    package static func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }

    /// `milliseconds` as seconds with exactly three decimals, such as `12.340`.
    package static func seconds(milliseconds: Int) -> String {
        let (whole, part) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        let digits = String(part)
        let padded = String(repeating: "0", count: 3 - digits.count) + digits
        return "\(milliseconds < 0 ? "-" : "")\(whole).\(padded)"
    }
}
