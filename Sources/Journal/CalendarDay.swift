public import Foundation

/// A day of the Gregorian calendar without a time zone: the day as the person at the meeting lived it.
public struct CalendarDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01, which is 0.
    public let ordinal: Int

    /// A day by its distance from 1970-01-01.
    public init(ordinal: Int) { self.ordinal = ordinal }

    /// The day written `YYYY-MM-DD`; nil for any other form and for days that do not exist, such as 2026-02-30.
    public init?(_ text: some StringProtocol) {
        var text = String(text)
        let numbers = text.withUTF8 { bytes -> (year: Int, month: Int, day: Int)? in
            guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
            func number(_ range: Range<Int>) -> Int? {
                range.reduce(0) { number, index in
                    guard let number, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else { return nil }
                    return number * 10 + Int(bytes[index] - UInt8(ascii: "0"))
                }
            }
            guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
            return (year, month, day)
        }
        guard let (year, month, day) = numbers, year >= 1, (1...12).contains(month), day >= 1 else { return nil }
        let candidate = Self.ordinal(year: year, month: month, day: day)
        self.init(ordinal: candidate)
        guard self.parts == (year, month, day) else { return nil }
    }

    /// The day it is now where the program runs.
    public static func today() -> CalendarDay { CalendarDay(localDayOf: Date()) }

    /// The day on which a moment falls where the program runs.
    public init(localDayOf moment: Date) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .current
        let parts = calendar.dateComponents([.year, .month, .day], from: moment)
        ordinal = Self.ordinal(year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1)
    }

    /// `YYYY-MM-DD` (ISO 8601).
    public var description: String {
        let (year, month, day) = parts
        return Self.digits(year, 4) + "-" + Self.digits(month, 2) + "-" + Self.digits(day, 2)
    }

    /// Days from this day until another; negative when the other is earlier.
    public func days(until other: CalendarDay) -> Int { other.ordinal - ordinal }

    /// The earlier day first.
    public static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.ordinal < right.ordinal }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }

    /// Day number of a date; months and days out of range run over (Hinnant 2013, "chrono-compatible low-level date
    /// algorithms", days_from_civil).
    private static func ordinal(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Year, month and day (Hinnant 2013, civil_from_days).
    private var parts: (year: Int, month: Int, day: Int) {
        let shifted = ordinal + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
