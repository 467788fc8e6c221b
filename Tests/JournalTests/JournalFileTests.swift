import Foundation
import GRDB
import Journal
import Testing

@Suite("The file of the journal")
struct JournalFileTests {
    /// The schema of a later version of the program.
    static let later = JournalSchema(
        migrations: JournalSchema.current.migrations + [
            .init(name: "2099-01 places", sql: "ALTER TABLE meeting ADD COLUMN place TEXT")
        ])

    @Test("A newer journal is refused with a sentence and stays as it is, byte for byte")
    func newer() throws {
        let journal = try ScratchJournal()
        let store = try JournalStore(path: journal.path, createsFile: true, schema: Self.later)
        _ = try store.add(try plainEntry("a"))
        store.close()
        let before = try Data(contentsOf: URL(filePath: journal.path))
        #expect(throws: JournalError.newer(path: journal.path)) { try journal.open() }
        #expect(
            JournalError.newer(path: "j").description
                == "j was made by a newer version of twoway and was left as it is; update twoway to use it.")
        #expect(try Data(contentsOf: URL(filePath: journal.path)) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: journal.folder.path) == ["journal.sqlite"])
    }

    @Test("Before an older journal gets a new form, a copy is made that only the owner can read")
    func backup() throws {
        let journal = try ScratchJournal()
        let old = try journal.open()
        _ = try old.add(try plainEntry("a"))
        old.close()
        let new = try JournalStore(path: journal.path, createsFile: false, schema: Self.later)
        let backups = new.backups
        #expect(
            backups.map { URL(filePath: $0).lastPathComponent } == [
                "journal.sqlite.before-update-from-2026-11-meetings"
            ])
        #expect(try journal.mode("journal.sqlite.before-update-from-2026-11-meetings") == 0o600)
        #expect(try new.entry("a").person.name == "Dana")
        new.close()
        // The copy is a whole journal of the old form.
        let copy = try JournalStore(path: try #require(backups.first), createsFile: false)
        #expect(try copy.summaries().map(\.id) == ["a"])
        copy.close()
        // Opening again copies nothing: there is no step to run.
        try JournalStore(path: journal.path, createsFile: false, schema: Self.later).close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: journal.folder.path).count == 2)
    }

    @Test("A step that fails leaves the old form, the entries and the copy")
    func failingStep() throws {
        let journal = try ScratchJournal()
        let old = try journal.open()
        _ = try old.add(try plainEntry("a"))
        old.close()
        let broken = JournalSchema(
            migrations: JournalSchema.current.migrations + [
                .init(name: "2099-01 broken", sql: "DELETE FROM meeting; CREATE TABLE person (x TEXT) STRICT")
            ])
        #expect(throws: JournalError.self) {
            try JournalStore(path: journal.path, createsFile: false, schema: broken)
        }
        #expect(try journal.open().summaries().map(\.id) == ["a"])
    }

    @Test("A database of another program, and a file that is none, are refused and stay as they are")
    func foreign() throws {
        let journal = try ScratchJournal()
        let queue = try DatabaseQueue(path: journal.path)
        try queue.write { try $0.execute(sql: "CREATE TABLE recipe (name TEXT)") }
        try queue.close()
        let before = try Data(contentsOf: URL(filePath: journal.path))
        #expect(throws: JournalError.notAJournal(path: journal.path, reason: "it is a database of another program")) {
            try journal.open()
        }
        #expect(try Data(contentsOf: URL(filePath: journal.path)) == before)
        let text = journal.folder.appending(path: "notes.txt")
        try Data("Dear diary, this is a long text that is no database at all.".utf8).write(to: text)
        #expect(throws: JournalError.self) { try JournalStore(path: text.path) }
        #expect(try String(contentsOf: text, encoding: .utf8).hasPrefix("Dear diary"))
    }

    @Test("A missing journal is made for writing only")
    func missing() throws {
        let journal = try ScratchJournal()
        #expect(throws: JournalError.self) { try JournalStore(path: journal.path, createsFile: false) }
        #expect(!FileManager.default.fileExists(atPath: journal.path))
        let deep = journal.folder.appending(path: "a/b/journal.sqlite").path
        try JournalStore(path: deep).close()
        #expect(
            try FileManager.default.attributesOfItem(atPath: journal.folder.appending(path: "a/b").path)[
                .posixPermissions] as? Int == 0o700)
    }

    @Test("The default place follows the platform and the environment")
    func place() {
        #expect(
            JournalStore.defaultPath(environment: ["TWOWAY_JOURNAL": "/x/j.sqlite", "HOME": "/h"]) == "/x/j.sqlite")
        #if os(Linux)
            #expect(JournalStore.defaultPath(environment: ["HOME": "/h"]) == "/h/.local/share/twoway/journal.sqlite")
            #expect(
                JournalStore.defaultPath(environment: ["HOME": "/h", "XDG_DATA_HOME": "/d"])
                    == "/d/twoway/journal.sqlite")
            #expect(
                JournalStore.defaultPath(environment: ["HOME": "/h", "XDG_DATA_HOME": "rel"])
                    == "/h/.local/share/twoway/journal.sqlite")
        #endif
    }

    @Test("Stores that start the same journal at the same moment all write into it")
    func race() async throws {
        let journal = try ScratchJournal()
        let path = journal.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let store = try JournalStore(path: path)
                    _ = try store.add(try plainEntry("entry-\(number)"))
                    store.close()
                }
            }
            try await group.waitForAll()
        }
        #expect(try journal.open().summaries().count == 8)
    }

    @Test("A damaged file gives an error or what is left of it, and never ends the program", arguments: 0..<40)
    func damaged(seed: Int) throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        for number in 0..<4 { _ = try store.add(RandomEntry.entry(seed: UInt64(seed * 4 + number)), into: .new) }
        store.close()
        var random = SeededBytes(state: UInt64(seed))
        var bytes = try Data(contentsOf: URL(filePath: journal.path))
        if seed.isMultiple(of: 4) {
            bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))
        } else {
            for _ in 0..<20 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
        }
        try bytes.write(to: URL(filePath: journal.path))
        do {
            let store = try journal.open()
            for meeting in try store.summaries() { _ = try store.meeting(meeting.id) }
            _ = try store.people()
        } catch let error as JournalError {
            #expect(!error.description.isEmpty)
        }
    }

    /// A generator with a fixed seed (Knuth 1997, linear congruence of MMIX), good enough to damage files.
    private struct SeededBytes: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }
}
