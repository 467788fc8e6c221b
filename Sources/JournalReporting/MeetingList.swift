public import Journal
public import Reporting

/// The list of meetings, one row each.
public struct MeetingList: Sendable {
    let meetings: [MeetingSummary]

    /// A list of meetings, in the order given.
    public init(_ meetings: [MeetingSummary]) { self.meetings = meetings }

    /// The list for people; no line is longer than 80 columns.
    public func text(_ style: TextStyle = TextStyle()) -> String {
        guard !meetings.isEmpty else { return "No meetings.\n" }
        let words = JournalWords(style: style)
        var lines = [style.ink(.heading, Self.heading)] + meetings.flatMap { row($0, words) }
        let minutes = meetings.reduce(0) { $0 + $1.lengthMinutes }
        lines += ["", JournalWords.count(meetings.count, "meeting", "meetings") + ", " + Self.hours(minutes)]
        lines += [style.ink(.faint, "You: your share of the floor. Felt: 1 to 9. More of one: twoway journal show ID")]
        if meetings.contains(where: { $0.disagreement != nil }) {
            lines += [style.ink(.faint, "! The note and the recording disagree by more than 15 points.")]
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static let heading =
        ColumnWidth.padded("Date", to: 12) + ColumnWidth.padded("With", to: JournalWords.rowName + 2)
        + JournalWords.trailing("Length", 8) + "  " + ColumnWidth.padded("You", to: 18)
        + ColumnWidth.padded("Pattern", to: 18)
        + "Felt"

    /// A length in words.
    static func hours(_ minutes: Double) -> String {
        minutes < 90
            ? "\(PlainNumber.decimal(minutes, decimals: 0)) minutes in all"
            : "\(PlainNumber.decimal(minutes / 60, decimals: 1)) hours in all"
    }

    /// The row of a meeting; a second one where the identifier is not day and key.
    private func row(_ meeting: MeetingSummary, _ words: JournalWords) -> [String] {
        let name = words.name(meeting.person.name, columns: JournalWords.rowName)
        let length = PlainNumber.decimal(meeting.lengthMinutes, decimals: 0) + " min"
        let mark = meeting.disagreement == nil ? " " : "!"
        var row =
            "\(meeting.date)  " + ColumnWidth.padded(name, to: JournalWords.rowName) + "  "
            + JournalWords.trailing(length, 8) + "  "
        row += words.style.ink(.personA, words.bar(meeting.myFloorShare, columns: 10))
        row += JournalWords.trailing(words.share(meeting.myFloorShare), 6) + mark + " "
        row += ColumnWidth.padded(JournalWords.pattern(meeting), to: 18)
        row += JournalWords.trailing(meeting.feeling.map { "\($0)" } ?? "", 4)
        while row.hasSuffix(" ") { row.removeLast() }
        guard meeting.id != "\(meeting.date)-\(meeting.person.key)" else { return [row] }
        return [row, words.style.ink(.faint, "            ID " + words.name(meeting.id, columns: 64))]
    }

    /// The list for programs.
    public func json(version: String) -> JSONValue {
        .object(["twoway": .string(version), "meetings": .array(meetings.map(\.json))])
    }

    /// The text of ``json(version:)`` without holding the whole of it as values: ten thousand meetings are many.
    public func jsonText(version: String) -> String {
        guard !meetings.isEmpty else { return json(version: version).text(.indented) }
        var text = "{\n  \"meetings\": [\n"
        for (index, meeting) in meetings.enumerated() {
            text += "    "
            text += meeting.json.text(.indented, depth: 2)
            text += index + 1 < meetings.count ? ",\n" : "\n"
        }
        return text + "  ],\n  \"twoway\": " + JSONValue.string(version).text(.indented, depth: 1) + "\n}\n"
    }

    /// The list as comma-separated values, one row a meeting (RFC 4180, with line feeds).
    public var csv: String { JournalTable.text(of: meetings) }
}
