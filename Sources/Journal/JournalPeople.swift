import GRDB

/// Somebody in the journal.
public struct JournalPerson: Sendable, Hashable {
    /// Key and name.
    public var person: PersonName
    /// Other names.
    public var aliases: [String]
    /// How many meetings, ≥ 1.
    public var meetingCount: Int
    /// The day of the newest.
    public var lastMet: CalendarDay
}

extension JournalStore {
    /// Everybody, by name.
    public func people() throws(JournalError) -> [JournalPerson] {
        try read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT person, count(*) AS count, max(date) AS date FROM meeting GROUP BY person")
            let people = try PeopleIndex(db)
            return try rows.compactMap { row in
                try people.people[try row.named("person")].map {
                    JournalPerson(
                        person: $0.person, aliases: $0.aliases, meetingCount: try row.named("count"),
                        lastMet: try row.day("date"))
                }
            }.sorted {
                (PeopleIndex.folded($0.person.name), $0.person.key) < (
                    PeopleIndex.folded($1.person.name), $1.person.key
                )
            }
        }
    }

    /// The person a key, name or alias means.
    ///
    /// - Throws: `JournalError.unknownPerson`.
    public func person(named name: String) throws(JournalError) -> PersonName {
        try read { db in try PeopleIndex(db).one(name).person }
    }

    /// Names in the journal that are almost a new one; empty when somebody has exactly this name.
    public func similarNames(toNew name: String) throws(JournalError) -> [String] {
        try read { db in
            let people = try PeopleIndex(db)
            return people.meant(by: name).isEmpty ? people.similar(to: name) : []
        }
    }

    /// Makes one person of two: the meetings and names of the first become the second's.
    ///
    /// - Returns: the person that stays.
    /// - Throws: `JournalError.unknownPerson`, or `nameTaken` when both are the same.
    public func merge(_ name: String, into other: String) throws(JournalError) -> PersonName {
        try write { db in
            let people = try PeopleIndex(db)
            let (gone, kept) = (try people.one(name), try people.one(other))
            guard gone.number != kept.number else {
                throw JournalError.nameTaken(name: name, by: kept.person.name)
            }
            try db.execute(
                sql: "UPDATE meeting SET person = ? WHERE person = ?", arguments: [kept.number, gone.number])
            try db.execute(sql: "DELETE FROM person WHERE number = ?", arguments: [gone.number])
            // The names of the one who is gone lead to the one who stays, so that an old export finds its way.
            var index = try PeopleIndex(db)
            for name in [gone.person.name, gone.person.key] + gone.aliases {
                try? index.add(alias: name, to: kept.number, in: db)
            }
            return kept.person
        }
    }

    /// Changes the name that is shown; the key stays, and the old name becomes an alias.
    ///
    /// - Throws: `JournalError.unknownPerson`, `nameTaken` or `invalidField`.
    public func rename(_ name: String, to newName: String) throws(JournalError) -> PersonName {
        try write { db in
            do throws(FieldProblem) { try JournalEntry.check(name: newName, of: "name") } catch {
                throw JournalError.invalidField(error)
            }
            let people = try PeopleIndex(db)
            let known = try people.one(name)
            if let owner = people.meant(by: newName).first(where: { $0.number != known.number }) {
                throw JournalError.nameTaken(name: newName, by: owner.person.name)
            }
            try db.execute(
                sql: "UPDATE person SET name = ? WHERE number = ?", arguments: [newName, known.number])
            try db.execute(sql: "DELETE FROM alias WHERE folded = ?", arguments: [PeopleIndex.folded(newName)])
            var index = try PeopleIndex(db)
            try index.add(alias: known.person.name, to: known.number, in: db)
            return PersonName(key: known.person.key, name: newName)
        }
    }

    /// Gives a person another name to be found by.
    ///
    /// - Throws: `JournalError.unknownPerson`, `nameTaken` or `invalidField`.
    public func addAlias(_ alias: String, to name: String) throws(JournalError) -> PersonName {
        try write { db in
            do throws(FieldProblem) { try JournalEntry.check(name: alias, of: "alias") } catch {
                throw JournalError.invalidField(error)
            }
            var people = try PeopleIndex(db)
            let known = try people.one(name)
            try people.add(alias: alias, to: known.number, in: db)
            return known.person
        }
    }

    /// Takes an alias away; nothing happens when the person does not have it.
    ///
    /// - Throws: `JournalError.unknownPerson`.
    public func removeAlias(_ alias: String, from name: String) throws(JournalError) -> PersonName {
        try write { db in
            let known = try PeopleIndex(db).one(name)
            try db.execute(
                sql: "DELETE FROM alias WHERE folded = ? AND person = ?",
                arguments: [PeopleIndex.folded(alias), known.number])
            return known.person
        }
    }
}
