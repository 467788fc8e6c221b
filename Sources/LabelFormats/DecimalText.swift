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

    /// `microseconds` ≥ 0 as seconds with exactly six decimals, such as `12.340000`.
    package static func seconds(microseconds: Int) -> String {
        let (whole, part) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return "\(whole).\(String(part + 1_000_000).dropFirst())"
    }

    /// `microseconds` ≥ 0 as seconds with as many decimals as it takes, such as `12.34`.
    package static func shortSeconds(microseconds: Int) -> String {
        var text = seconds(microseconds: microseconds)[...]
        while text.hasSuffix("0") { text.removeLast() }
        return String(text.hasSuffix(".") ? text.dropLast() : text)
    }

    /// `milliseconds` ≥ 0 as `hh:mm:ss` and three digits after `mark`.
    package static func clock(milliseconds: Int, mark: Character) -> String {
        let (seconds, part) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60)
            + "\(mark)\(String(part + 1000).dropFirst())"
    }
}
