import Foundation
import Journal
import JournalReporting
import RepositoryFolders
import Testing

@Suite("Pages of the journal")
struct JournalPagesTests {
    @Test("No name, note or promise gets into a page as markup, and the elements are balanced")
    func hostile() throws {
        let (store, folder) = try JournalViewsTests.nasty()
        defer { try? FileManager.default.removeItem(at: folder) }
        let today = CalendarDay(ordinal: 20_060)
        var entry = JournalEntry(
            id: "", date: today, person: PersonName(key: "", name: "<script>alert(1)</script> & \"Co\""),
            lengthMinutes: 30)
        entry.mySharePercent = 20
        entry.followUps = [FollowUp(by: .them, kind: .article, what: "<img src=x onerror=alert(2)>", promised: today)]
        _ = try store.add(entry, into: .new)
        var pages = [OverviewPage(try store.overview(today: today), version: "1").text]
        for person in try store.people() {
            pages.append(PersonPage(try store.history(of: person.person.key, today: today), version: "1").text)
        }
        #expect(pages.count == 6)
        for page in pages {
            #expect(!page.contains("<script>alert") && !page.contains("<img"))
            #expect(!page.unicodeScalars.contains("\u{1B}"))
            for tag in ["section", "table", "tr", "td", "ul", "li", "svg", "bdi"] {
                let opened =
                    page.components(separatedBy: "<\(tag)>").count + page.components(separatedBy: "<\(tag) ").count
                #expect(opened - 2 == page.components(separatedBy: "</\(tag)>").count - 1, "\(tag)")
            }
            #expect(!page.contains("http://") && !page.contains("https://"))
        }
    }

    /// The origin story: Alasdair, Gordon and Vivian talked about themselves, Theo asked.
    @Test("The four meetings of the origin story: three talk past her, one is a two-way street")
    func seeds() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twoway-pages-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try JournalStore(path: folder.appending(path: "j.sqlite").path)
        let file = RepositoryFolders.root.appending(path: "seeds/meetings.jsonl")
        _ = try store.importLines(JSONLines.lines(of: try Data(contentsOf: file)), from: "seeds")
        let today = try #require(CalendarDay("2026-10-20"))
        let overview = OverviewPage(try store.overview(today: today), version: "1").text
        #expect(overview.contains("A two-way street") && overview.contains("They talk past you"))
        #expect(!overview.contains("You talk past them"))
        let theo = PersonPage(try store.history(of: "theo", today: today), version: "1").text
        #expect(theo.contains("A two-way street.") && theo.contains("1\u{A0}×\u{A0}genuine\u{A0}two-way"))
        let gordon = PersonPage(try store.history(of: "gordon", today: today), version: "1").text
        #expect(gordon.contains("<bdi>Gordon</bdi> talks past you."))
        // One meeting is no course.
        #expect(!gordon.contains("From meeting to meeting"))
        #expect(gordon == PersonPage(try store.history(of: "gordon", today: today), version: "1").text)
    }
}
