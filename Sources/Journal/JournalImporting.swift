import GRDB

/// What an import did.
public struct ImportOutcome: Sendable, Hashable {
    /// Entries that are new.
    public var added: Int
    /// Entries that replaced the one with their identifier.
    public var replaced: Int
    /// Lines that could not be imported, in order.
    public var problems: [JournalError]
    /// Whether a broken line kept everything out.
    public var isRefused: Bool
}

extension JournalStore {
    /// Imports lines in one transaction; a broken line stops nothing else unless `isStrict`.
    ///
    /// An entry with the identifier of one in the journal replaces it; a row of a table changes only what its columns
    /// hold. It keeps what was heard where the line names the same recording without saying what was heard in it.
    ///
    /// - Parameters:
    ///   - lines: from `JSONLines.lines(of:)` or another form.
    ///   - source: how problems name the file.
    ///   - isStrict: whether one broken line keeps everything out.
    public func importLines(
        _ lines: [JSONLines.Line], from source: String, isStrict: Bool = false
    ) throws(JournalError) -> ImportOutcome {
        try write { db in
            var outcome = ImportOutcome(added: 0, replaced: 0, problems: [], isRefused: false)
            var people = try PeopleIndex(db)
            var lineOfID: [String: Int] = [:]
            try db.inSavepoint {
                for line in lines {
                    do {
                        let new = try line.content.get()
                        if let earlier = lineOfID[new.entry.id] {
                            throw FieldProblem("id", "\(new.entry.id) is in line \(earlier) already")
                        }
                        let isReplaced = try Self.take(new, people: &people, in: db)
                        lineOfID[new.entry.id] = line.number
                        if isReplaced { outcome.replaced += 1 } else { outcome.added += 1 }
                    } catch let problem as FieldProblem {
                        outcome.problems.append(.brokenLine(path: source, line: line.number, problem))
                    } catch JournalError.invalidField(let problem) {
                        outcome.problems.append(.brokenLine(path: source, line: line.number, problem))
                    } catch let error as JournalError {
                        let problem = FieldProblem("person", error.description)
                        outcome.problems.append(.brokenLine(path: source, line: line.number, problem))
                    }
                }
                try Self.removeForgottenPeople(db)
                outcome.isRefused = isStrict && !outcome.problems.isEmpty
                return outcome.isRefused ? .rollback : .commit
            }
            return outcome
        }
    }

    /// Writes one line, or nothing of it.
    ///
    /// - Returns: whether it replaced an entry.
    private static func take(_ new: JournalImport, people: inout PeopleIndex, in db: Database) throws -> Bool {
        var isReplaced = false
        let before = people
        do {
            try db.inSavepoint {
                var entry = new.entry
                let old = try EntryRows.entries(where: "meeting.id = ?", arguments: [entry.id], in: db).first
                isReplaced = old != nil
                if let old {
                    guard !new.hasMadeID else {
                        throw FieldProblem(
                            "id",
                            "the journal has a meeting \(old.id) already; name its id to change it, or another to add one"
                        )
                    }
                    if let update = new.update {
                        entry = old
                        update(&entry)
                        try entry.validate()
                    }
                }
                if entry.analysis == nil, entry.recording != nil, old?.recording == entry.recording {
                    entry.analysis = old?.analysis
                }
                if let recording = entry.recording {
                    let owner = try String.fetchOne(
                        db, sql: "SELECT id FROM meeting WHERE recording = ? AND id <> ?",
                        arguments: [recording, entry.id])
                    if let owner { throw FieldProblem("recording", "it belongs to the meeting \(owner) already") }
                }
                let number = try people.number(of: entry.person, in: db)
                try EntryRows.write(entry, person: number, to: db)
                for alias in new.aliases { try people.add(alias: alias, to: number, in: db) }
                return .commit
            }
        } catch {
            people = before
            throw error
        }
        return isReplaced
    }

    /// Entries with the other names of their people, oldest first: everything the journal holds, for `JSONLines`.
    ///
    /// - Throws: `JournalError.unknownPerson` when the filter names nobody.
    public func export(_ filter: MeetingFilter = MeetingFilter()) throws(JournalError) -> [JournalImport] {
        try read { db in
            let people = try PeopleIndex(db)
            let (condition, arguments) = try filter.condition(people)
            let aliases = Dictionary(
                people.people.values.map { ($0.person.key, $0.aliases) }, uniquingKeysWith: { first, _ in first })
            return try EntryRows.entries(where: condition, arguments: arguments, in: db).map {
                JournalImport(entry: $0, aliases: aliases[$0.person.key] ?? [])
            }
        }
    }
}
