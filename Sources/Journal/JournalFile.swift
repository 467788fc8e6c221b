import Foundation
import GRDB

/// The database file of a journal: opened, checked, brought to the newest form, and kept from other eyes.
struct JournalFile: Sendable {
    /// Where it is.
    let path: String
    /// The one connection.
    let queue: DatabaseQueue

    /// How long a writer waits for another one, seconds: 10 s; a write takes milliseconds.
    private static let patience = 10.0
    /// Attempts at opening while another process creates the same file, count, and the pause between them, seconds.
    private static let attempts = 40
    private static let pause = 0.05

    /// Opens a journal.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - createsFile: whether a missing one is made.
    ///   - schema: the form it is brought to; a backup is made before.
    init(path: String, createsFile: Bool, schema: JournalSchema) throws(JournalError) {
        self.path = path
        let isNew = !FileManager.default.fileExists(atPath: path)
        if isNew {
            guard createsFile else {
                throw .unreadable(
                    path: path, reason: "there is no such file; `twoway journal add` starts a journal")
            }
            try Self.create(path)
        }
        let isWritable = access(path, W_OK) == 0
        var attempt = 1
        while true {
            do {
                queue = try Self.connect(path, isWritable: isWritable, schema: schema)
                // Only now: what turned out to be no journal stays as it was.
                if isWritable { Self.keepPrivate(path) }
                return
            } catch let error as JournalError {
                throw error
            } catch {
                // Two processes that start the same journal can meet while it gets its form; one of them is late.
                let code = (error as? DatabaseError)?.resultCode
                let mayPass = code == .SQLITE_BUSY || code == .SQLITE_LOCKED || code == .SQLITE_ERROR
                guard mayPass, attempt < Self.attempts else { throw JournalError(error, path: path) }
                attempt += 1
                Thread.sleep(forTimeInterval: Self.pause)
            }
        }
    }

    /// Makes the file, and its folder, for the owner's eyes only; SQLite gives `-wal` and `-shm` the same mode.
    private static func create(_ path: String) throws(JournalError) {
        let folder = URL(filePath: path).deletingLastPathComponent()
        if !FileManager.default.fileExists(atPath: folder.path) {
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                // Foundation's own words differ from system to system and say less.
                throw .unwritable(path: path, reason: "the folder \(folder.path) cannot be made")
            }
        }
        let descriptor = Foundation.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: String(cString: strerror(errno))) }
        close(descriptor)
    }

    /// Takes the rights of others away, if they have any.
    private static func keepPrivate(_ path: String) {
        var facts = stat()
        if stat(path, &facts) == 0, facts.st_mode & 0o077 != 0 { chmod(path, 0o600) }
        // A view of a file that was read-only then leaves these two read-only too.
        for file in [path + "-wal", path + "-shm"] {
            if stat(file, &facts) == 0, facts.st_mode & 0o777 != 0o600 { chmod(file, 0o600) }
        }
    }

    private static func connect(_ path: String, isWritable: Bool, schema: JournalSchema) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = !isWritable
        configuration.busyMode = .timeout(patience)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            // What is deleted is overwritten with zeros, a confirmed entry survives a loss of power too, and nothing
            // that VACUUM copies meanwhile gets to another place of the disk.
            try db.execute(
                sql: "PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        do {
            let migrator = schema.migrator
            let (isEmpty, isComplete) = try queue.read { db in
                (try check(db, path: path, migrator: migrator), try migrator.hasCompletedMigrations(db))
            }
            if !isComplete {
                guard isWritable else {
                    throw JournalError.unwritable(path: path, reason: "it has an older form and is read-only")
                }
                if !isEmpty { try backUp(queue, path: path, migrator: migrator) }
                try migrator.migrate(queue)
            }
            if isWritable {
                let mode = try queue.writeWithoutTransaction {
                    try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL")
                }
                guard mode == "wal" else { throw DatabaseError(resultCode: .SQLITE_BUSY) }
            }
            return queue
        } catch {
            try? queue.close()
            throw error
        }
    }

    /// Refuses files that are no journals, or newer ones, before anything is written.
    ///
    /// - Returns: whether nothing is in it yet.
    private static func check(_ db: Database, path: String, migrator: DatabaseMigrator) throws -> Bool {
        let tables =
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name <> 'grdb_migrations'") ?? 0
        if tables == 0 { return true }
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        guard application == JournalSchema.applicationID else {
            throw JournalError.notAJournal(path: path, reason: "it is a database of another program")
        }
        if try migrator.hasBeenSuperseded(db) { throw JournalError.newer(path: path) }
        return false
    }

    /// Copies the journal beside itself before its form changes.
    private static func backUp(_ queue: DatabaseQueue, path: String, migrator: DatabaseMigrator) throws {
        let newest = try queue.read { try migrator.appliedMigrations($0).last } ?? "unknown"
        let form = newest.map { $0.isLetter || $0.isNumber ? $0 : "-" }
        var copy = "\(path).before-update-from-\(String(form))"
        var count = 1
        while FileManager.default.fileExists(atPath: copy) {
            count += 1
            copy = "\(path).before-update-from-\(String(form))-\(count)"
        }
        try create(copy)
        do {
            try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
        } catch {
            try? FileManager.default.removeItem(atPath: copy)
            throw error
        }
    }

    /// Copies that were made before updates of the form, in order of their names.
    var backups: [String] {
        let url = URL(filePath: path)
        let prefix = url.lastPathComponent + ".before-update-from-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)) ?? []
        return names.filter { $0.hasPrefix(prefix) }.sorted()
            .map { url.deletingLastPathComponent().appending(path: $0).path }
    }
}

extension JournalError {
    /// The error for one of the database.
    init(_ error: any Error, path: String) {
        if let error = error as? JournalError {
            self = error
            return
        }
        if let problem = error as? FieldProblem {
            self = .invalidField(problem)
            return
        }
        if error is RowDecodingError {
            self = .notAJournal(path: path, reason: "the file is damaged; go back to a copy")
            return
        }
        guard let error = error as? DatabaseError else {
            self = .unreadable(path: path, reason: "\(error)")
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL: self = .unwritable(path: path, reason: "the disk is full; make room and try again")
        case .SQLITE_READONLY: self = .unwritable(path: path, reason: "the file or its folder is read-only")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .unwritable(path: path, reason: "another program is writing to it; try again")
        case .SQLITE_IOERR:
            self = .unwritable(path: path, reason: "reading or writing failed (the disk may be full or broken)")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self = .unreadable(path: path, reason: "the file or its folder cannot be opened; check its rights")
        case .SQLITE_NOTADB: self = .notAJournal(path: path, reason: "the file is no database")
        case .SQLITE_CORRUPT: self = .notAJournal(path: path, reason: "the file is damaged; go back to a copy")
        default: self = .notAJournal(path: path, reason: error.message ?? "\(error.resultCode)")
        }
    }
}
