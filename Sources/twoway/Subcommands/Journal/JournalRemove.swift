import ArgumentParser
import Foundation
import Journal

/// `twoway journal remove`: entries gone for good.
struct JournalRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove meetings for good.",
        discussion: """
            Their bytes are overwritten in the file. On a terminal it asks first and offers to export them; elsewhere \
            --yes is needed. --export FILE writes them as JSON Lines before, and nothing is removed if that fails.

            Example: twoway journal remove 2026-11-25-dana --export dana.jsonl
            """)

    @Argument(help: ArgumentHelp("Identifiers of the meetings.", valueName: "id"))
    var ids: [String] = []

    @Option(help: ArgumentHelp("All meetings with this person.", valueName: "name"))
    var person: String?

    @Option(help: ArgumentHelp("Write what is removed here before.", valueName: "file"))
    var export: String?

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func validate() throws {
        guard ids.isEmpty != (person == nil) else {
            throw ValidationError("Name the meetings by their identifiers, or a person with --person.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let store = try journal.open(createsFile: false)
            defer { store.close() }
            let leaving = try entries(in: store)
            var target = export
            if !yes {
                guard JournalQuestions.canAsk else {
                    throw CommandFailure(
                        "This removes \(leaving.count) meeting(s) for good; say --yes, and --export FILE to keep a copy.",
                        status: .validationFailure)
                }
                guard confirm(leaving, target: &target) else {
                    StandardError.write("Nothing was removed.\n")
                    return
                }
            }
            if let target {
                let text = leaving.map { JSONLines.line(of: $0.entry, aliases: $0.aliases) }.joined()
                try ResultOutput.file(target).writePrivately(text)
            }
            try store.remove(leaving.map(\.entry.id))
            StandardError.write("Removed \(leaving.count) meeting(s).\n")
            for backup in store.backups {
                StandardError.write("A copy from before an update still holds older meetings: \(backup)\n")
            }
        }
    }

    /// The meetings that are meant, all of them there.
    private func entries(in store: JournalStore) throws -> [JournalImport] {
        if let person { return try store.export(MeetingFilter(person: person)) }
        var seen: Set<String> = []
        let names = ids.filter { seen.insert($0).inserted }
        let aliases = Dictionary(
            try store.people().map { ($0.person.key, $0.aliases) }, uniquingKeysWith: { first, _ in first })
        return try names.map { id in
            let entry = try store.entry(id)
            return JournalImport(entry: entry, aliases: aliases[entry.person.key] ?? [])
        }
    }

    /// Asks whether to go on, and where to export to.
    private func confirm(_ leaving: [JournalImport], target: inout String?) -> Bool {
        for item in leaving.prefix(20) {
            StandardError.write("  \(item.entry.date)  \(item.entry.person.name)  (\(item.entry.id))\n")
        }
        if leaving.count > 20 { StandardError.write("  and \(leaving.count - 20) more\n") }
        if target == nil {
            StandardError.write("Export them first? File name, or Enter for no copy: ")
            guard let answer = readLine() else { return false }
            if !answer.isEmpty { target = answer }
        }
        StandardError.write("Remove for good? Type yes: ")
        return readLine()?.lowercased() == "yes"
    }
}
