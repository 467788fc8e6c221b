import Foundation
import Journal
import Testing

@Suite("Days of the calendar")
struct CalendarDayTests {
    @Test(
        "A day that exists comes out as it went in",
        arguments: ["1970-01-01", "2000-02-29", "2024-02-29", "2026-12-31"])
    func roundTrip(text: String) throws {
        #expect(try #require(CalendarDay(text)).description == text)
    }

    @Test(
        "A day that does not exist, or is written otherwise, is none",
        arguments: [
            "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00", "2026-1-1", "26-01-01",
            "2026/01/01", "2026-01-01 ", "", "+026-01-01", "0000-01-01", "２０２６-01-01",
        ])
    func none(text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test("Days are counted one by one over months, leap days and years")
    func counting() throws {
        let first = try #require(CalendarDay("1999-12-31"))
        var seen: Set<String> = []
        for offset in 0..<1500 {
            let day = CalendarDay(ordinal: first.ordinal + offset)
            #expect(CalendarDay("\(day)") == day)
            seen.insert("\(day)")
        }
        #expect(seen.count == 1500)
        #expect(first.days(until: try #require(CalendarDay("2000-03-01"))) == 1 + 31 + 29)
        #expect(try #require(CalendarDay("1970-01-01")).ordinal == 0)
    }
}
