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
            let meeting: Int64 = row["number"]
            if row["notes_blocks"] {
                entry.blocks = try lists(db, "block", meeting).map {
                    TalkBlock(start: $0["start_second"], end: $0["end_second"], who: try $0.value("who"))
                }
            }
            if row["notes_help"] {
                entry.help = try lists(db, "help", meeting).map { HelpOffer(by: try $0.value("by"), what: $0["what"]) }
            }
            if row["notes_follow_ups"] { entry.followUps = try lists(db, "follow_up", meeting).map(FollowUp.init) }
            entry.tags = try lists(db, "tag", meeting).map { $0["name"] }
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
            id: row["id"], date: try row.day("date"),
            person: PersonName(key: row["person_key"], name: row["person_name"]), lengthMinutes: row["length_minutes"])
        entry.resolution = row["resolution"]
        if let me: Double = row["minutes_me"], let them: Double = row["minutes_them"] {
            entry.minutes = PerSide(me: me, them: them)
        }
        entry.mySharePercent = row["my_share_percent"]
        if row["notes_first_asked"] {
            entry.firstAskedAboutMe = (row["first_asked_minute"] as Double?).map(FirstAsked.minute) ?? .never
        }
        entry.questions = PerSide(me: row["questions_me"], them: row["questions_them"])
        entry.invited = row["invited"]
        entry.feeling = row["feeling"]
        entry.note = row["note"]
        entry.recording = row["recording"]
        return entry
    }

    private static func analysis(of meeting: Int64, in db: Database) throws -> RecordedAnalysis? {
        let found = try Row.fetchOne(db, sql: "SELECT * FROM analysis WHERE meeting = ?", arguments: [meeting])
        guard let row = found else { return nil }
        let segments = try lists(db, "segment", meeting).map {
            SpeechSegment(
                speaker: try $0.value("speaker"), start: $0["start_second"], end: $0["end_second"],
                confidence: $0["confidence"])
        }
        var trust: SegmentationTrust?
        if let trusted: Bool = row["trusted"] {
            trust = SegmentationTrust(trusted: trusted, estimatedConfusion: row["estimated_confusion"])
            if let lowA: Double = row["interval_a_low"], let highA: Double = row["interval_a_high"],
                let lowB: Double = row["interval_b_low"], let highB: Double = row["interval_b_high"],
                lowA <= highA, lowB <= highB
            {
                trust?.talkShareInterval = PerSpeaker(a: lowA...highA, b: lowB...highB)
            }
        }
        var sound: RecordedAnalysis.SoundFacts?
        if let rate: Int = row["sample_rate"] {
            sound = RecordedAnalysis.SoundFacts(
                sampleRate: rate, channels: row["channels"], encoding: row["encoding"], mode: row["mode"],
                speakers: row["speakers"], warnings: try lists(db, "warning", meeting).map { $0["text"] })
        }
        return RecordedAnalysis(
            source: try row.value("source"), name: row["name"],
            timeline: Timeline(duration: row["duration"], segments: segments), me: try row.value("me"), trust: trust,
            timeResolution: row["time_resolution"], sound: sound)
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
        guard let kind = Kind(rawValue: row[3]) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        self.init(
            by: row[2] == "me" ? .me : .them, kind: kind, what: row[4], promised: try day(row[5]), due: try day(row[6]),
            kept: try day(row[7]))
    }
}

extension Row {
    /// A day that the checks of the store have let in.
    func day(_ column: String) throws -> CalendarDay {
        let text: String = self[column]
        guard let day = CalendarDay(text) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return day
    }

    /// One of the values of an enumeration.
    func value<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
        guard let value = Value(rawValue: self[column]) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return value
    }
}
