/// Why the journal could not do what it was asked for.
public enum JournalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file is missing or may not be read.
    case unreadable(path: String, reason: String)
    /// The file cannot be written: full disk, read-only, busy.
    case unwritable(path: String, reason: String)
    /// The file is no journal, or a damaged one.
    case notAJournal(path: String, reason: String)
    /// The journal has the form of a later version of the program.
    case newer(path: String)
    /// A field of an entry holds what cannot be; `field` as in the JSON Lines form.
    case invalidField(FieldProblem)
    /// A line of an import is broken.
    case brokenLine(path: String, line: Int, FieldProblem)
    /// Entries were removed, but the file could not be cleaned up after them.
    case notCompacted(path: String, reason: String)
    /// There is no such entry.
    case unknownEntry(id: String)
    /// There is no such person, or several; `similar` are names to choose from.
    case unknownPerson(name: String, similar: [String])
    /// The name or alias belongs to somebody else already.
    case nameTaken(name: String, by: String)
    /// Several meetings could be meant.
    case ambiguousMeeting(date: CalendarDay, person: String, ids: [String])

    /// The families of failure that a caller tells apart.
    public enum Kind: Sendable, Hashable {
        /// The file cannot be read.
        case unreadable
        /// The file cannot be written.
        case unwritable
        /// The data is not what it should be.
        case damaged
        /// The caller asked for something that cannot be.
        case request
    }

    /// What is at fault.
    public var kind: Kind {
        switch self {
        case .unreadable: .unreadable
        case .unwritable, .notCompacted: .unwritable
        case .notAJournal, .newer, .brokenLine: .damaged
        case .invalidField, .unknownEntry, .unknownPerson, .nameTaken, .ambiguousMeeting: .request
        }
    }

    /// What failed, on which file, line or field, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "The journal \(path) cannot be read: \(reason)."
        case .unwritable(let path, let reason): "The journal \(path) cannot be written: \(reason). Nothing was changed."
        case .notAJournal(let path, let reason):
            "\(path) is not a sound journal of twoway: \(reason). It was left as it is."
        case .newer(let path):
            "\(path) was made by a newer version of twoway and was left as it is; update twoway to use it."
        case .invalidField(let problem): problem.description
        case .brokenLine(let path, let line, let problem): "\(path):\(line): \(problem)"
        case .notCompacted(let path, let reason):
            "The meetings were removed, but traces may be in \(path)-wal until the journal is next written: \(reason)"
        case .unknownEntry(let id): "The journal has no meeting \(id); `twoway journal list` shows the identifiers."
        case .unknownPerson(let name, let similar):
            similar.isEmpty
                ? "The journal has nobody called \(name); `twoway journal people` shows everybody."
                : "The journal has nobody called exactly \(name); there is \(similar.joined(separator: ", "))."
        case .nameTaken(let name, let owner):
            "\(name) is already \(owner); choose another name, or join the two with `twoway journal people merge`."
        case .ambiguousMeeting(let date, let person, let ids):
            ids.count == 1
                ? "There is a meeting with \(person) on \(date) with labels of the same name: \(ids[0]). "
                    + "Say --entry \(ids[0]) to replace them, or --entry new for another meeting."
                : "There are several meetings with \(person) on \(date): \(ids.joined(separator: ", ")). "
                    + "Say which with --entry ID, or --entry new for another one."
        }
    }
}

/// A field that holds what cannot be.
public struct FieldProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// Name of the field as in the JSON Lines form, such as `blocks[2].end`; empty for the line as a whole.
    public var field: String
    /// What is wrong and what is wanted.
    public var problem: String

    /// A problem.
    public init(_ field: String, _ problem: String) {
        self.field = field
        self.problem = problem
    }

    /// The field, then what is wrong with it.
    public var description: String { field.isEmpty ? problem : "\(field): \(problem)" }
}
