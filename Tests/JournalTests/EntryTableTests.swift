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
}
