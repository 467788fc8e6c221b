public import Journal
import Reciprocity
public import Reporting

/// A person over all meetings, for people and programs.
public struct PersonView: Sendable {
    let history: PersonHistory

    /// The view of a person.
    public init(_ history: PersonHistory) { self.history = history }

    /// The view for programs.
    public func json(version: String) -> JSONValue {
        guard case .object(var members) = history.json(withMeetings: true) else { return .null }
        members["twoway"] = .string(version)
        return .object(members)
    }

    /// The view as comma-separated values: one row.
    public var csv: String { JournalTable.text(of: [history]) }

    /// The view for people; no line is longer than 80 columns.
    public func text(_ style: TextStyle = TextStyle()) -> String {
        let words = JournalWords(style: style)
        var lines = heading(words)
        lines += words.section("The floor over all meetings", floor(words))
        lines += words.section("What it was", patterns(words))
        lines += words.section("Questions", questions(words))
        lines += words.section("Who gives", giving(words))
        lines += words.section("Still open", open(words))
        lines += words.section("Newest meetings", newest(words))
        return lines.map { $0 + "\n" }.joined()
    }

    /// Rows of the newest meetings, count.
    private static let newestCount = 10

    /// Most open follow-ups shown, count; all of them are in `owe`.
    private static let openCount = 10

    private func open(_ words: JournalWords) -> [String] {
        let shown = history.openFollowUps.prefix(Self.openCount)
        let rows = shown.flatMap { ObligationRow($0, today: history.today).lines(words, named: false) }
        let rest = history.openFollowUps.count - shown.count
        guard rest > 0 else { return rows }
        let key = ColumnWidth.printable(history.person.key)
        return rows + words.paragraph("and \(rest) more: twoway journal owe --with \(key)", .faint)
    }

    private var name: String { history.person.name }

    private func heading(_ words: JournalWords) -> [String] {
        var lines = [words.style.ink(.heading, words.name(name, columns: 78))]
        let minutes = history.meetings.reduce(0) { $0 + $1.lengthMinutes }
        var facts = JournalWords.count(history.meetings.count, "meeting", "meetings")
        if let first = history.meetings.first?.date, let last = history.meetings.last?.date {
            facts += first == last ? " on \(first)" : " from \(first) to \(last)"
        }
        lines.append(words.style.ink(.faint, facts + ", " + MeetingList.hours(minutes)))
        if !history.aliases.isEmpty {
            let also = history.aliases.map { ColumnWidth.printable($0) }.joined(separator: ", ")
            lines += words.paragraph("Also called \(also)", .faint, indent: "")
        }
        return lines
    }

    private func floor(_ words: JournalWords) -> [String] {
        guard let mine = history.pooledShare else { return words.paragraph("Nothing is known of the talking.") }
        let style = words.style
        let shown = PlainNumber.percents(mine, 1 - mine)
        let them = words.name(name, columns: JournalWords.rowName)
        let width = max(ColumnWidth.of(them), 3)
        func row(_ label: String, _ number: String, _ share: Double, _ ink: TextStyle.Ink) -> String {
            let number = number.replacing("\u{A0}", with: " ")
            return JournalWords.indent + style.ink(ink, ColumnWidth.padded(label, to: width)) + "  "
                + JournalWords.trailing(number, 9) + "  " + style.ink(ink, words.bar(share, columns: 40))
        }
        var lines = [row("You", shown.0, mine, .personA), row(them, shown.1, 1 - mine, .personB)]
        let shares = history.meetings.map(\.myFloorShare)
        if shares.count > 1 {
            let columns = TextStyle.width - JournalWords.indent.count - width - 13
            lines += [
                JournalWords.indent + ColumnWidth.padded("Trend", to: width) + "             "
                    + style.ink(.personA, words.sparkline(shares, columns: min(columns, 40)))
            ]
            lines += words.paragraph(
                "The trend is your share, oldest meeting first\(shares.count > 40 ? ", the newest 40" : "").", .faint)
        }
        if let slope = sentences(words).slope { lines += words.paragraph(slope) }
        return lines
    }

    private func sentences(_ words: JournalWords) -> PersonSentences {
        PersonSentences(history: history, name: words.spoken(name))
    }

    private func patterns(_ words: JournalWords) -> [String] {
        let sentences = sentences(words)
        return words.paragraph(sentences.patterns(times: words.style.asciiOnly ? "x" : "×"))
            + (sentences.run.map { words.paragraph($0) } ?? [])
    }

    private func questions(_ words: JournalWords) -> [String] {
        sentences(words).questions.map { words.paragraph($0) } ?? []
    }

    private func giving(_ words: JournalWords) -> [String] {
        let sentences = sentences(words)
        return words.paragraph(sentences.giving) + words.paragraph(PersonSentences.givingNote, .faint)
            + [sentences.lastGiven, sentences.followThrough].compactMap { $0 }.flatMap { words.paragraph($0) }
    }

    private func newest(_ words: JournalWords) -> [String] {
        history.meetings.suffix(Self.newestCount).reversed().map { meeting in
            var row = "\(JournalWords.indent)\(meeting.date)  "
            row += words.style.ink(.personA, words.bar(meeting.myFloorShare, columns: 10))
            row += JournalWords.trailing(words.share(meeting.myFloorShare), 6) + "  "
            row += ColumnWidth.padded(JournalWords.pattern(meeting), to: 18)
            row += meeting.feeling.map { "felt \($0)" } ?? ""
            while row.hasSuffix(" ") { row.removeLast() }
            return row
        }
    }
}
