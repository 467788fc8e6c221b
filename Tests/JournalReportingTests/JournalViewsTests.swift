import Foundation
import Journal
import JournalReporting
import Reporting
import Testing

@Suite("Views of the journal")
struct JournalViewsTests {
    /// A journal whose texts do their worst: wide letters, long words, escape sequences, marks without letters.
    static func nasty() throws -> (JournalStore, URL) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twoway-views-\(UUID().uuidString)")
        let store = try JournalStore(path: folder.appending(path: "j.sqlite").path)
        let names = [
            "Dana", "李伟李伟李伟李伟李伟李伟李伟李伟", String(repeating: "Wolfeschlegelstein", count: 6),
            "a\u{301}\u{301} 👩‍👩‍👧‍👦🇦🇹 \u{202E}evil",
        ]
        let texts = [
            "tea", String(repeating: "x", count: 300), "\u{1B}[31mred\u{1B}[0m\nline",
            "日本語の長い文章です。どこで折り返すのでしょうか。それは誰にもわかりませんね。",
        ]
        for (index, name) in names.enumerated() {
            for number in 0..<5 {
                var entry = JournalEntry(
                    id: number == 0 ? String(repeating: "i", count: 150) + "\(index)" : "",
                    date: CalendarDay(ordinal: 20_000 + index * 10 + number), person: PersonName(key: "", name: name),
                    lengthMinutes: number == 1 ? 1440 : 30)
                if number != 2 { entry.mySharePercent = Double(number * 25) }
                entry.questions = PerSide(me: 1_000_000, them: number)
                entry.help = [HelpOffer(by: number.isMultiple(of: 2) ? .me : .them, what: texts[number % 4])]
                entry.followUps = texts.map {
                    FollowUp(
                        by: number.isMultiple(of: 2) ? .me : .them, kind: .introduction, what: $0, promised: entry.date,
                        due: CalendarDay(ordinal: 20_050))
                }
                entry.note = texts[(number + 1) % 4]
                entry.tags = ["a tag that is long " + String(repeating: "y", count: 150)]
                entry.feeling = 9
                _ = try store.add(entry, into: .new)
            }
        }
        _ = try store.addAlias(String(repeating: "also ", count: 30), to: "Dana")
        return (store, folder)
    }

    @Test(
        "No view has a line over 80 columns or a control character, whatever the texts are", arguments: [false, true])
    func width(asciiOnly: Bool) throws {
        let (store, folder) = try Self.nasty()
        defer { try? FileManager.default.removeItem(at: folder) }
        let style = TextStyle(color: false, asciiOnly: asciiOnly)
        let today = CalendarDay(ordinal: 20_060)
        let summaries = try store.summaries()
        var texts = [
            MeetingList(summaries).text(style), OverviewView(try store.overview(today: today)).text(style),
            ObligationView(try store.openFollowUps(today: today), today: today).text(style),
            PeopleView(try store.people()).text(style),
        ]
        for person in try store.people() {
            texts.append(PersonView(try store.history(of: person.person.key, today: today)).text(style))
        }
        for meeting in summaries {
            texts.append(MeetingView(try store.meeting(meeting.id), version: "1", today: today).text(style))
        }
        for text in texts {
            for line in text.split(separator: "\n") {
                #expect(ColumnWidth.of(String(line)) <= 80, "\(line)")
                #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(line)")
                #expect(!line.unicodeScalars.contains("\u{202E}"))
            }
        }
    }

    @Test("Colours change nothing but the colours")
    func colours() throws {
        let (store, folder) = try Self.nasty()
        defer { try? FileManager.default.removeItem(at: folder) }
        let list = MeetingList(try store.summaries())
        let plain = list.text(TextStyle(color: true)).replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
        #expect(plain == list.text(TextStyle()))
    }

    @Test("The list as text in pieces is the list as one value")
    func pieces() throws {
        let (store, folder) = try Self.nasty()
        defer { try? FileManager.default.removeItem(at: folder) }
        for meetings in [try store.summaries(), []] {
            let list = MeetingList(meetings)
            #expect(list.jsonText(version: "1.2") == list.json(version: "1.2").text(.indented))
        }
    }
}
