import ArgumentParser
import Journal
import JournalReporting
import Reporting

/// `twoway journal summary`: everybody at a glance.
struct JournalSummary: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Show everybody at a glance: with whom is it a two-way street?",
        discussion: "Example: twoway journal summary --since 2026-01-01")

    @OptionGroup(title: "Which meetings")
    var filter: FilterOptions

    @OptionGroup
    var today: TodayOptions

    @OptionGroup(title: "The result")
    var view: ViewOptions

    @OptionGroup(title: "The page")
    var page: PageOptions

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func validate() throws { try page.check(input: journal.journal ?? "-", output: view.output) }

    func run() async throws {
        try await reportingFailures {
            let store = try journal.open(createsFile: false)
            defer { store.close() }
            let everybody = try store.overview(filter.filter, today: today.day)
            try page.write(text: OverviewPage(everybody, version: Twoway.version).text)
            let overview = OverviewView(everybody)
            try view.write(
                text: overview.text, json: overview.json(version: Twoway.version).text(.indented), csv: overview.csv)
        }
    }
}
