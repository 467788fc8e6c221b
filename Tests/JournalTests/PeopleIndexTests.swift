import Journal
import Testing

@Suite("Whom a name means")
struct PeopleIndexTests {
    let journal: ScratchJournal
    let store: JournalStore

    init() throws {
        journal = try ScratchJournal()
        store = try journal.open()
    }

    /// Adds a meeting with somebody and returns the key the person has.
    @discardableResult
    private func meet(_ name: String, _ id: String) throws -> String {
        try store.add(try plainEntry(id, with: name), into: .new).entry.person.key
    }

    @Test(
        "A key is made of the letters and digits of a name, at most 40",
        arguments: [
            ("Dana K.", "dana-k"), ("José  Díaz", "jose-diaz"), ("!!!", "person"), ("R2-D2", "r2-d2"),
            (String(repeating: "a", count: 50), String(repeating: "a", count: 40)),
        ])
    func keys(name: String, key: String) throws { #expect(try meet(name, "a") == key) }

    @Test("Names that make the same key are numbered, for they are different people")
    func numbers() throws {
        #expect(try meet("Dana", "a") == "dana")
        #expect(try meet("Dana!", "b") == "dana-2")
        #expect(try meet("Dana?", "c") == "dana-3")
        #expect(try meet("DANA", "d") == "dana")
    }

    @Test("A key means its person, even where it is somebody else's name")
    func keyFirst() throws {
        let lines = JournalImportingTests.text(
            JournalImportingTests.line("a", key: "sam", name: "Samuel"),
            JournalImportingTests.line("b", key: "sam-2", name: "Sam"))
        #expect(try store.importLines(lines, from: "old").added == 2)
        #expect(try store.person(named: "sam").name == "Samuel")
        // "SAM" is nobody's key, and folded it is the key of one and the name of the other.
        #expect(throws: JournalError.unknownPerson(name: "SAM", similar: ["Samuel (sam)", "Sam (sam-2)"])) {
            try store.person(named: "SAM")
        }
    }

    @Test(
        "Similar is a beginning, or two letters off, or a third of a short name",
        arguments: [
            ("Gord", ["Gordon"]), ("Gordon Ltd", ["Gordon"]), ("Gordan", ["Gordon"]), ("Alasdiar", ["Alasdair"]),
            ("Bx", []), ("Bob", ["Bo"]), ("Garden", ["Gordon"]), ("Garten", []),
        ] as [(String, [String])])
    func similar(name: String, found: [String]) throws {
        for (id, known) in [("a", "Gordon"), ("b", "Alasdair"), ("c", "Bo")] { try meet(known, id) }
        #expect(throws: JournalError.unknownPerson(name: name, similar: found)) { try store.person(named: name) }
    }
}
