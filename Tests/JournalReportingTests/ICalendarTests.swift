import Foundation
import Journal
import JournalReporting
import Testing

@Suite("The iCalendar form of what is due")
struct ICalendarTests {
    static func store(_ followUps: [FollowUp], with name: String = "Theo") throws -> (JournalStore, URL) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twoway-ics-\(UUID().uuidString)")
        let store = try JournalStore(path: folder.appending(path: "j.sqlite").path)
        var entry = JournalEntry(
            id: "2026-10-06-theo", date: try #require(CalendarDay("2026-10-06")),
            person: PersonName(key: "theo", name: name), lengthMinutes: 55)
        entry.followUps = followUps
        _ = try store.add(entry)
        return (store, folder)
    }

    @Test("What has a due day and is not done becomes a task; the rest stays out")
    func tasks() throws {
        let day = try #require(CalendarDay("2026-10-06"))
        let due = try #require(CalendarDay("2026-12-31"))
        let (store, folder) = try Self.store([
            FollowUp(by: .me, kind: .article, what: "signs, arrows; and more", promised: day, due: due),
            FollowUp(by: .me, kind: .thanks, promised: day, due: due, kept: day),
            FollowUp(by: .them, kind: .other, promised: day),
        ])
        defer { try? FileManager.default.removeItem(at: folder) }
        let open = try store.openFollowUps(today: day)
        #expect(open.map(\.number) == [1, 3])
        let text = ICalendar.text(of: open, as: .task, version: "1")
        #expect(
            text == """
                BEGIN:VCALENDAR\r
                VERSION:2.0\r
                PRODID:-//twoway//journal 1//EN\r
                CALSCALE:GREGORIAN\r
                BEGIN:VTODO\r
                UID:2026-10-06-theo-1@twoway.journal\r
                DTSTAMP:20261006T000000Z\r
                DUE;VALUE=DATE:20261231\r
                SUMMARY:You owe Theo: article: signs\\, arrows\\; and more\r
                DESCRIPTION:Meeting of 2026-10-06 with Theo\\, promised on 2026-10-06.\r
                STATUS:NEEDS-ACTION\r
                END:VTODO\r
                END:VCALENDAR\r

                """)
        let events = ICalendar.text(of: open, as: .event, version: "1")
        // A whole day ends where the next one starts, over the turn of the year too.
        #expect(events.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"))
    }

    @Test("No line is longer than 75 bytes, no character is cut, and unfolding gives the text back")
    func folding() throws {
        let day = try #require(CalendarDay("2026-10-06"))
        let what = String(repeating: "日本é👋", count: 40) + "\nBEGIN:VALARM\r\u{7}"
        let (store, folder) = try Self.store([FollowUp(by: .me, kind: .other, what: what, promised: day, due: day)])
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = ICalendar.text(of: try store.openFollowUps(today: day), as: .task, version: "1")
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        let unfolded = text.replacingOccurrences(of: "\r\n ", with: "")
        #expect(unfolded.contains(String(repeating: "日本é👋", count: 40) + "\\nBEGIN:VALARM\r\n"))
        #expect(!lines.contains("BEGIN:VALARM"))
    }
}
