import GRDB
import Reciprocity

/// One meeting in a list: what was noted in short, and the numbers computed when it was saved.
public struct MeetingSummary: Sendable, Hashable {
    /// Identifier of the entry.
    public var id: String
    /// The day.
    public var date: CalendarDay
    /// Whom I met.
    public var person: PersonName
    /// Length, minutes.
    public var lengthMinutes: Double
    /// Where the numbers come from.
    public var provenance: Provenance
    /// My share of the floor, 0...1; nil when nothing is known of the talking.
    public var myFloorShare: Double?
    /// My share by the hand-kept note where a recording gives the talking, 0...1.
    public var notedShare: Double?
    /// Seconds of speech of both, ≥ 0.
    public var speechSeconds: Double
    /// The pattern as I see it.
    public var pattern: MeetingPattern
    /// Whether the verdict was a close call.
    public var isBorderline: Bool
    /// Whether it was a two-way street in more than air-time.
    public var isGenuinelyTwoWay: Bool
    /// When I was first asked about myself; nil when not noted.
    public var firstAskedAboutMe: FirstAsked?
    /// Questions each side asked the other; nil where nobody counted.
    public var questions: PerSide<Int?>
    /// Offers of help each side made; nil when not noted.
    public var help: PerSide<Int>?
    /// What was promised or done; nil when not noted.
    public var followUps: [FollowUp]?
    /// I asked them to tell me everything.
    public var invited: Bool
    /// How I felt, 1...9.
    public var feeling: Int?
    /// Free labels.
    public var tags: [String]

    /// How far note and recording are apart, note minus audio; nil unless more than 0.15.
    public var disagreement: Double? { MeasuredMeeting.disagreement(noted: notedShare, heard: myFloorShare) }
}

/// Which meetings a view is about; nil is no limit.
public struct MeetingFilter: Sendable, Hashable {
    /// Only meetings with this person: key, name or alias.
    public var person: String?
    /// The first day.
    public var since: CalendarDay?
    /// The last day.
    public var until: CalendarDay?
    /// Only these patterns by name; empty is no limit.
    public var patterns: [String]
    /// Only meetings with all of these tags.
    public var tags: [String]

    /// A filter; without arguments all meetings pass.
    public init(
        person: String? = nil, since: CalendarDay? = nil, until: CalendarDay? = nil, patterns: [String] = [],
        tags: [String] = []
    ) {
        self.person = person
        self.since = since
        self.until = until
        self.patterns = patterns
        self.tags = tags
    }

    /// The filter as SQL over `meeting`.
    func condition(_ people: PeopleIndex) throws -> (sql: String, arguments: StatementArguments) {
        var parts: [String] = []
        var arguments = StatementArguments()
        if let person {
            parts.append("meeting.person = ?")
            arguments += [try people.one(person).number]
        }
        if let since {
            parts.append("meeting.date >= ?")
            arguments += ["\(since)"]
        }
        if let until {
            parts.append("meeting.date <= ?")
            arguments += ["\(until)"]
        }
        if !patterns.isEmpty {
            parts.append("meeting.pattern IN (\(Array(repeating: "?", count: patterns.count).joined(separator: ", ")))")
            arguments += StatementArguments(patterns)
        }
        for tag in tags {
            parts.append("meeting.number IN (SELECT meeting FROM tag WHERE name = ?)")
            arguments += [tag]
        }
        return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), arguments)
    }
}

extension MeetingSummary {
    /// Reads the summaries a condition selects, oldest first.
    static func all(
        where condition: String, arguments: StatementArguments, in db: Database, people: PeopleIndex
    ) throws -> [MeetingSummary] {
        let isEverything = condition == "1"
        let chosen = isEverything ? "1" : "meeting IN (SELECT number FROM meeting WHERE \(condition))"
        let part = isEverything ? [] : arguments
        var tags: [Int64: [String]] = [:]
        let labels = try Row.fetchCursor(
            db, sql: "SELECT meeting, name FROM tag WHERE \(chosen) ORDER BY meeting, position", arguments: part)
        while let row = try labels.next() { tags[try row.at(0), default: []].append(try row.at(1)) }
        var help: [Int64: PerSide<Int>] = [:]
        let offers = try Row.fetchCursor(
            db, sql: "SELECT meeting, by, count(*) FROM help WHERE \(chosen) GROUP BY meeting, by", arguments: part)
        while let row = try offers.next() {
            let side: Side = try row.at(1) == "me" ? .me : .them
            help[try row.at(0), default: PerSide(me: 0, them: 0)][side] = try row.at(2)
        }
        var followUps: [Int64: [FollowUp]] = [:]
        let ledger = try Row.fetchCursor(
            db, sql: "SELECT * FROM follow_up WHERE \(chosen) ORDER BY meeting, position", arguments: part)
        while let row = try ledger.next() { followUps[try row.at(0), default: []].append(try FollowUp(row)) }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT number, id, date, person, length_minutes, provenance, my_floor_share, noted_share,
                    speech_seconds, pattern, pattern_towards, pattern_description, borderline, genuine,
                    notes_first_asked, first_asked_minute, questions_me, questions_them, notes_help,
                    notes_follow_ups, invited, feeling
                FROM meeting WHERE \(condition) ORDER BY date, id
                """, arguments: arguments)
        var summaries: [MeetingSummary] = []
        while let row = try rows.next() {
            let number: Int64 = try row.at(0)
            guard let person = people.people[try row.at(3)]?.person else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT)
            }
            summaries.append(
                try MeetingSummary(
                    row, person: person, help: help[number], followUps: followUps[number], tags: tags[number]))
        }
        return summaries
    }

    /// Reads a row by position: names cost time with thousands of rows.
    private init(
        _ row: Row, person: PersonName, help: PerSide<Int>?, followUps: [FollowUp]?, tags: [String]?
    ) throws {
        let (date, provenance) = (CalendarDay(try row.at(2) as String), Provenance(rawValue: try row.at(5)))
        let pattern = MeetingPattern(
            name: try row.at(9), towards: (try row.at(10) as String?).flatMap(Side.init(rawValue:)),
            description: (try row.at(11) as String?).flatMap(TwoWayDescription.init(rawValue:)))
        guard let date, let provenance, let pattern else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        self.init(
            id: try row.at(1), date: date, person: person, lengthMinutes: try row.at(4), provenance: provenance,
            myFloorShare: try row.at(6), notedShare: try row.at(7), speechSeconds: try row.at(8), pattern: pattern,
            isBorderline: try row.at(12),
            isGenuinelyTwoWay: try row.at(13),
            firstAskedAboutMe: try row.at(14) ? (try row.at(15) as Double?).map(FirstAsked.minute) ?? .never : nil,
            questions: PerSide(me: try row.at(16), them: try row.at(17)),
            help: try row.at(18) ? help ?? PerSide(me: 0, them: 0) : nil,
            followUps: try row.at(19) ? followUps ?? [] : nil,
            invited: try row.at(20), feeling: try row.at(21), tags: tags ?? [])
    }
}
