public import Journal
public import Reporting

/// What is open each way, for people and programs.
public struct ObligationView: Sendable {
    let obligations: [Obligation]
    let today: CalendarDay

    /// The view of follow-ups, in the order given.
    public init(_ obligations: [Obligation], today: CalendarDay) {
        self.obligations = obligations
        self.today = today
    }

    /// The view for programs.
    public func json(version: String) -> JSONValue {
        .object([
            "twoway": .string(version), "today": JSONValue(today),
            "open": .array(obligations.map { $0.json(today: today) }),
        ])
    }

    /// The view as comma-separated values: one row a follow-up.
    public var csv: String { JournalTable.text(of: obligations, today: today) }

    /// The view for people; no line is longer than 80 columns.
    public func text(_ style: TextStyle = TextStyle()) -> String {
        let words = JournalWords(style: style)
        guard !obligations.isEmpty else { return "Nothing is open.\n" }
        var lines = [style.ink(.heading, "Open on \(today)")]
        for (side, title) in [(Side.me, "You owe"), (.them, "You are owed")] {
            let rows = obligations.filter { $0.followUp.by == side }
            lines += words.section(title, rows.flatMap { ObligationRow($0, today: today).lines(words, named: true) })
        }
        if let first = obligations.first(where: { $0.followUp.by == .me }) ?? obligations.first {
            lines += [""]
            lines += words.paragraph(
                "When it is done: twoway journal edit \(ColumnWidth.printable(first.id)) --done \(first.number)",
                .faint,
                indent: "")
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

/// One open follow-up as a row of a view.
struct ObligationRow {
    let obligation: Obligation
    let today: CalendarDay

    init(_ obligation: Obligation, today: CalendarDay) {
        self.obligation = obligation
        self.today = today
    }

    /// When, what, and with whom if `named`.
    func lines(_ words: JournalWords, named: Bool) -> [String] {
        let followUp = obligation.followUp
        let name = words.spoken(obligation.person.name)
        var text = FollowUpSentence(followUp, name: name).matter
        if named { text = "\(followUp.by == .me ? "to" : "from") \(name), \(text)" }
        if !named { text = "by \(followUp.by == .me ? "you" : name), " + text }
        let number = "#\(obligation.number) of \(ColumnWidth.printable(obligation.id))"
        return words.labelled(when, text, width: 16)
            + words.labelled("", number, width: 16).map { words.style.ink(.faint, $0) }
    }

    /// When it is due, in a few words.
    var when: String {
        guard let due = obligation.followUp.due else { return "no day set" }
        if let late = obligation.daysOverdue(on: today) {
            return "\(JournalWords.count(late, "day", "days")) late"
        }
        return due == today ? "due today" : "due \(due)"
    }
}
