import ArgumentParser
import Foundation
import Journal

/// `twoway journal add`: a meeting noted by hand.
struct JournalAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Note a meeting.",
        discussion: """
            On a terminal it asks for what is missing; Enter leaves a question unanswered. Everywhere else everything \
            comes from options, of which --with, --date and --length are needed.

            Example: twoway journal add --with Dana --date 2026-11-25 --length 45 --my-share 30 --first-asked never
            Example: twoway journal add --with Theo --date today --length 55 --block them=0:00-2:00 --block me=2:00-7:00 \
            --follow-up "them,article,due=2026-12-01,the railway signs"
            """)

    @Option(name: .customLong("with"), help: ArgumentHelp("Whom you met.", valueName: "name"))
    var person: String?

    @Option(help: ArgumentHelp("The day: YYYY-MM-DD, today or yesterday.", valueName: "date"))
    var date: CalendarDay?

    @OptionGroup(title: "What you noted")
    var fields: EntryOptions

    @Option(help: ArgumentHelp("An identifier of your own; otherwise day and name.", valueName: "id"))
    var id: String?

    @Option(
        help: ArgumentHelp(
            "Put it into this recorded meeting, or \"new\" for a meeting of its own.", valueName: "id"))
    var entry: String?

    @Flag(help: "Never ask.")
    var noInput = false

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func run() async throws {
        try await reportingFailures {
            let draft = try makeDraft()
            let store = try journal.open(createsFile: true)
            defer { store.close() }
            let hint = try store.hint(forNew: draft.person.name)
            let outcome = try store.add(draft, into: EntryChoice(option: entry))
            try ResultOutput.standardOutput.write(outcome.entry.id + "\n")
            let done = outcome.change == .merged ? "Added to the recording" : "Noted"
            StandardError.write(
                "\(done): \(outcome.entry.person.name), \(outcome.entry.date). See it with "
                    + "`twoway journal show \(outcome.entry.id)`.\n" + (hint ?? ""))
        }
    }

    private func makeDraft() throws -> JournalEntry {
        let asks = !noInput && JournalQuestions.canAsk
        if asks {
            var draft = try JournalQuestions().required(person: person, date: date, length: fields.length)
            fields.apply(to: &draft, extends: false)
            draft.id = id ?? ""
            try JournalQuestions().optional(&draft)
            return draft
        }
        let missing = [
            person == nil ? "--with" : nil, date == nil ? "--date" : nil, fields.length == nil ? "--length" : nil,
        ].compactMap { $0 }
        guard let person, let date, let length = fields.length else {
            throw CommandFailure(
                "\(missing.joined(separator: ", ")) \(missing.count == 1 ? "is" : "are") missing, and there is no terminal "
                    + "to ask at.", status: .validationFailure)
        }
        var draft = JournalEntry(
            id: id ?? "", date: date, person: PersonName(key: "", name: person), lengthMinutes: length)
        fields.apply(to: &draft, extends: false)
        return draft
    }
}
