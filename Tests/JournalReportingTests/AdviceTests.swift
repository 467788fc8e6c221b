import Foundation
import Journal
import JournalReporting
import Testing

@Suite("Advice after a meeting")
struct AdviceTests {
    /// The text of a meeting in which I had `share` percent.
    static func text(share: Double, invited: Bool) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twoway-advice-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try JournalStore(path: folder.appending(path: "j.sqlite").path)
        var entry = JournalEntry(
            id: "a", date: CalendarDay(ordinal: 20_000), person: PersonName(key: "", name: "Dana"), lengthMinutes: 30)
        entry.mySharePercent = share
        entry.invited = invited
        _ = try store.add(entry)
        let meeting = try store.meeting("a")
        #expect(meeting.myFloorShare == share / 100)
        return MeetingView(meeting, version: "1", today: entry.date).text()
    }

    @Test("An invitation to tell everything changes the advice, and not the numbers")
    func invited() throws {
        let (asked, unasked) = (try Self.text(share: 10, invited: true), try Self.text(share: 10, invited: false))
        #expect(asked.contains("this is what you asked for"))
        #expect(unasked.contains("speak of yourself in the first half"))
        let end = try #require(asked.range(of: "Next time")).lowerBound
        #expect(unasked.hasPrefix(asked[..<end]))
    }

    @Test("Who talked past the other is told to give the floor away; a two-way meeting needs no advice")
    func others() throws {
        #expect(try Self.text(share: 90, invited: false).contains("give the floor away early: ask Dana"))
        #expect(try !Self.text(share: 50, invited: false).contains("Next time"))
    }
}
