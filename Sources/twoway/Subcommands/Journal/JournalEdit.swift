import ArgumentParser
import Journal

/// Fields that `--clear` makes not noted again.
enum ClearableField: String, ExpressibleByArgument, CaseIterable {
    case talking, firstAsked = "first-asked", questions, help, followUps = "follow-ups", feeling, note, tags
}

/// `twoway journal edit`: changes to an entry.
struct JournalEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change what is noted of a meeting, or mark a follow-up as done.",
        discussion: """
            What is not named stays. --help-offer, --follow-up and --tag add to what is there; --clear empties a field first.

            Example: twoway journal edit 2026-11-25-dana --done 2
            Example: twoway journal edit 2026-11-25-dana --clear talking --my-share 40
            """)

    @Argument(help: ArgumentHelp("Identifier of the meeting.", valueName: "id"))
    var id: String

    @Option(
        help: ArgumentHelp("A follow-up that was done, by its number: 2, or 2=2026-12-01.", valueName: "number"))
    var done: [DoneOption] = []

    @Option(help: "Make a field not noted again.")
    var clear: [ClearableField] = []

    @Option(name: .customLong("with"), help: ArgumentHelp("Whom you met.", valueName: "name"))
    var person: String?

    @Option(help: ArgumentHelp("The day.", valueName: "date"))
    var date: CalendarDay?

    @OptionGroup(title: "What you noted")
    var fields: EntryOptions

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func run() async throws {
        try await reportingFailures {
            let store = try journal.open(createsFile: false)
            defer { store.close() }
            let (clear, person, date, fields, done) = (clear, person, date, fields, done)
            let entry = try store.update(id) { entry in
                for field in clear { entry.clear(field) }
                if let date { entry.date = date }
                if let person { entry.person = PersonName(key: "", name: person) }
                fields.apply(to: &entry, extends: true)
                for option in done { try entry.markDone(option) }
            }
            StandardError.write("Changed: \(entry.person.name), \(entry.date).\n")
        }
    }
}

/// A follow-up that was done, as `2` or `2=2026-12-01`.
struct DoneOption: ExpressibleByArgument {
    let number: Int
    let day: CalendarDay

    init?(argument: String) {
        let sides = argument.split(separator: "=", maxSplits: 1)
        guard let number = sides.first.flatMap({ Int($0) }), number >= 1 else { return nil }
        guard sides.count == 2 else {
            (self.number, day) = (number, .today())
            return
        }
        guard let day = CalendarDay(argument: String(sides[1])) else { return nil }
        (self.number, self.day) = (number, day)
    }
}

extension JournalEntry {
    fileprivate mutating func clear(_ field: ClearableField) {
        switch field {
        case .talking: (blocks, resolution, minutes, mySharePercent) = (nil, nil, nil, nil)
        case .firstAsked: firstAskedAboutMe = nil
        case .questions: questions = PerSide(me: nil, them: nil)
        case .help: help = nil
        case .followUps: followUps = nil
        case .feeling: feeling = nil
        case .note: note = nil
        case .tags: tags = []
        }
    }

    fileprivate mutating func markDone(_ option: DoneOption) throws {
        guard var all = followUps, all.indices.contains(option.number - 1) else {
            throw FieldProblem(
                "followUps", "the meeting \(id) has no follow-up \(option.number); it has \(followUps?.count ?? 0)")
        }
        all[option.number - 1].kept = option.day
        followUps = all
    }
}
