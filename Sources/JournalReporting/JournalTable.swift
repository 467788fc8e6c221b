import Journal
import Reporting

/// Meetings, people and follow-ups as comma-separated values.
///
/// Columns have the names of the JSON form, levels joined by dots; what is null is an empty field.
enum JournalTable {
    /// One row a meeting.
    static func text(of meetings: [MeetingSummary]) -> String {
        table(
            [
                "id", "date", "person.key", "person.name", "lengthMinutes", "provenance", "myFloorShare", "notedShare",
                "disagreement", "speechSeconds", "pattern.name", "pattern.towards", "pattern.description",
                "pattern.borderline", "genuinelyTwoWay", "firstAskedAboutMe", "questions.meToThem",
                "questions.themToMe", "help.me", "help.them", "followUps.me.promised", "followUps.me.kept",
                "followUps.them.promised", "followUps.them.kept", "invited", "feeling",
            ], meetings.map(\.json), extra: "tags", meetings.map { $0.tags.joined(separator: ";") })
    }

    /// One row a person.
    static func text(of people: [PersonHistory]) -> String {
        table(
            [
                "person.key", "person.name", "meetingCount", "firstMet", "lastMet", "lengthMinutes", "pooledShare",
                "slope", "questions.meToThem", "questions.themToMe", "questionBalance", "given.me", "given.them",
                "benefitBalance", "mutual", "followUps.me.promised", "followUps.me.kept", "followUps.them.promised",
                "followUps.them.kept", "followThrough.me", "followThrough.them", "daysSinceGiving.me",
                "daysSinceGiving.them", "oneSidedRun.towards", "oneSidedRun.length", "openCount.me", "openCount.them",
            ], people.map { $0.json(withMeetings: false) })
    }

    /// One row an open follow-up.
    static func text(of obligations: [Obligation], today: CalendarDay) -> String {
        table(
            [
                "id", "number", "meetingDate", "person.key", "person.name", "by", "kind", "what", "promised", "due",
                "daysOverdue",
            ], obligations.map { $0.json(today: today) })
    }

    private static func table(
        _ columns: [String], _ rows: [JSONValue], extra: String? = nil, _ values: [String] = []
    ) -> String {
        let paths = columns.map { $0.split(separator: ".").map(String.init) }
        var text = MetricsTable.line(columns + (extra.map { [$0] } ?? []))
        for (index, row) in rows.enumerated() {
            text += MetricsTable.line(paths.map { field(row, $0) } + (extra == nil ? [] : [values[index]]))
        }
        return text
    }

    private static func field(_ json: JSONValue, _ path: [String]) -> String {
        switch path.reduce(json, { $0[$1] ?? .null }) {
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): value.isFinite ? JSONValue.digits(of: value) : ""
        case .string(let value): value
        case .null, .array, .object: ""
        }
    }
}
