/// Times as label files write them, read with the bounds that all formats share.
enum LabelTime {
    /// Times from here on are damage, not meetings: 10^9 seconds are 31 years.
    static let limit = 1e9

    /// The seconds that a field of a file spells out.
    ///
    /// - Parameters:
    ///   - field: a decimal number.
    ///   - name: what the format calls it.
    /// - Throws: `LabelFormatError.damagedLine` unless it is a number of 0 or more, below `limit`.
    static func seconds(
        _ field: some StringProtocol, _ name: String, at place: FileLine
    ) throws(LabelFormatError) -> Double {
        guard let value = DecimalText.number(field) else {
            throw place.damage(
                "\(name) \(FileLine.quoted(field)) is not a number", "write seconds with a decimal dot, such as 12.34")
        }
        return try checked(value, String(field), name, at: place)
    }

    /// A time that was read as a number, checked.
    ///
    /// - Throws: `LabelFormatError.damagedLine` unless it is 0 or more, below `limit`.
    static func checked(
        _ value: Double, _ field: String, _ name: String, at place: FileLine
    ) throws(LabelFormatError) -> Double {
        guard value >= 0 else {
            throw place.damage("\(name) \(field) is negative", "write seconds from the start of the recording")
        }
        guard value < limit else {
            throw place.damage("\(name) \(field) is out of range", "write seconds from the start of the recording")
        }
        // A minus zero is a zero.
        return value + 0
    }

    /// The seconds that `hours:minutes:seconds` spell out, or nil.
    ///
    /// Hours may be missing, a fraction follows a dot or a comma, digits may be fewer than the standards ask for.
    /// Minutes and seconds are below 60, except minutes without hours.
    static func clock(_ text: some StringProtocol) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 else { return nil }
        let last = parts[parts.count - 1].split(maxSplits: 1, omittingEmptySubsequences: false) {
            $0 == "." || $0 == ","
        }
        let fraction = last.count == 2 ? last[1] : "0"
        guard
            let seconds = digits(last[0], atMost: 2), let minutes = digits(parts[parts.count - 2], atMost: 3),
            let hours = parts.count == 3 ? digits(parts[0], atMost: 5) : 0,
            digits(fraction, atMost: 9) != nil, seconds < 60, parts.count == 2 || minutes < 60
        else { return nil }
        // From the decimal text, so that the result is the number nearest to what the file says.
        return Double("\(hours * 3600 + minutes * 60 + seconds).\(fraction)")
    }

    private static func digits(_ text: some StringProtocol, atMost count: Int) -> Int? {
        guard (1...count).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
