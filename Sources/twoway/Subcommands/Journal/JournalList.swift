import ArgumentParser
import Journal
import JournalReporting

/// `twoway journal list`: meetings, one row each.
struct JournalList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List meetings, oldest first.",
        discussion: """
            Example: twoway journal list --with Dana --since 2026-01-01
            Example: twoway journal list --pattern latePitch --format csv
            """)

    @OptionGroup(title: "Which meetings")
    var filter: FilterOptions

    @Option(help: ArgumentHelp("Only the newest ones.", valueName: "count"))
    var last: Int?

    @OptionGroup(title: "The result")
    var view: ViewOptions

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func validate() throws {
        guard last ?? 1 >= 1 else { throw ValidationError("--last has to be at least 1.") }
    }

    func run() async throws {
        try await reportingFailures {
            let store = try journal.open(createsFile: false)
            defer { store.close() }
            let meetings = try store.summaries(filter.filter)
            let list = MeetingList(last.map { Array(meetings.suffix($0)) } ?? meetings)
            try view.write(text: list.text, json: list.jsonText(version: Twoway.version), csv: list.csv)
        }
    }
}
