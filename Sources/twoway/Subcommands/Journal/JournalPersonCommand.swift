import ArgumentParser
import Journal
import JournalReporting
import Reporting

/// `twoway journal person`: one person over all meetings.
struct JournalPersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "Show how it goes with one person over all meetings.",
        discussion: """
            The share of the floor over all meetings and its trend, who asks, who gives, who keeps promises, and what \
            is still open.

            Example: twoway journal person Dana
            """)

    @Argument(help: ArgumentHelp("Name, key or alias.", valueName: "name"))
    var name: String

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
            let history = try store.history(of: name, today: today.day)
            try page.write(text: PersonPage(history, version: Twoway.version).text)
            let person = PersonView(history)
            try view.write(
                text: person.text, json: person.json(version: Twoway.version).text(.indented), csv: person.csv)
        }
    }
}
