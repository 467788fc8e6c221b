import GRDB
import Reciprocity
import Timeline

/// Which entry something is saved in.
public enum EntryChoice: Sendable, Hashable {
    /// The one of the same person and day that still lacks the other half, if there is one; else a new one.
    case automatic
    /// A new one.
    case new
    /// This one.
    case existing(String)
}

/// What saving did.
public struct SaveOutcome: Sendable, Hashable {
    /// What happened to the journal.
    public enum Change: String, Sendable, Hashable {
        /// There is a new entry.
        case added
        /// The same recording was there and is up to date now.
        case updated
        /// A recording and a hand-kept entry of the same meeting have come together.
        case merged
    }

    /// The entry as it is now.
    public var entry: JournalEntry
    /// What happened.
    public var change: Change
}

/// An analysis on its way into the journal.
public struct AnalysisToSave: Sendable {
    /// What was heard.
    public var analysis: RecordedAnalysis
    /// SHA-256 of the recording or label file, lower-case hexadecimal.
    public var sha256: String
    /// Whom I met: key, name or alias, or a new name.
    public var person: String
    /// The day, when it was said.
    public var date: CalendarDay?
    /// The day to take for a new entry when none was said.
    public var presumedDate: CalendarDay

    /// An analysis to be saved.
    public init(
        _ analysis: RecordedAnalysis, sha256: String, person: String, date: CalendarDay?, presumedDate: CalendarDay
    ) {
        self.analysis = analysis
        self.sha256 = sha256
        self.person = person
        self.date = date
        self.presumedDate = presumedDate
    }

    /// Whether these may be the labels an entry has, corrected since; only a person can tell.
    fileprivate func maySupersede(_ entry: JournalEntry) -> Bool {
        entry.analysis?.source == .labels && analysis.source == .labels && entry.analysis?.name == analysis.name
    }
}

extension JournalStore {
    /// Adds a hand-kept entry.
    ///
    /// An empty `id` is made from day and person, an empty `person.key` is found or made from the name. Where a
    /// recording of the same person and day is in the journal without a note, the two become one entry.
    ///
    /// - Throws: `JournalError.invalidField`, `ambiguousMeeting` and those of the file.
    public func add(_ draft: JournalEntry, into choice: EntryChoice = .automatic) throws(JournalError) -> SaveOutcome {
        try write { db in
            var people = try PeopleIndex(db)
            var entry = draft
            if entry.person.key.isEmpty { entry.person = try people.person(named: entry.person.name) }
            let partner: JournalEntry?
            switch choice {
            case .new: partner = nil
            case .existing(let id): partner = try Self.entry(id, in: db)
            case .automatic:
                // A draft with an identifier of its own wants to be that entry.
                partner =
                    entry.id.isEmpty
                    ? try Self.candidate(for: entry.person, on: entry.date, in: db) {
                        $0.analysis != nil && !$0.notesMeeting
                    }
                    : nil
            }
            if let partner {
                guard partner.analysis != nil, !partner.notesMeeting else {
                    throw JournalError.invalidField(
                        FieldProblem("id", "the meeting \(partner.id) has a note already; change it with journal edit"))
                }
                entry.id = partner.id
                entry.recording = partner.recording
                entry.analysis = partner.analysis
                entry.feeling = entry.feeling ?? partner.feeling
                entry.note = entry.note ?? partner.note
                entry.invited = entry.invited || partner.invited
                entry.tags = partner.tags + entry.tags.filter { !partner.tags.contains($0) }
            } else if !entry.id.isEmpty,
                try Bool.fetchOne(
                    db, sql: "SELECT EXISTS (SELECT 1 FROM meeting WHERE id = ?)", arguments: [entry.id]) ?? false
            {
                throw JournalError.invalidField(
                    FieldProblem("id", "the journal has a meeting \(entry.id) already; change it with journal edit"))
            }
            let saved = try Self.put(entry, people: &people, in: db)
            return SaveOutcome(entry: saved, change: partner == nil ? .added : .merged)
        }
    }

    /// Saves the analysis of a recording or label file; the same one again updates its entry and never doubles it.
    ///
    /// Where a hand-kept entry of the same person and day has no recording yet, the two become one entry.
    ///
    /// - Throws: `JournalError.ambiguousMeeting`, `invalidField` and those of the file.
    public func save(_ new: AnalysisToSave, into choice: EntryChoice = .automatic) throws(JournalError) -> SaveOutcome {
        try write { db in
            var people = try PeopleIndex(db)
            let person = try people.person(named: new.person)
            let id = try String.fetchOne(db, sql: "SELECT id FROM meeting WHERE recording = ?", arguments: [new.sha256])
            var entry: JournalEntry
            var change = SaveOutcome.Change.updated
            if let id {
                if choice != .automatic, choice != .existing(id) {
                    throw JournalError.invalidField(
                        FieldProblem("recording", "it belongs to the meeting \(id) already"))
                }
                entry = try Self.entry(id, in: db)
                if entry.analysis == nil, entry.isHandKept { change = .merged }
                if let date = new.date { entry.date = date }
                entry.person = person
            } else {
                let date = new.date ?? new.presumedDate
                let partner: JournalEntry? =
                    switch choice {
                    case .new: nil
                    case .existing(let id): try Self.entry(id, in: db)
                    case .automatic:
                        try Self.candidate(for: person, on: date, in: db) { $0.recording == nil }
                    }
                if partner == nil, choice == .automatic {
                    let older = try Self.entries(of: person, on: date, in: db).filter(new.maySupersede)
                    guard older.isEmpty else {
                        throw JournalError.ambiguousMeeting(date: date, person: person.name, ids: older.map(\.id))
                    }
                }
                if let partner, partner.analysis?.source == .recording {
                    throw JournalError.invalidField(
                        FieldProblem("recording", "the meeting \(partner.id) has another recording already"))
                }
                change = partner.map { $0.analysis == nil && $0.isHandKept ? .merged : .updated } ?? .added
                entry = partner ?? JournalEntry(id: "", date: date, person: person, lengthMinutes: 1)
            }
            entry.recording = new.sha256
            entry.analysis = new.analysis
            if !entry.isHandKept { entry.lengthMinutes = new.analysis.timeline.duration / 60 }
            return SaveOutcome(entry: try Self.put(entry, people: &people, in: db), change: change)
        }
    }

    /// The one entry of a person and day that fits.
    private static func candidate(
        for person: PersonName, on date: CalendarDay, in db: Database, where fits: (JournalEntry) -> Bool
    ) throws -> JournalEntry? {
        let fitting = try entries(of: person, on: date, in: db).filter(fits)
        guard fitting.count <= 1 else {
            throw JournalError.ambiguousMeeting(date: date, person: person.name, ids: fitting.map(\.id))
        }
        return fitting.first
    }

    private static func entries(of person: PersonName, on date: CalendarDay, in db: Database) throws -> [JournalEntry] {
        try EntryRows.entries(
            where: "person.key = ? AND meeting.date = ?", arguments: [person.key, "\(date)"], in: db)
    }
}
