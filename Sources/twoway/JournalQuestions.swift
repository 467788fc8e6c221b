import ArgumentParser
import Foundation
import Journal

/// What a question can be answered with.
private enum Answer<Value> {
    /// Enter: it stays not noted.
    case nothing
    /// The word none: noted that there is nothing.
    case none
    case value(Value)

    var content: Value? { if case .value(let value) = self { value } else { nil } }
}

/// Asks at the terminal for what an entry still lacks; questions go to standard error.
struct JournalQuestions {
    /// Whether somebody is there to answer.
    static var canAsk: Bool {
        isatty(FileHandle.standardInput.fileDescriptor) == 1 && StandardError.isTerminal
    }

    /// An entry with the required fields, those not given asked for until there is an answer.
    ///
    /// - Throws: `CommandFailure` when the input ends.
    func required(person: String?, date: CalendarDay?, length: Double?) throws -> JournalEntry {
        let name = try person ?? ask("Whom did you meet?") { $0.isEmpty ? nil : $0 }
        let day =
            try date
            ?? ask("On which day? (YYYY-MM-DD, Enter for today)") {
                $0.isEmpty ? .today() : CalendarDay(argument: $0)
            }
        let minutes = try length ?? ask("How long was it, in minutes?") { Double($0).flatMap { $0 > 0 ? $0 : nil } }
        return JournalEntry(id: "", date: day, person: PersonName(key: "", name: name), lengthMinutes: minutes)
    }

    /// Asks for what is not noted yet; Enter leaves it so.
    ///
    /// - Throws: `CommandFailure` when the input ends.
    func optional(_ entry: inout JournalEntry) throws {
        if !entry.notesTalking {
            entry.mySharePercent = try askOptional("Your share of the talk, in percent?") {
                Double($0).flatMap { (0...100).contains($0) ? $0 : nil }
            }
        }
        if entry.firstAskedAboutMe == nil {
            let length = entry.lengthMinutes
            entry.firstAskedAboutMe = try askOptional("In which minute were you first asked about yourself? (or never)")
            {
                FirstAskedOption(argument: $0).flatMap { option in
                    if case .minute(let minute) = option.value, !(0...length).contains(minute) { return nil }
                    return option.value
                }
            }
        }
        func count(_ text: String) -> Int? { Int(text).flatMap { $0 >= 0 ? $0 : nil } }
        if entry.questions.me == nil { entry.questions.me = try askOptional("Questions you asked about them?", count) }
        if entry.questions.them == nil {
            entry.questions.them = try askOptional("Questions they asked about you?", count)
        }
        if entry.help == nil {
            let offers = try askList("Help that was offered? (me=... or them=..., none)") {
                HelpOption(argument: $0)?.offer
            }
            entry.help = offers
        }
        if entry.followUps == nil {
            let date = entry.date
            entry.followUps = try askList("What was promised? (them,article,due=2026-12-01,what it is; none)") {
                FollowUpOption(argument: $0)?.followUp(of: date)
            }
        }
        if entry.feeling == nil {
            entry.feeling = try askOptional("How did you feel afterwards, 1 to 9?") {
                Int($0).flatMap { (1...9).contains($0) ? $0 : nil }
            }
        }
        if entry.note == nil { entry.note = try askOptional("A note?") { $0 } }
    }

    /// Asks until the answer can be used.
    private func ask<Value>(_ question: String, _ read: (String) -> Value?) throws -> Value {
        while true {
            StandardError.write(question + " ")
            guard let line = readLine() else {
                throw CommandFailure("The input ended; nothing was noted.", status: .validationFailure)
            }
            if let value = read(line.trimmingCharacters(in: .whitespaces)) { return value }
            StandardError.write("That cannot be used. ")
        }
    }

    private func askOptional<Value>(_ question: String, _ read: (String) -> Value?) throws -> Value? {
        try ask(question) { $0.isEmpty ? Answer.nothing : read($0).map(Answer.value) }.content
    }

    /// Asks for one after the other until an empty answer; nil when the first is empty, an empty list for "none".
    private func askList<Value>(_ question: String, _ read: (String) -> Value?) throws -> [Value]? {
        var values: [Value]?
        while true {
            let question = values == nil ? question : "Another?"
            let answer: Answer<Value> = try ask(question) { text in
                if text.isEmpty { return .nothing }
                return text.lowercased() == "none" ? Answer.none : read(text).map(Answer.value)
            }
            switch answer {
            case .nothing: return values
            case .none: return values ?? []
            case .value(let value): values = (values ?? []) + [value]
            }
        }
    }
}
