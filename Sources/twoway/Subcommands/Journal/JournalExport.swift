import ArgumentParser
import Journal
import JournalReporting

/// Forms in which entries leave and enter the journal.
enum ExchangeFormat: String, ExpressibleByArgument, CaseIterable {
    case jsonl, csv
}

/// `twoway journal export`: entries to a file.
struct JournalExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Export meetings as JSON Lines (everything) or CSV (the simple fields).",
        discussion: """
            JSON Lines hold all there is, recordings' timelines included, and import again without loss. CSV is for \
            spreadsheets: one row a meeting, without blocks, help, follow-ups and timelines. Only you can read the file.

            Example: twoway journal export --output journal.jsonl
            """)

    @OptionGroup(title: "Which meetings")
    var filter: FilterOptions

    @Option(help: "The form of the result.")
    var format = ExchangeFormat.jsonl

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result here, whole or not at all.", valueName: "file"))
    var output: String?

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func run() async throws {
        try await reportingFailures {
            let store = try journal.open(createsFile: false)
            defer { store.close() }
            let items = try store.export(filter.filter)
            let text =
                switch format {
                case .jsonl: items.map { JSONLines.line(of: $0.entry, aliases: $0.aliases) }.joined()
                case .csv: EntryTable.text(of: items.map(\.entry))
                }
            try ResultOutput(path: output).writePrivately(text)
        }
    }
}
