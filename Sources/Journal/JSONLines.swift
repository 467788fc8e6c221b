public import Foundation

/// The JSON Lines form of journal entries: one object a line, UTF-8, LF; the fields are told in seeds/README.md.
public enum JSONLines {
    /// A line that was read: its number, and the entry with the other names of its person or what is wrong with it.
    public struct Line: Sendable {
        /// Counts from 1.
        public var number: Int
        /// What the line says.
        public var content: Result<JournalImport, FieldProblem>
    }

    /// The lines of a file; blank ones are skipped, a broken one does not stop the others.
    public static func lines(of data: Data) -> [Line] {
        var lines: [Line] = []
        var number = 0
        // A byte order mark at the start is no part of the first line.
        let content = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
        let decoder = JSONDecoder()
        for bytes in content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
            lines.append(Line(number: number, content: Result { () throws(FieldProblem) in try read(bytes, decoder) }))
        }
        return lines
    }

    /// The line of an entry, with its line break; keys sorted, the same bytes on every run.
    ///
    /// - Parameters:
    ///   - entry: a valid entry.
    ///   - aliases: other names of its person.
    public static func line(of entry: JournalEntry, aliases: [String] = []) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A valid entry holds finite numbers only, so that nothing can fail here.
        guard let data = try? encoder.encode(EntryLine(entry: entry, aliases: aliases)) else { return "" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private static func read(_ bytes: Data, _ decoder: JSONDecoder) throws(FieldProblem) -> JournalImport {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw FieldProblem("", "the line is not UTF-8 text")
        }
        let line: EntryLine
        do {
            line = try decoder.decode(EntryLine.self, from: Data(bytes))
        } catch let problem as FieldProblem {
            throw problem
        } catch let error as DecodingError {
            throw FieldProblem(error)
        } catch {
            throw FieldProblem("", "\(error)")
        }
        try line.entry.validate()
        for (index, alias) in line.aliases.enumerated() {
            try JournalEntry.check(name: alias, of: "person.aliases[\(index)]")
        }
        return JournalImport(entry: line.entry, aliases: line.aliases)
    }
}

/// An entry from outside, with the other names of its person.
public struct JournalImport: Sendable, Hashable {
    /// The entry.
    public var entry: JournalEntry
    /// Other names of its person.
    public var aliases: [String]
    /// Whether the identifier was made on the way in, so that it names no entry of the journal on purpose.
    public var hasMadeID = false
    /// Puts what the line says into the entry that is there already, for forms that do not hold all of an entry; nil where
    /// the line replaces it.
    var update: (@Sendable (inout JournalEntry) -> Void)?

    /// An entry from outside.
    public init(entry: JournalEntry, aliases: [String] = []) {
        self.entry = entry
        self.aliases = aliases
    }

    /// Equal when they say the same of the same entry.
    public static func == (left: JournalImport, right: JournalImport) -> Bool {
        left.entry == right.entry && left.aliases == right.aliases && left.hasMadeID == right.hasMadeID
    }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(entry)
        hasher.combine(aliases)
    }
}

extension FieldProblem {
    /// What a decoder complains of, in words for a person.
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init((context.codingPath + [key]).fieldPath, "the field is missing")
        case .typeMismatch(let type, let context):
            self.init(context.codingPath.fieldPath, "it has to be \(Self.words(for: type))")
        case .valueNotFound(let type, let context):
            self.init(context.codingPath.fieldPath, "it is null and has to be \(Self.words(for: type))")
        case .dataCorrupted(let context):
            let path = context.codingPath.fieldPath
            self.init(path, path.isEmpty ? "the line is no JSON object; it may be cut off" : Self.reason(context))
        @unknown default: self.init("", "the line cannot be read")
        }
    }

    private static func reason(_ context: DecodingError.Context) -> String {
        let allowed = FollowUp.Kind.allCases.map(\.rawValue)
        switch context.codingPath.last?.stringValue {
        case "who", "by": return "it has to be me or them"
        case "kind": return "it has to be one of \(allowed.joined(separator: ", "))"
        case "source": return "it has to be recording or labels"
        default: return context.debugDescription
        }
    }

    private static func words(for type: Any.Type) -> String {
        if type == String.self { return "a text" }
        if type == Double.self { return "a number" }
        if type == Int.self { return "a whole number" }
        if type == Bool.self { return "true or false" }
        return "\(type)".hasPrefix("Array") ? "a list" : "an object or list as the form says"
    }
}
