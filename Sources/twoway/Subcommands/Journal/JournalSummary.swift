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

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func run() async throws {
        try await reportingFailures {
            let store = try journal.open(createsFile: false)
            defer { store.close() }
            let page = OverviewView(try store.overview(filter.filter, today: today.day))
            try view.write(text: page.text, json: page.json(version: Twoway.version).text(.indented), csv: page.csv)
        }
    }
}
