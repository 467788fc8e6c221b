import Foundation
import Journal
import Testing

@Suite("The table form")
struct EntryTableTests {
    static func read(_ text: String) -> [JSONLines.Line] { EntryTable.lines(of: Data(text.utf8)) }

    @Test("The simple fields of random entries come back", arguments: 0..<60)
    func roundTrip(seed: Int) throws {
        var entry = RandomEntry.entry(seed: UInt64(seed))
        (entry.blocks, entry.resolution, entry.help, entry.followUps, entry.analysis) = (nil, nil, nil, nil, nil)
        entry.tags.removeAll { $0.contains(";") }
        if entry.note?.isEmpty == true { entry.note = nil }
        let back = try #require(Self.read(EntryTable.text(of: [entry])).first)
        #expect(back.number == 2)
        #expect(try back.content.get().entry == entry)
    }

    @Test("A spreadsheet needs day, name and length; identifiers are made, and two meetings on a day are two")
    func spreadsheet() throws {
        let text = "date;person.name;lengthMinutes\r\n2026-01-02;José Díaz;45\r\n2026-01-02;José Díaz;30\r\n"
        let entries = try Self.read(text).map { try $0.content.get().entry }
        #expect(entries.map(\.id) == ["2026-01-02-jose-diaz", "2026-01-02-jose-diaz-2"])
        #expect(entries.map(\.person.name) == ["José Díaz", "José Díaz"])
    }

    @Test("A broken row is named by the line it starts in, also after a note of several lines")
    func broken() throws {
        let text = """
            date,person.name,lengthMinutes,note
            2026-01-02,Dana,45,"two
            lines"
            2026-02-30,Dana,45,x
            2026-02-03,Dana,long,x
            2026-02-03,Dana
            2026-02-03,Dana,45,"open
            """
        let lines = Self.read(text)
        #expect(lines.map(\.number) == [2, 4, 5, 6, 7])
        let fields = lines.map { line -> String? in
            if case .failure(let problem) = line.content { problem.field } else { nil }
        }
        #expect(fields == [nil, "date", "lengthMinutes", "", ""])
    }

    @Test("A column that is not known stops the whole file")
    func column() {
        let lines = Self.read("date,person.name,lenght\n2026-01-02,Dana,45\n")
        #expect(lines.count == 1 && lines[0].number == 1)
    }

    @Test("A table changes what its columns hold and leaves the rest of an entry as it was")
    func partial() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        var entry = try plainEntry("full", "2026-01-02")
        entry.mySharePercent = nil
        entry.blocks = [TalkBlock(start: 0, end: 600, who: .them), TalkBlock(start: 600, end: 900, who: .me)]
        entry.help = [HelpOffer(by: .them, what: "tea")]
        entry.followUps = [FollowUp(by: .me, kind: .article, promised: entry.date)]
        _ = try store.add(entry, into: .new)
        let before = try store.entry("full")
        let table = EntryTable.text(of: [before])
        let same = try store.importLines(Self.read(table), from: "x.csv")
        #expect(same.replaced == 1 && same.problems.isEmpty)
        #expect(try store.entry("full") == before)
        let noted = "id,date,person.name,lengthMinutes,note\nfull,2026-01-02,\(before.person.name),30,new\n"
        _ = try store.importLines(Self.read(noted), from: "x.csv")
        var wanted = before
        wanted.note = "new"
        wanted.lengthMinutes = 30
        #expect(try store.entry("full") == wanted)
    }

    @Test("A row without an identifier never takes the place of a meeting that is there")
    func madeIdentifier() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        let row = "date,person.name,lengthMinutes\n2026-06-01,Dana,45\n"
        #expect(try store.importLines(Self.read(row), from: "x.csv").added == 1)
        let again = try store.importLines(
            Self.read(row.replacing("45", with: "20")), from: "x.csv")
        #expect(again.added == 0 && again.replaced == 0 && again.problems.count == 1)
        #expect(try store.entry("2026-06-01-dana").lengthMinutes == 45)
    }

    @Test("Counts beyond all reason are refused at their line", arguments: ["9223372036854775807", "1000001", "-1"])
    func counts(count: String) throws {
        let row = "date,person.name,lengthMinutes,questions.meToThem\n2026-06-01,Dana,45,\(count)\n"
        let line = try #require(Self.read(row).first)
        #expect(throws: FieldProblem.self) { try line.content.get() }
    }
}
