import GRDB
import Reciprocity
import Timeline

/// Entries to and from the rows of the store.
enum EntryRows {
    /// Names the definition that the computed columns follow; a change of the metrics changes it, and every meeting is
    /// measured anew.
    static let definition = "2026-11"

    /// Writes an entry whose person has the given number; what was there under its id is replaced.
    static func write(_ entry: JournalEntry, person: Int64, to db: Database) throws {
        let measured = MeasuredMeeting(entry)
        let number = try Int64.fetchOne(db, sql: "SELECT number FROM meeting WHERE id = ?", arguments: [entry.id])
        if let number { try db.execute(sql: "DELETE FROM meeting WHERE number = ?", arguments: [number]) }
        let firstAskedMinute: Double? = if case .minute(let minute)? = entry.firstAskedAboutMe { minute } else { nil }
        let noted: StatementArguments = [
            number, entry.id, person, "\(entry.date)", entry.lengthMinutes, entry.blocks != nil, entry.resolution,
            entry.minutes?.me, entry.minutes?.them, entry.mySharePercent, entry.firstAskedAboutMe != nil,
            firstAskedMinute, entry.questions.me, entry.questions.them, entry.help != nil, entry.followUps != nil,
            entry.invited, entry.feeling, entry.note, entry.recording,
        ]
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO meeting (
                    number, id, person, date, length_minutes, notes_blocks, resolution, minutes_me, minutes_them,
                    my_share_percent, notes_first_asked, first_asked_minute, questions_me, questions_them, notes_help,
                    notes_follow_ups, invited, feeling, note, recording,
                    definition, provenance, my_floor_share, noted_share, speech_seconds, pattern, pattern_towards,
                    pattern_description, borderline, genuine)
                VALUES (\(Array(repeating: "?", count: 30).joined(separator: ", ")))
                """)
        try statement.execute(arguments: noted + measured.computed)
        let meeting = number ?? db.lastInsertedRowID
        try writeLists(of: entry, meeting: meeting, to: db)
        if let analysis = entry.analysis { try write(analysis, meeting: meeting, to: db) }
    }

    private static func writeLists(of entry: JournalEntry, meeting: Int64, to db: Database) throws {
        try insert(entry.blocks ?? [], "INSERT INTO block VALUES (?, ?, ?, ?, ?)", meeting, db) {
            [$0.start, $0.end, $0.who.rawValue]
        }
        try insert(entry.help ?? [], "INSERT INTO help VALUES (?, ?, ?, ?)", meeting, db) { [$0.by.rawValue, $0.what] }
        try insert(entry.followUps ?? [], "INSERT INTO follow_up VALUES (?, ?, ?, ?, ?, ?, ?, ?)", meeting, db) {
            [
                $0.by.rawValue, $0.kind.rawValue, $0.what, $0.promised?.description, $0.due?.description,
                $0.kept?.description,
            ]
        }
        try insert(entry.tags, "INSERT INTO tag VALUES (?, ?, ?)", meeting, db) { [$0] }
    }

    private static func write(_ analysis: RecordedAnalysis, meeting: Int64, to db: Database) throws {
        let interval = analysis.trust?.talkShareInterval
        let arguments: StatementArguments = [
            meeting, analysis.source.rawValue, analysis.name, analysis.timeline.duration, analysis.me.rawValue,
            analysis.timeResolution, analysis.trust?.trusted, analysis.trust?.estimatedConfusion,
            interval?.a.lowerBound, interval?.a.upperBound, interval?.b.lowerBound, interval?.b.upperBound,
            analysis.sound?.sampleRate, analysis.sound?.channels, analysis.sound?.encoding, analysis.sound?.mode,
            analysis.sound?.speakers,
        ]
        let places = Array(repeating: "?", count: 17).joined(separator: ", ")
        try db.cachedStatement(sql: "INSERT INTO analysis VALUES (\(places))").execute(arguments: arguments)
        try insert(analysis.sound?.warnings ?? [], "INSERT INTO warning VALUES (?, ?, ?)", meeting, db) { [$0] }
        try insert(analysis.timeline.segments, "INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?)", meeting, db) {
            [$0.speaker.rawValue, $0.start, $0.end, $0.confidence]
        }
    }

    private static func insert<Item>(
        _ items: [Item], _ sql: String, _ meeting: Int64, _ db: Database, _ values: (Item) -> StatementArguments
    ) throws {
        guard !items.isEmpty else { return }
        let statement = try db.cachedStatement(sql: sql)
        for (position, item) in items.enumerated() {
            try statement.execute(arguments: [meeting, position] + values(item))
        }
    }

    /// Reads the entries that a condition selects, oldest first.
    ///
    /// - Parameter condition: SQL after WHERE over `meeting` and `person`.
    static func entries(
        where condition: String = "1", arguments: StatementArguments = [], in db: Database
    ) throws -> [JournalEntry] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT meeting.*, person.key AS person_key, person.name AS person_name
                FROM meeting JOIN person ON person.number = meeting.person
                WHERE \(condition) ORDER BY meeting.date, meeting.id
                """, arguments: arguments)
        return try rows.map { row in
            var entry = try entry(of: row)
            let meeting: Int64 = try row.named("number")
            if try row.named("notes_blocks") {
                entry.blocks = try lists(db, "block", meeting).map {
                    TalkBlock(
                        start: try $0.named("start_second"), end: try $0.named("end_second"), who: try $0.value("who"))
                }
            }
            if try row.named("notes_help") {
                entry.help = try lists(db, "help", meeting).map {
                    HelpOffer(by: try $0.value("by"), what: try $0.named("what"))
                }
            }
            if try row.named("notes_follow_ups") {
                entry.followUps = try lists(db, "follow_up", meeting).map(FollowUp.init)
            }
            entry.tags = try lists(db, "tag", meeting).map { try $0.named("name") }
            if entry.recording != nil { entry.analysis = try analysis(of: meeting, in: db) }
            return entry
        }
    }

    private static func lists(_ db: Database, _ table: String, _ meeting: Int64) throws -> [Row] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM \(table) WHERE meeting = ? ORDER BY position"),
            arguments: [meeting])
    }

    private static func entry(of row: Row) throws -> JournalEntry {
        var entry = JournalEntry(
            id: try row.named("id"), date: try row.day("date"),
            person: PersonName(key: try row.named("person_key"), name: try row.named("person_name")),
            lengthMinutes: try row.named("length_minutes"))
        entry.resolution = try row.named("resolution")
        if let me: Double = try row.named("minutes_me"), let them: Double = try row.named("minutes_them") {
            entry.minutes = PerSide(me: me, them: them)
        }
        entry.mySharePercent = try row.named("my_share_percent")
        if try row.named("notes_first_asked") {
            entry.firstAskedAboutMe = (try row.named("first_asked_minute") as Double?).map(FirstAsked.minute) ?? .never
        }
        entry.questions = PerSide(me: try row.named("questions_me"), them: try row.named("questions_them"))
        entry.invited = try row.named("invited")
        entry.feeling = try row.named("feeling")
        entry.note = try row.named("note")
        entry.recording = try row.named("recording")
        return entry
    }

    private static func analysis(of meeting: Int64, in db: Database) throws -> RecordedAnalysis? {
        let found = try Row.fetchOne(db, sql: "SELECT * FROM analysis WHERE meeting = ?", arguments: [meeting])
        guard let row = found else { return nil }
        let segments = try lists(db, "segment", meeting).map {
            SpeechSegment(
                speaker: try $0.value("speaker"), start: try $0.named("start_second"), end: try $0.named("end_second"),
                confidence: try $0.named("confidence"))
        }
        var trust: SegmentationTrust?
        if let trusted: Bool = try row.named("trusted") {
            trust = SegmentationTrust(trusted: trusted, estimatedConfusion: try row.named("estimated_confusion"))
            if let lowA: Double = try row.named("interval_a_low"), let highA: Double = try row.named("interval_a_high"),
                let lowB: Double = try row.named("interval_b_low"),
                let highB: Double = try row.named("interval_b_high"),
                lowA <= highA, lowB <= highB
            {
                trust?.talkShareInterval = PerSpeaker(a: lowA...highA, b: lowB...highB)
            }
        }
        var sound: RecordedAnalysis.SoundFacts?
        if let rate: Int = try row.named("sample_rate") {
            sound = RecordedAnalysis.SoundFacts(
                sampleRate: rate, channels: try row.named("channels"), encoding: try row.named("encoding"),
                mode: try row.named("mode"),
                speakers: try row.named("speakers"),
                warnings: try lists(db, "warning", meeting).map { try $0.named("text") })
        }
        return RecordedAnalysis(
            source: try row.value("source"), name: try row.named("name"),
            timeline: Timeline(duration: try row.named("duration"), segments: segments), me: try row.value("me"),
            trust: trust,
            timeResolution: try row.named("time_resolution"), sound: sound)
    }
}

extension MeasuredMeeting {
    /// The computed columns in the order of the table.
    fileprivate var computed: StatementArguments {
        [
            EntryRows.definition, provenance.rawValue, myFloorShare, notedShare, speechSeconds, pattern.name,
            pattern.towards?.rawValue, pattern.twoWayDescription?.rawValue, reciprocity.verdict.borderline,
            isGenuinelyTwoWay,
        ]
    }
}

extension FollowUp {
    /// Reads a row of `follow_up` with all its columns, by position: names cost time with thousands of rows.
    init(_ row: Row) throws {
        func day(_ text: String?) throws -> CalendarDay? {
            guard let text else { return nil }
            guard let day = CalendarDay(text) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
            return day
        }
        guard let kind = Kind(rawValue: try row.at(3)) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        self.init(
            by: try row.at(2) == "me" ? .me : .them, kind: kind, what: try row.at(4), promised: try day(try row.at(5)),
            due: try day(try row.at(6)),
            kept: try day(try row.at(7)))
    }
}

extension Row {
    /// The value of a column; an error, and no trap, where a damaged file holds something else.
    func at<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ index: Int) throws -> Value {
        try decode(Value.self, atIndex: index)
    }

    /// The same by name.
    func named<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: String) throws -> Value {
        try decode(Value.self, forColumn: column)
    }

    /// A day that the checks of the store have let in.
    func day(_ column: String) throws -> CalendarDay {
        let text: String = try named(column)
        guard let day = CalendarDay(text) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return day
    }

    /// One of the values of an enumeration.
    func value<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
        guard let value = Value(rawValue: try named(column)) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return value
    }
}
