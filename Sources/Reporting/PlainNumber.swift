/// Numbers as a person reads them, the same in every locale.
package enum PlainNumber {
    /// Keeps a number and its unit on one line; see `ColumnWidth.wrapped`.
    static let space = "\u{A0}"

    /// A time as `m:ss`, or `h:mm:ss` from one hour on, to the nearest second.
    package static func time(_ seconds: Double) -> String {
        let total = seconds.isFinite ? Int(min(max(seconds, 0), 1e9).rounded()) : 0
        let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
        return hours > 0 ? "\(hours):\(twoDigits(minutes)):\(twoDigits(rest))" : "\(minutes):\(twoDigits(rest))"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// Two shares that belong together as whole percents with the sum 100.
    ///
    /// The larger one is rounded and the other is what is left; a share that is not 0 is never shown as 0.
    package static func percents(_ first: Double, _ second: Double) -> (String, String) {
        if first < second {
            let (second, first) = percents(second, first)
            return (first, second)
        }
        if second > 0, second < 0.005 { return ("over\(space)99\(space)%", "under\(space)1\(space)%") }
        let larger = Int((first * 100).rounded())
        return ("\(larger)\(space)%", "\(100 - larger)\(space)%")
    }

    /// A share as percent, with as many decimals as tell it apart from a threshold, two at most.
    package static func percent(_ share: Double, besides threshold: Double? = nil) -> String {
        for decimals in 0...2 {
            let text = decimal(share * 100, decimals: decimals)
            if threshold == nil || share == threshold || text != decimal((threshold ?? 0) * 100, decimals: decimals) {
                return text + space + "%"
            }
        }
        return decimal(share * 100, decimals: 2) + space + "%"
    }

    /// A difference of shares in percentage points, one decimal below 10.
    package static func points(_ difference: Double) -> String {
        let text = decimal(difference * 100, decimals: difference < 0.0995 ? 1 : 0)
        return text + space + (text == "1" ? "percentage point" : "percentage points")
    }

    /// A number with at most the given decimals, without zeros at the end.
    package static func decimal(_ value: Double, decimals: Int) -> String {
        let scale = [1, 10, 100][min(max(decimals, 0), 2)]
        guard value.isFinite, abs(value) < 1e12 else { return "?" }
        let scaled = Int((abs(value) * Double(scale)).rounded())
        var text = String(scaled / scale)
        if scale > 1, scaled % scale > 0 {
            let fraction = String(scaled % scale + scale).dropFirst()
            text += "." + String(fraction).trimmingZeros
        }
        return value < 0 && scaled > 0 ? "-" + text : text
    }
}

extension String {
    /// Without the zeros at the end.
    fileprivate var trimmingZeros: String {
        var text = self
        while text.hasSuffix("0") { text.removeLast() }
        return text
    }
}
