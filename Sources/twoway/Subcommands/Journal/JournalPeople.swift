import ArgumentParser
import Journal
import JournalReporting
import Reporting

/// `twoway journal people`: names and aliases.
struct JournalPeople: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "List everybody; merge, rename, give aliases.",
        discussion: """
            Example: twoway journal people merge "Dana K." Dana
            Example: twoway journal people rename Dana "Dana Kovac"
            """,
        subcommands: [PeopleList.self, PeopleMerge.self, PeopleRename.self, PeopleAlias.self],
        defaultSubcommand: PeopleList.self)
}

/// `twoway journal people list`.
struct PeopleList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List everybody with key and aliases.",
        discussion: "Example: twoway journal people list --format json")

    @OptionGroup(title: "The result")
    var view: ViewOptions

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func run() async throws {
        try await reportingFailures {
            let store = try journal.open(createsFile: false)
            defer { store.close() }
            let page = PeopleView(try store.people())
            try view.write(text: page.text, json: page.json(version: Twoway.version).text(.indented), csv: page.csv)
        }
    }
}

/// `twoway journal people merge`.
struct PeopleMerge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Make one person of two; the names of the first become aliases of the second.",
        discussion: "Example: twoway journal people merge \"Dana K.\" Dana")

    @Argument(help: ArgumentHelp("Who goes: name, key or alias.", valueName: "name"))
    var name: String

    @Argument(help: ArgumentHelp("Who stays.", valueName: "into"))
    var other: String

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func run() async throws {
        try await reportingFailures {
            let store = try journal.open(createsFile: false)
            defer { store.close() }
            let kept = try store.merge(name, into: other)
            StandardError.write("All meetings with \(name) are with \(kept.name) now.\n")
        }
    }
}

/// `twoway journal people rename`.
struct PeopleRename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename", abstract: "Change the name that is shown; the old one becomes an alias.",
        discussion: "Example: twoway journal people rename Dana \"Dana Kovac\"")

    @Argument(help: ArgumentHelp("Name, key or alias.", valueName: "name"))
    var name: String

    @Argument(help: ArgumentHelp("The new name.", valueName: "new-name"))
    var newName: String

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func run() async throws {
        try await reportingFailures {
            let store = try journal.open(createsFile: false)
            defer { store.close() }
            let person = try store.rename(name, to: newName)
            StandardError.write("\(name) is shown as \(person.name) now.\n")
        }
    }
}

/// `twoway journal people alias`.
struct PeopleAlias: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alias", abstract: "Give a person another name to be found by, or take it away.",
        discussion: "Example: twoway journal people alias Dana \"the potter\"")

    @Argument(help: ArgumentHelp("Name, key or alias.", valueName: "name"))
    var name: String

    @Argument(help: ArgumentHelp("The other name.", valueName: "alias"))
    var alias: String

    @Flag(help: "Take the other name away; name and key stay.")
    var remove = false

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func run() async throws {
        try await reportingFailures {
            let store = try journal.open(createsFile: false)
            defer { store.close() }
            let message =
                try remove ? taken(from: store) : "\(store.addAlias(alias, to: name).name) is called \(alias) too"
            StandardError.write(message + ".\n")
        }
    }

    /// Takes the other name away; says so where there was none to take.
    private func taken(from store: JournalStore) throws -> String {
        func finds(_ person: PersonName) -> Bool { (try? store.person(named: alias)) == person }
        let person = try store.person(named: name)
        guard finds(person) else { return "\(person.name) has no other name \(alias); nothing is changed" }
        _ = try store.removeAlias(alias, from: name)
        return finds(person)
            ? "\(alias) is the name or the key of \(person.name), which stays"
            : "\(person.name) is not found as \(alias) any more"
    }
}
