import Journal
import Testing

@Suite("People of the journal")
struct JournalPeopleTests {
    let journal: ScratchJournal
    let store: JournalStore

    init() throws {
        journal = try ScratchJournal()
        store = try journal.open()
        for (id, name) in [("a", "Dana"), ("b", "Dana K."), ("c", "José Díaz"), ("d", "Theo")] {
            _ = try store.add(try plainEntry(id, with: name))
        }
    }

    @Test("A person is found by key, name and alias, whatever the case, the accents and the spaces")
    func finding() throws {
        for name in ["dana", "DANA", " Dana"] { #expect(try store.person(named: name).key == "dana") }
        for name in ["jose diaz", "José  Díaz", "jose-diaz"] {
            #expect(try store.person(named: name).key == "jose-diaz")
        }
        // A further meeting is with the same person.
        _ = try store.add(try plainEntry("e", "2026-11-26", with: "jose diaz"))
        #expect(try store.people().first { $0.person.key == "jose-diaz" }?.meetingCount == 2)
    }

    @Test("A name that nobody has is an error that names those it could be")
    func unknown() {
        #expect(throws: JournalError.unknownPerson(name: "Tho", similar: ["Theo"])) { try store.person(named: "Tho") }
        #expect(throws: JournalError.unknownPerson(name: "Zora", similar: [])) { try store.person(named: "Zora") }
    }

    @Test("Two people made by mistake become one, with all meetings and all names")
    func merging() throws {
        #expect(try store.merge("Dana K.", into: "Dana").key == "dana")
        #expect(try store.summaries(MeetingFilter(person: "dana k.")).map(\.id) == ["a", "b"])
        #expect(try store.people().map(\.person.name) == ["Dana", "José Díaz", "Theo"])
        #expect(try store.people().first?.aliases == ["Dana K.", "dana-k"])
        #expect(throws: JournalError.self) { try store.merge("Dana K.", into: "Dana") }
        // An old export with the key of the one who is gone finds the one who stays.
        let lines = JournalImportingTests.text(JournalImportingTests.line("z", key: "dana-k", name: "Dana K."))
        _ = try store.importLines(lines, from: "old")
        #expect(try store.entry("z").person.key == "dana")
    }

    @Test("A new name keeps the key, and the old name still finds the person")
    func renaming() throws {
        #expect(try store.rename("Theo", to: "Theodor") == PersonName(key: "theo", name: "Theodor"))
        #expect(try store.person(named: "Theo").name == "Theodor")
        #expect(try store.person(named: "theodor").key == "theo")
        #expect(throws: JournalError.nameTaken(name: "dana", by: "Dana")) { try store.rename("Theo", to: "dana") }
        // And back again.
        #expect(try store.rename("Theodor", to: "Theo").name == "Theo")
        #expect(try store.person(named: "Theodor").key == "theo")
    }

    @Test("An alias belongs to one person")
    func aliases() throws {
        #expect(try store.addAlias("the potter", to: "Dana").key == "dana")
        #expect(throws: JournalError.nameTaken(name: "The Potter", by: "Dana")) {
            try store.addAlias("The Potter", to: "Theo")
        }
        #expect(try store.removeAlias("THE POTTER", from: "Dana").key == "dana")
        #expect(try store.addAlias("The Potter", to: "Theo").key == "theo")
    }

    @Test("Whom no meeting is about any more is gone, names and all")
    func forgotten() throws {
        _ = try store.addAlias("the potter", to: "Theo")
        try store.remove(["d"])
        #expect(throws: JournalError.self) { try store.person(named: "the potter") }
        _ = try store.update("a") { $0.person = PersonName(key: "", name: "Theo") }
        #expect(try store.people().map(\.person.key) == ["dana-k", "jose-diaz", "theo"])
    }
}
