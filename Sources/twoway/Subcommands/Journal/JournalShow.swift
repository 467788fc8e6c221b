import ArgumentParser
import Journal
import JournalReporting
import Reporting

/// `twoway journal show`: one meeting with all its numbers.
struct JournalShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one meeting: the same report as of a recording, and what you noted.",
        discussion: """
            The meeting is named by its identifier, as `twoway journal list` shows it.

            Example: twoway journal show 2026-11-25-dana
            """)

    @Argument(help: ArgumentHelp("Identifier of the meeting.", valueName: "id"))
    var id: String

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
            let page = MeetingView(try store.meeting(id), version: Twoway.version, today: today.day)
            try view.write(text: page.text, json: page.json.text(.indented), csv: page.csv)
        }
    }
}
