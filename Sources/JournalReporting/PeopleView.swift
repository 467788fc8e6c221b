public import Journal
public import Reporting

/// Names, keys and aliases, for people and programs.
public struct PeopleView: Sendable {
    let people: [JournalPerson]

    /// The view of everybody, in the order given.
    public init(_ people: [JournalPerson]) { self.people = people }

    /// The view for programs.
    public func json(version: String) -> JSONValue {
        .object([
            "twoway": .string(version),
            "people": .array(
                people.map {
                    .object([
                        "key": .string($0.person.key), "name": .string($0.person.name),
                        "aliases": .array($0.aliases.map(JSONValue.string)), "meetingCount": .integer($0.meetingCount),
                        "lastMet": JSONValue($0.lastMet),
                    ])
                }),
        ])
    }

    /// The view as comma-separated values: one row a person, aliases joined by semicolons.
    public var csv: String {
        MetricsTable.line(["key", "name", "aliases", "meetingCount", "lastMet"])
            + people.map {
                MetricsTable.line([
                    $0.person.key, $0.person.name, $0.aliases.joined(separator: ";"), "\($0.meetingCount)",
                    "\($0.lastMet)",
                ])
            }.joined()
    }

    /// The view for people; no line is longer than 80 columns.
    public func text(_ style: TextStyle = TextStyle()) -> String {
        guard !people.isEmpty else { return "Nobody yet.\n" }
        let words = JournalWords(style: style)
        var lines = [
            style.ink(
                .heading,
                ColumnWidth.padded("Name", to: 26) + ColumnWidth.padded("Key", to: 26)
                    + ColumnWidth.padded(" Met", to: 6)
                    + "Last")
        ]
        for person in people {
            lines.append(
                ColumnWidth.padded(words.name(person.person.name, columns: 24), to: 26)
                    + ColumnWidth.padded(words.name(person.person.key, columns: 24), to: 26)
                    + JournalWords.trailing("\(person.meetingCount)", 4) + "  \(person.lastMet)")
            if !person.aliases.isEmpty {
                let also = person.aliases.map { ColumnWidth.printable($0) }.joined(separator: ", ")
                lines += words.paragraph("also \(also)", .faint)
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
