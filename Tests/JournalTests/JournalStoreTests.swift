import Foundation
import GRDB
import Journal
import RepositoryFolders
import Testing

/// A journal in a folder that is gone when the test is over.
final class ScratchJournal {
    let folder: URL
    let path: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "twoway-journal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "journal.sqlite").path
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Opens it.
    func open() throws -> JournalStore { try JournalStore(path: path) }

    /// All bytes of all files in the folder.
    func bytes() throws -> Data {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }.reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
    }

    /// Mode bits of a file.
    func mode(_ name: String) throws -> Int? {
        let file = folder.appending(path: name).path
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        return try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    }
}

/// A valid entry with the required fields.
func plainEntry(_ id: String, _ date: String = "2026-11-25", with name: String = "Dana") throws -> JournalEntry {
    JournalEntry(
        id: id, date: try #require(CalendarDay(date)), person: PersonName(key: "", name: name), lengthMinutes: 30)
}

@Suite("The store of the journal")
struct JournalStoreTests {
    @Test("The four meetings of the origin story: two late pitches, one one-sided, one genuine two-way street")
    func seeds() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        let file = RepositoryFolders.root.appending(path: "seeds/meetings.jsonl")
        let outcome = try store.importLines(JSONLines.lines(of: try Data(contentsOf: file)), from: "seeds")
        #expect(outcome.added == 4 && outcome.replaced == 0 && outcome.problems.isEmpty && !outcome.isRefused)
        let meetings = try store.summaries()
        #expect(meetings.map(\.person.name) == ["Alasdair", "Gordon", "Vivian", "Theo"])
        #expect(meetings.map(\.pattern.name) == ["latePitch", "oneSided", "latePitch", "twoWay"])
        #expect(meetings.map(\.pattern.towards) == [.me, .them, .me, nil])
        #expect(meetings.map(\.isGenuinelyTwoWay) == [false, false, false, true])
        // seeds/README.md: 0.19, 0.03, 0.14 and 0.47 of the floor are mine.
        #expect(meetings.map { (($0.myFloorShare ?? 0) * 100).rounded() } == [19, 3, 14, 47])
        let theo = try store.entry("2026-10-06-theo")
        #expect(theo.followUps?.contains { $0.by == .them && $0.kept == CalendarDay("2026-10-09") } == true)
    }

    @Test("What is stored is what comes back, for everything that can be noted", arguments: 0..<60)
    func roundTrip(seed: Int) throws {
        let journal = try ScratchJournal()
        let entry = RandomEntry.entry(seed: UInt64(seed))
        let store = try journal.open()
        _ = try store.add(entry, into: .new)
        #expect(try store.entry(entry.id) == entry)
        store.close()
        #expect(try journal.open().entry(entry.id) == entry)
    }

    @Test("A hundred entries exported and imported elsewhere export the same bytes")
    func lossless() throws {
        let (first, second) = (try ScratchJournal(), try ScratchJournal())
        let store = try first.open()
        for seed in 0..<100 { _ = try store.add(RandomEntry.entry(seed: UInt64(seed)), into: .new) }
        _ = try store.addAlias("the potter", to: "dana")
        let text = try store.export().map { JSONLines.line(of: $0.entry, aliases: $0.aliases) }.joined()
        let copy = try second.open()
        let outcome = try copy.importLines(JSONLines.lines(of: Data(text.utf8)), from: "export")
        #expect(outcome.added == 100 && outcome.problems.isEmpty)
        #expect(try copy.export().map { JSONLines.line(of: $0.entry, aliases: $0.aliases) }.joined() == text)
        #expect(try copy.person(named: "The Potter").key == "dana")
        let again = try copy.importLines(JSONLines.lines(of: Data(text.utf8)), from: "export")
        #expect(again.replaced == 100 && again.added == 0)
        #expect(try copy.export().count == 100)
    }

    @Test("Only the owner may read the journal, its write-ahead log, and a file that was open to others before")
    func privacy() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        _ = try store.add(try plainEntry("a"))
        #expect(try journal.mode("journal.sqlite") == 0o600)
        #expect(try journal.mode("journal.sqlite-wal") == 0o600)
        #expect(try journal.mode("journal.sqlite-shm") == 0o600)
        store.close()
        #expect(chmod(journal.path, 0o644) == 0)
        try journal.open().close()
        #expect(try journal.mode("journal.sqlite") == 0o600)
    }

    @Test("What was removed is in none of the files any more, and the others stay")
    func removal() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        var secret = try plainEntry("2026-11-25-secret", with: "Zebulon Quartermaine")
        secret.note = String(repeating: "unmistakable-secret ", count: 500)
        secret.tags = ["unmistakable-tag"]
        secret.help = [HelpOffer(by: .me, what: "unmistakable-help")]
        _ = try store.add(secret)
        _ = try store.add(try plainEntry("other"))
        #expect(try journal.bytes().range(of: Data("unmistakable".utf8)) != nil)
        let size = try journal.bytes().count
        try store.remove(["2026-11-25-secret"])
        for word in ["unmistakable", "Zebulon", "quartermaine", "2026-11-25-secret"] {
            #expect(try journal.bytes().range(of: Data(word.utf8)) == nil, "\(word) is still there")
        }
        #expect(try journal.bytes().count < size)
        store.close()
        #expect(try journal.bytes().range(of: Data("unmistakable".utf8)) == nil)
        #expect(try journal.open().summaries().map(\.id) == ["other"])
        #expect(try journal.open().people().map(\.person.name) == ["Dana"])
    }

    @Test("Removing one entry that is there and one that is not removes none")
    func removalIsWhole() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        _ = try store.add(try plainEntry("a"))
        #expect(throws: JournalError.unknownEntry(id: "b")) { try store.remove(["a", "b"]) }
        #expect(try store.summaries().map(\.id) == ["a"])
    }

    @Test("A change that gives an invalid entry is not written")
    func invalidChange() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        _ = try store.add(try plainEntry("a"))
        #expect(throws: JournalError.self) { try store.update("a") { $0.feeling = 12 } }
        #expect(throws: JournalError.self) {
            try store.update("a") {
                $0.note = "half"
                throw FieldProblem("note", "no")
            }
        }
        #expect(try store.entry("a").feeling == nil)
        #expect(try store.entry("a").note == nil)
        #expect(try store.update("a") { $0.feeling = 7 }.feeling == 7)
    }

    @Test("The checks of the tables refuse what the program would never write")
    func checks() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        _ = try store.add(try plainEntry("a"))
        store.close()
        let queue = try DatabaseQueue(path: journal.path)
        for statement in [
            "UPDATE meeting SET date = '2026-02-30'", "UPDATE meeting SET length_minutes = -1",
            "UPDATE meeting SET feeling = 10", "UPDATE meeting SET length_minutes = 'long'",
            "UPDATE meeting SET my_share_percent = 101", "UPDATE meeting SET recording = 'abc'",
            "INSERT INTO block VALUES (1, 0, 5, 4, 'me')", "INSERT INTO block VALUES (99, 0, 0, 4, 'me')",
            "INSERT INTO follow_up VALUES (1, 0, 'me', 'gift', NULL, NULL, NULL, NULL)", "DELETE FROM person",
        ] {
            #expect(throws: DatabaseError.self, "\(statement)") { try queue.write { try $0.execute(sql: statement) } }
        }
    }

    @Test("Meetings that an older definition of the metrics has measured are measured again on opening")
    func measuredAnew() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        var entry = try plainEntry("a")
        entry.minutes = PerSide(me: 5, them: 15)
        _ = try store.add(entry)
        store.close()
        let queue = try DatabaseQueue(path: journal.path)
        try queue.write { try $0.execute(sql: "UPDATE meeting SET definition = '1999', my_floor_share = 0.99") }
        try queue.close()
        #expect(try journal.open().summaries().map(\.myFloorShare) == [0.25])
    }
}
