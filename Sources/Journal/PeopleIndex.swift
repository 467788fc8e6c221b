import Foundation
import GRDB

/// Everybody in the journal, to find a person by key, name or alias.
struct PeopleIndex {
    /// One person of the store.
    struct Known {
        var number: Int64
        var person: PersonName
        var aliases: [String]
    }

    private(set) var people: [Int64: Known] = [:]
    private var numberOfKey: [String: Int64] = [:]
    private var numbersOfFolded: [String: Set<Int64>] = [:]

    init(_ db: Database) throws {
        for row in try Row.fetchAll(db, sql: "SELECT number, key, name FROM person") {
            insert(
                Known(number: try row.at(0), person: PersonName(key: try row.at(1), name: try row.at(2)), aliases: []))
        }
        for row in try Row.fetchAll(db, sql: "SELECT person, name FROM alias ORDER BY name") {
            note(alias: try row.at(1), of: try row.at(0))
        }
    }

    /// A name as it is compared: neither case nor accents nor the width of spaces count.
    static func folded(_ name: String) -> String {
        name.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private mutating func insert(_ known: Known) {
        people[known.number] = known
        numberOfKey[known.person.key] = known.number
        for name in [known.person.key, known.person.name] {
            numbersOfFolded[Self.folded(name), default: []].insert(known.number)
        }
    }

    private mutating func note(alias: String, of number: Int64) {
        people[number]?.aliases.append(alias)
        numbersOfFolded[Self.folded(alias), default: []].insert(number)
    }

    /// Everybody by key.
    var sorted: [Known] { people.values.sorted { $0.person.key < $1.person.key } }

    /// Those a name can mean: the one with exactly this key, else all whose key, name or alias is the same folded.
    func meant(by name: String) -> [Known] {
        if let number = numberOfKey[name], let known = people[number] { return [known] }
        return (numbersOfFolded[Self.folded(name)] ?? []).compactMap { people[$0] }.sorted { $0.number < $1.number }
    }

    /// The one person a name means.
    ///
    /// - Throws: `JournalError.unknownPerson` when it means nobody or several.
    func one(_ name: String) throws(JournalError) -> Known {
        let meant = meant(by: name)
        if meant.count == 1 { return meant[0] }
        if meant.count > 1 {
            throw .unknownPerson(name: name, similar: meant.map { "\($0.person.name) (\($0.person.key))" })
        }
        throw .unknownPerson(name: name, similar: similar(to: name))
    }

    /// Names that a name could be meant for: one is the beginning of the other, or few letters differ.
    ///
    /// Up to two letters, and no more than a third of the name: "Al" is not almost "Bo".
    func similar(to name: String) -> [String] {
        let folded = Self.folded(name)
        guard !folded.isEmpty else { return [] }
        let most = min(2, folded.count / 3)
        return sorted.filter { known in
            ([known.person.name] + known.aliases).map(Self.folded).contains {
                $0.hasPrefix(folded) || folded.hasPrefix($0) || EditDistance.between($0, folded) <= most
            }
        }.prefix(5).map(\.person.name)
    }

    /// The person with this key, or whose alias it is; made when there is none.
    mutating func number(of person: PersonName, in db: Database) throws -> Int64 {
        if let number = numberOfKey[person.key] { return number }
        let folded = Self.folded(person.key)
        let byAlias = (numbersOfFolded[folded] ?? []).filter { number in
            people[number]?.aliases.contains { Self.folded($0) == folded } ?? false
        }
        if byAlias.count == 1, let number = byAlias.first { return number }
        try db.execute(sql: "INSERT INTO person (key, name) VALUES (?, ?)", arguments: [person.key, person.name])
        insert(Known(number: db.lastInsertedRowID, person: person, aliases: []))
        return db.lastInsertedRowID
    }

    /// The person a name means, or a new one whose key is made from the name.
    mutating func person(named name: String) throws(JournalError) -> PersonName {
        let meant = meant(by: name)
        if meant.isEmpty { return PersonName(key: newKey(for: name), name: name) }
        return try one(name).person
    }

    /// The letters and digits of a name, other characters as single hyphens.
    static func key(of name: String) -> String {
        let plain = folded(name).unicodeScalars.map { scalar -> Character in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? Character(scalar) : "-"
        }
        let words = String(plain).split(separator: "-").joined(separator: "-")
        return words.isEmpty ? "person" : String(words.prefix(40))
    }

    /// A key made of a name, not in use yet.
    private func newKey(for name: String) -> String {
        let key = Self.key(of: name)
        var candidate = key
        var count = 1
        while !self.meant(by: candidate).isEmpty {
            count += 1
            candidate = "\(key)-\(count)"
        }
        return candidate
    }

    /// Gives a person another name.
    ///
    /// - Throws: `JournalError.nameTaken` when it is somebody else's.
    mutating func add(alias: String, to number: Int64, in db: Database) throws {
        let folded = Self.folded(alias)
        let owners = numbersOfFolded[folded] ?? []
        if owners.contains(number) { return }
        if let owner = owners.first, let known = people[owner] {
            throw JournalError.nameTaken(name: alias, by: known.person.name)
        }
        try db.execute(
            sql: "INSERT INTO alias (folded, name, person) VALUES (?, ?, ?)", arguments: [folded, alias, number])
        note(alias: alias, of: number)
    }
}
