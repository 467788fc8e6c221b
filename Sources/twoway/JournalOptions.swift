public import ArgumentParser
import Foundation
import Journal
public import JournalReporting
import Reporting

extension ICalendar.Component: ExpressibleByArgument {}

/// Which journal.
struct JournalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The journal; otherwise TWOWAY_JOURNAL, otherwise the data folder of your system.", valueName: "file"))
    var journal: String?

    /// Opens the journal.
    ///
    /// - Throws: `JournalError`.
    func open(createsFile: Bool) throws -> JournalStore {
        try JournalStore(path: journal ?? JournalStore.defaultPath(), createsFile: createsFile)
    }
}

/// Forms in which a view of the journal can be printed.
enum ViewFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv
}

/// How and where a view is printed.
struct ViewOptions: ParsableArguments {
    @Option(help: "The form of the result.")
    var format = ViewFormat.text

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result here, whole or not at all.", valueName: "file"))
    var output: String?

    @Option(help: "Colours in the text.")
    var color = ColorChoice.auto

    @Flag(help: "Draw with plain ASCII characters.")
    var ascii = false

    /// Where the result goes.
    var destination: ResultOutput { ResultOutput(path: output) }

    /// How the text is drawn.
    var style: TextStyle {
        TextStyle(
            color: color.isOn(for: destination), asciiOnly: ascii || destination.isTerminal && TerminalLocale.isPlain)
    }

    /// Prints a view in the chosen form, into a file only for its owner; the other forms are not made.
    ///
    /// - Throws: `CommandFailure` with exit code 73.
    func write(text: (TextStyle) -> String, json: @autoclosure () -> String, csv: @autoclosure () -> String) throws {
        switch format {
        case .text: try destination.writePrivately(text(style))
        case .json: try destination.writePrivately(json())
        case .csv: try destination.writePrivately(csv())
        }
    }
}

/// Which meetings.
struct FilterOptions: ParsableArguments {
    @Option(name: .customLong("with"), help: ArgumentHelp("Only meetings with this person.", valueName: "name"))
    var person: String?

    @Option(help: ArgumentHelp("Only meetings from this day on.", valueName: "date"))
    var since: CalendarDay?

    @Option(help: ArgumentHelp("Only meetings up to this day.", valueName: "date"))
    var until: CalendarDay?

    @Option(
        help: ArgumentHelp("Only this pattern: \(MeetingPattern.names.joined(separator: ", ")).", valueName: "pattern"))
    var pattern: [String] = []

    @Option(help: ArgumentHelp("Only meetings with this tag.", valueName: "tag"))
    var tag: [String] = []

    func validate() throws {
        for name in pattern where !MeetingPattern.names.contains(name) {
            throw ValidationError(
                "--pattern \(name) is not known; known are \(MeetingPattern.names.joined(separator: ", ")).")
        }
        if let since, let until, until < since { throw ValidationError("--until is before --since.") }
    }

    /// The filter they make.
    var filter: MeetingFilter {
        MeetingFilter(person: person, since: since, until: until, patterns: pattern, tags: tag)
    }
}

/// The day that "overdue" and "days ago" count to.
struct TodayOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Count days to this one instead of today.", valueName: "date"))
    var asOf: CalendarDay?

    /// The day.
    var day: CalendarDay { asOf ?? .today() }
}

extension JournalStore {
    /// A hint for a name that is new although somebody is called almost so; nil when there is nothing to say.
    ///
    /// - Throws: `JournalError` of the file.
    func hint(forNew name: String) throws -> String? {
        guard let similar = try similarNames(toNew: name).first else { return nil }
        return "\(name) is new in the journal. If you meant \(similar): "
            + "twoway journal people merge \"\(name)\" \"\(similar)\"\n"
    }
}

extension EntryChoice {
    /// The choice of `--entry`: `new`, an identifier, or nothing.
    init(option: String?) {
        switch option {
        case nil: self = .automatic
        case "new": self = .new
        case let id?: self = .existing(id)
        }
    }
}
