public import Foundation
import GRDB
import Reciprocity

/// The journal: every meeting, recorded or hand-kept, in one SQLite file.
///
/// Safe from several processes at once; each change is one transaction, whole or not at all, and on disk when the call
/// returns. The file is for its owner's eyes only.
///
/// ## Topics
/// ### Entries
/// - ``entry(_:)``
/// - ``add(_:into:)``
/// - ``update(_:change:)``
/// - ``remove(_:)``
///
/// ### Recordings
/// - ``save(_:into:)``
///
/// ### Views
/// - ``meeting(_:)``
/// - ``summaries(_:)``
/// - ``history(of:today:)``
/// - ``overview(_:today:)``
/// - ``openFollowUps(_:today:)``
///
/// ### People
/// - ``people()``
/// - ``merge(_:into:)``
/// - ``rename(_:to:)``
/// - ``addAlias(_:to:)``
///
/// ### Import and export
/// - ``importLines(_:from:isStrict:)``
/// - ``export(_:)``
public final class JournalStore: Sendable {
    private let file: JournalFile

    /// Where the file is.
    public var path: String { file.path }

    /// Environment variable that names the journal.
    public static let environmentVariable = "TWOWAY_JOURNAL"

    /// Opens a journal, makes one where none is, and brings an older one to the newest form (with a copy before).
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - createsFile: whether a missing file is made.
    /// - Throws: `JournalError`; a newer journal and other databases are left as they are.
    public convenience init(path: String, createsFile: Bool = true) throws(JournalError) {
        try self.init(path: path, createsFile: createsFile, schema: .current)
    }

    /// Opens a journal in the form of a schema.
    package init(path: String, createsFile: Bool, schema: JournalSchema) throws(JournalError) {
        file = try JournalFile(path: path, createsFile: createsFile, schema: schema)
        try measureAnew()
    }

    /// The journal of the user: `TWOWAY_JOURNAL`, else the data folder of the platform.
    ///
    /// `~/Library/Application Support/twoway` on macOS, `$XDG_DATA_HOME/twoway` or `~/.local/share/twoway` elsewhere
    /// (XDG Base Directory Specification 0.8).
    public static func defaultPath(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        if let path = environment[environmentVariable], !path.isEmpty { return path }
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
        #if os(macOS)
            let folder = home + "/Library/Application Support"
        #else
            // The specification: a relative path is to be ignored.
            let given = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            let folder = given ?? home + "/.local/share"
        #endif
        return folder + "/twoway/journal.sqlite"
    }

    /// Version of SQLite as it was loaded, such as `3.40.1`.
    public static var databaseVersion: String {
        let version = try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
        return version.flatMap { $0 } ?? "unknown"
    }

    /// Closes the file; what was written is in it.
    public func close() { try? file.queue.close() }

    /// Copies made before updates of the form; they still hold what was removed since.
    public var backups: [String] { file.backups }

    // MARK: Transactions

    /// Reads in one transaction.
    func read<Value: Sendable>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
        do { return try file.queue.read(body) } catch { throw JournalError(error, path: path) }
    }

    /// Writes in one transaction: all or nothing.
    func write<Value: Sendable>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
        do { return try file.queue.write(body) } catch { throw JournalError(error, path: path) }
    }

    /// Runs statements that cannot be in a transaction.
    private func execute(_ sql: String) throws(JournalError) {
        do {
            try file.queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        } catch {
            throw JournalError(error, path: path)
        }
    }

    /// Measures meetings again that an older definition of the metrics has measured.
    private func measureAnew() throws(JournalError) {
        let isStale = try read { db in
            try Bool.fetchOne(
                db, sql: "SELECT min(definition) <> ?1 OR max(definition) <> ?1 FROM meeting",
                arguments: [EntryRows.definition]) ?? false
        }
        guard isStale, access(path, W_OK) == 0 else { return }
        try write { db in
            let stale = try EntryRows.entries(
                where: "meeting.definition <> ?", arguments: [EntryRows.definition], in: db)
            var people = try PeopleIndex(db)
            for entry in stale { try EntryRows.write(entry, person: people.number(of: entry.person, in: db), to: db) }
        }
    }

    // MARK: Entries

    /// The entry with an identifier.
    ///
    /// - Throws: `JournalError.unknownEntry`.
    public func entry(_ id: String) throws(JournalError) -> JournalEntry {
        try read { db in try Self.entry(id, in: db) }
    }

    static func entry(_ id: String, in db: Database) throws -> JournalEntry {
        let found = try EntryRows.entries(where: "meeting.id = ?", arguments: [id], in: db)
        guard let entry = found.first else { throw JournalError.unknownEntry(id: id) }
        return entry
    }

    /// Changes an entry; nothing is written when the change throws or gives an invalid entry.
    ///
    /// The person may be changed by key and name, as in ``add(_:into:)``; the identifier may not.
    public func update(
        _ id: String, change: (inout JournalEntry) throws -> Void
    ) throws(JournalError) -> JournalEntry {
        try write { db in
            var entry = try Self.entry(id, in: db)
            try change(&entry)
            entry.id = id
            return try Self.put(entry, in: db)
        }
    }

    /// Removes entries for good: their bytes are overwritten and the file is made smaller.
    ///
    /// People whom no other entry is about go too.
    ///
    /// - Throws: `JournalError.unknownEntry` before anything is removed; `notCompacted` when they are gone, but the file
    ///   could not be made smaller.
    public func remove(_ ids: [String]) throws(JournalError) {
        try write { db in
            for id in ids {
                try db.execute(sql: "DELETE FROM meeting WHERE id = ?", arguments: [id])
                guard db.changesCount == 1 else { throw JournalError.unknownEntry(id: id) }
            }
            try Self.removeForgottenPeople(db)
        }
        do {
            try execute("VACUUM")
            try execute("PRAGMA wal_checkpoint(TRUNCATE)")
        } catch {
            throw .notCompacted(path: path, reason: error.description)
        }
    }

    /// Writes an entry after checking it; an empty key is found or made from the name.
    static func put(_ draft: JournalEntry, in db: Database) throws -> JournalEntry {
        var people = try PeopleIndex(db)
        return try put(draft, people: &people, in: db)
    }

    /// The same with an index at hand.
    static func put(_ draft: JournalEntry, people: inout PeopleIndex, in db: Database) throws -> JournalEntry {
        var entry = draft
        if entry.person.key.isEmpty { entry.person = try people.person(named: entry.person.name) }
        if entry.id.isEmpty { entry.id = try newID(for: entry, in: db) }
        do { try entry.validate() } catch { throw JournalError.invalidField(error) }
        if let recording = entry.recording {
            let owner = try String.fetchOne(
                db, sql: "SELECT id FROM meeting WHERE recording = ? AND id <> ?", arguments: [recording, entry.id])
            if let owner {
                throw JournalError.invalidField(
                    FieldProblem("recording", "this recording belongs to the meeting \(owner) already"))
            }
        }
        let number = try people.number(of: entry.person, in: db)
        try EntryRows.write(entry, person: number, to: db)
        try removeForgottenPeople(db)
        return entry
    }

    /// Day and person, with a number where that is taken.
    private static func newID(for entry: JournalEntry, in db: Database) throws -> String {
        let plain = "\(entry.date)-\(entry.person.key)"
        var candidate = plain
        var count = 1
        while try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM meeting WHERE id = ?)", arguments: [candidate]) ?? false
        {
            count += 1
            candidate = "\(plain)-\(count)"
        }
        return candidate
    }

    /// Removes people whom no entry is about.
    static func removeForgottenPeople(_ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM person WHERE NOT EXISTS (SELECT 1 FROM meeting WHERE meeting.person = person.number)")
    }
}
