public import Journal
public import Reporting

/// Everybody at a glance, for people and programs.
public struct OverviewView: Sendable {
    let overview: JournalOverview

    /// The view of the whole journal.
    public init(_ overview: JournalOverview) { self.overview = overview }

    /// The view for programs.
    public func json(version: String) -> JSONValue {
        func keys(_ people: [PersonHistory]) -> JSONValue { .array(people.map { .string($0.person.key) }) }
        return .object([
            "twoway": .string(version), "meetingCount": .integer(overview.meetingCount),
            "people": .array(overview.people.map { $0.json(withMeetings: false) }),
            "twoWay": keys(overview.twoWay), "talkPastMe": keys(overview.talkPastMe),
            "talkedPast": keys(overview.talkedPast),
            "open": .array(overview.openFollowUps.map { $0.json(today: overview.today) }),
        ])
    }

    /// The view as comma-separated values: one row a person.
    public var csv: String { JournalTable.text(of: overview.people) }

    /// The view for people; no line is longer than 80 columns.
    public func text(_ style: TextStyle = TextStyle()) -> String {
        let words = JournalWords(style: style)
        guard !overview.people.isEmpty else { return "No meetings.\n" }
        let minutes = overview.people.reduce(0) { $0 + $1.meetings.reduce(0) { $0 + $1.lengthMinutes } }
        var lines = [
            style.ink(.heading, "Everybody you met"),
            style.ink(
                .faint,
                "\(JournalWords.count(overview.people.count, "person", "people")), "
                    + "\(JournalWords.count(overview.meetingCount, "meeting", "meetings")), \(MeetingList.hours(minutes))"
            ), "",
            style.ink(.heading, Self.heading),
        ]
        lines += overview.people.map { row($0, words) }
        lines += words.paragraph(
            "You: your share of the floor. Open: what you owe / what they owe.", .faint, indent: "")
        lines += words.section("A two-way street", names(overview.twoWay, words))
        lines += words.section("They talk past you", names(overview.talkPastMe, words))
        lines += words.section("You talk past them", names(overview.talkedPast, words))
        let overdue = overview.openFollowUps.filter { $0.daysOverdue(on: overview.today) != nil }
        var rows = overdue.prefix(Self.overdueRows).flatMap {
            ObligationRow($0, today: overview.today).lines(words, named: true)
        }
        if overdue.count > Self.overdueRows {
            rows += words.paragraph("and \(overdue.count - Self.overdueRows) more: twoway journal owe", .faint)
        }
        lines += words.section("Overdue", rows)
        return lines.map { $0 + "\n" }.joined()
    }

    private static let trendColumns = 12
    /// Most overdue follow-ups shown, count; all of them are in `owe`.
    private static let overdueRows = 10

    private static let heading =
        ColumnWidth.padded("With", to: JournalWords.rowName + 2) + " Met  " + ColumnWidth.padded("Last", to: 12)
        + ColumnWidth.padded("  You", to: 7) + ColumnWidth.padded("Trend", to: trendColumns + 2)
        + ColumnWidth.padded("Who gives", to: 16) + "  Open"

    private func row(_ person: PersonHistory, _ words: JournalWords) -> String {
        let name = words.name(person.person.name, columns: JournalWords.rowName)
        var row = ColumnWidth.padded(name, to: JournalWords.rowName + 2)
        row +=
            JournalWords.trailing("\(person.meetings.count)", 4) + "  \(person.meetings.last?.date.description ?? "")  "
        row += JournalWords.trailing(words.share(person.pooledShare), 5) + "  "
        let trend = words.sparkline(person.meetings.map(\.myFloorShare), columns: Self.trendColumns)
        row += words.style.ink(.personA, trend) + String(repeating: " ", count: Self.trendColumns + 2 - trend.count)
        row += ColumnWidth.padded(Self.giving(person), to: 16)
        let open = PerSide { side in person.openFollowUps.count { $0.followUp.by == side } }
        if open.me + open.them > 0 { row += JournalWords.trailing("\(open.me)/\(open.them)", 6) }
        while row.hasSuffix(" ") { row.removeLast() }
        return row
    }

    /// Who gives, in a few words, at most 16 columns.
    static func giving(_ person: PersonHistory) -> String {
        guard let balance = person.benefitBalance else { return "nobody" }
        if person.isMutual { return "both" }
        if person.given.them == 0 { return "only you" }
        if person.given.me == 0 { return "only they" }
        return balance > 0 ? "they give more" : "you give more"
    }

    private func names(_ people: [PersonHistory], _ words: JournalWords) -> [String] {
        guard !people.isEmpty else { return [] }
        return words.paragraph(
            people.map { person in
                let run = person.oneSidedRun.map { $0.length > 1 ? ", \($0.length) one-sided in a row" : "" } ?? ""
                return "\(words.spoken(person.person.name)) (you "
                    + "\(person.pooledShare.map { PlainNumber.percent($0) } ?? "")\(run))"
            }.joined(separator: ", "))
    }
}
