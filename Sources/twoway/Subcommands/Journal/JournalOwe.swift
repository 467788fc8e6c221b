import ArgumentParser
import Journal
import JournalReporting
import Reporting

/// Forms in which open follow-ups can be printed.
enum OweFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv, ics
}

/// `twoway journal owe`: what is open each way.
struct JournalOwe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "owe",
        abstract: "Show what you owe to whom, and what you are owed; overdue first.",
        discussion: """
            --format ics is for a calendar: every follow-up with a due day becomes a task, or with --as event an entry \
            of that day.

            Example: twoway journal owe
            Example: twoway journal owe --by me --format ics --output owed.ics
            """)

    @OptionGroup(title: "Which meetings")
    var filter: FilterOptions

    @Option(help: "Only what this side owes.")
    var by: Side?

    @OptionGroup
    var today: TodayOptions

    @Option(help: "The form of the result.")
    var format = OweFormat.text

    @Option(name: .customLong("as"), help: "What a follow-up becomes in a calendar.")
    var component = ICalendar.Component.task

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result here, whole or not at all.", valueName: "file"))
    var output: String?

    @Option(help: "Colours in the text.")
    var color = ColorChoice.auto

    @Flag(help: "Draw with plain ASCII characters.")
    var ascii = false

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func run() async throws {
        try await reportingFailures {
            let store = try journal.open(createsFile: false)
            defer { store.close() }
            let open = try store.openFollowUps(filter.filter, today: today.day).filter {
                by == nil || $0.followUp.by == by
            }
            let page = ObligationView(open, today: today.day)
            let destination = ResultOutput(path: output)
            let text =
                switch format {
                case .text: page.text(TextStyle(color: color.isOn(for: destination), asciiOnly: ascii))
                case .json: page.json(version: Twoway.version).text(.indented)
                case .csv: page.csv
                case .ics: ICalendar.text(of: open, as: component, version: Twoway.version)
                }
            try destination.write(text)
        }
    }
}
