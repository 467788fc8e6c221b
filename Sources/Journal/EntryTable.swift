public import Foundation

/// The simple fields of entries as comma-separated values (RFC 4180), for spreadsheets.
///
/// Blocks, help, follow-ups and timelines have no place in a table: it is not lossless, JSON Lines are.
public enum EntryTable {
    private enum Column: String, CaseIterable {
        case id, date
        case personKey = "person.key"
        case personName = "person.name"
        case lengthMinutes
        case minutesMe = "minutes.me"
        case minutesThem = "minutes.them"
        case mySharePercent, firstAskedAboutMe
        case questionsMe = "questions.meToThem"
        case questionsThem = "questions.themToMe"
        case invited, feeling, note, tags, recording
    }

    // MARK: Writing

    /// A header and one row an entry; lines end in a line feed.
    public static func text(of entries: [JournalEntry]) -> String {
        let rows =
            [Column.allCases.map(\.rawValue)] + entries.map { entry in Column.allCases.map { field($0, of: entry) } }
        return rows.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
    }

    private static func field(_ column: Column, of entry: JournalEntry) -> String {
        func text(_ value: Double?) -> String {
            value.map { $0.description.hasSuffix(".0") ? String($0.description.dropLast(2)) : $0.description } ?? ""
        }
        func text(_ value: Int?) -> String { value.map { String($0) } ?? "" }
        switch column {
        case .id: return entry.id
        case .date: return "\(entry.date)"
        case .personKey: return entry.person.key
        case .personName: return entry.person.name
        case .lengthMinutes: return text(entry.lengthMinutes)
        case .minutesMe: return text(entry.minutes?.me)
        case .minutesThem: return text(entry.minutes?.them)
        case .mySharePercent: return text(entry.mySharePercent)
        case .firstAskedAboutMe:
            switch entry.firstAskedAboutMe {
            case .minute(let minute): return text(minute)
            case .never: return "never"
            case nil: return ""
            }
        case .questionsMe: return text(entry.questions.me)
        case .questionsThem: return text(entry.questions.them)
        case .invited: return entry.invited ? "true" : "false"
        case .feeling: return text(entry.feeling)
        case .note: return entry.note ?? ""
        case .tags: return entry.tags.joined(separator: ";")
        case .recording: return entry.recording ?? ""
        }
    }

    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }

    // MARK: Reading

    /// The rows of a table with a header; columns may come in any order, and those that are not needed may be missing.
    ///
    /// Comma or semicolon, LF or CRLF. An empty field is not noted; an empty `id` or `person.key` is made from day and
    /// name. A broken row does not stop the others.
    public static func lines(of data: Data) -> [JSONLines.Line] {
        guard let text = String(validating: data, as: UTF8.self) else {
            return [.init(number: 1, content: .failure(FieldProblem("", "the file is not UTF-8 text")))]
        }
        let rows = rows(of: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
        guard let header = rows.first else { return [] }
        var columns: [Column] = []
        for name in header.fields {
            guard let column = Column(rawValue: name.trimmingCharacters(in: .whitespaces)), !columns.contains(column)
            else {
                let known = Column.allCases.map(\.rawValue).joined(separator: ", ")
                return [
                    .init(
                        number: header.line,
                        content: .failure(
                            FieldProblem(name, "there is no such column, or it is there twice; known are \(known)")))
                ]
            }
            columns.append(column)
        }
        var ids: Set<String> = []
        return rows.dropFirst().filter { $0.fields != [""] }.map { row in
            JSONLines.Line(
                number: row.line,
                content: Result { () throws(FieldProblem) in
                    guard row.fields.count == columns.count, !row.isBroken else {
                        throw FieldProblem(
                            "",
                            "the row has \(row.fields.count) fields and the header \(columns.count); is a quote missing?"
                        )
                    }
                    let fields = Dictionary(uniqueKeysWithValues: zip(columns, row.fields))
                    var entry = try entry(of: fields)
                    let hasMadeID = entry.id.isEmpty
                    if hasMadeID { entry.id = newID("\(entry.date)-\(entry.person.key)", ids) }
                    ids.insert(entry.id)
                    try entry.validate()
                    var line = JournalImport(entry: entry)
                    line.hasMadeID = hasMadeID
                    let (named, row) = (Set(columns), entry)
                    line.update = { old in copy(named, from: row, to: &old) }
                    return line
                })
        }
    }

    /// Copies what the columns hold; the rest of the entry stays.
    private static func copy(_ columns: Set<Column>, from row: JournalEntry, to entry: inout JournalEntry) {
        for column in columns {
            switch column {
            case .id: break
            case .date: entry.date = row.date
            case .personKey, .personName: entry.person = row.person
            case .lengthMinutes: entry.lengthMinutes = row.lengthMinutes
            case .minutesMe, .minutesThem: entry.minutes = row.minutes
            case .mySharePercent: entry.mySharePercent = row.mySharePercent
            case .firstAskedAboutMe: entry.firstAskedAboutMe = row.firstAskedAboutMe
            case .questionsMe: entry.questions.me = row.questions.me
            case .questionsThem: entry.questions.them = row.questions.them
            case .invited: entry.invited = row.invited
            case .feeling: entry.feeling = row.feeling
            case .note: entry.note = row.note
            case .tags: entry.tags = row.tags
            case .recording:
                if entry.recording != row.recording { entry.analysis = nil }
                entry.recording = row.recording
            }
        }
    }

    private static func newID(_ plain: String, _ taken: Set<String>) -> String {
        var (candidate, count) = (plain, 1)
        while taken.contains(candidate) {
            count += 1
            candidate = "\(plain)-\(count)"
        }
        return candidate
    }

    private static func entry(of fields: [Column: String]) throws(FieldProblem) -> JournalEntry {
        func text(_ column: Column) -> String? {
            let text = fields[column]?.trimmingCharacters(in: .whitespaces) ?? ""
            return text.isEmpty ? nil : text
        }
        func needed(_ column: Column) throws(FieldProblem) -> String {
            guard let text = text(column) else { throw FieldProblem(column.rawValue, "it is empty and is needed") }
            return text
        }
        func number(_ column: Column) throws(FieldProblem) -> Double? {
            guard let text = text(column) else { return nil }
            guard let value = Double(text), value.isFinite else {
                throw FieldProblem(column.rawValue, "\(text) is no number; use a decimal point")
            }
            return value
        }
        func count(_ column: Column) throws(FieldProblem) -> Int? {
            guard let text = text(column) else { return nil }
            guard let value = Int(text) else { throw FieldProblem(column.rawValue, "\(text) is no whole number") }
            return value
        }
        let day = try needed(.date)
        guard let date = CalendarDay(day) else {
            throw FieldProblem("date", "\(day) is no day; write YYYY-MM-DD")
        }
        let name = try needed(.personName)
        let key = text(.personKey) ?? PeopleIndex.key(of: name)
        _ = try needed(.lengthMinutes)
        var entry = JournalEntry(
            id: text(.id) ?? "", date: date, person: PersonName(key: key, name: name),
            lengthMinutes: try number(.lengthMinutes) ?? 0)
        let (me, them) = (try number(.minutesMe), try number(.minutesThem))
        if let me, let them { entry.minutes = PerSide(me: me, them: them) }
        guard (me == nil) == (them == nil) else { throw FieldProblem("minutes", "me and them go together") }
        entry.mySharePercent = try number(.mySharePercent)
        entry.firstAskedAboutMe =
            text(.firstAskedAboutMe) == "never" ? .never : try number(.firstAskedAboutMe).map(FirstAsked.minute)
        entry.questions = PerSide(me: try count(.questionsMe), them: try count(.questionsThem))
        switch text(.invited)?.lowercased() {
        case nil, "false", "no", "0": entry.invited = false
        case "true", "yes", "1": entry.invited = true
        case let other?: throw FieldProblem("invited", "\(other) is neither true nor false")
        }
        entry.feeling = try count(.feeling)
        entry.note = fields[.note].flatMap { $0.isEmpty ? nil : $0 }
        entry.tags = (text(.tags) ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        entry.recording = text(.recording)?.lowercased()
        return entry
    }

    /// A row as it stands in the file.
    private struct RawRow {
        var line: Int
        var fields: [String]
        var isBroken = false
    }

    /// Cuts a table into rows and fields, and remembers the line each row starts in.
    private static func rows(of text: String) -> [RawRow] {
        let scalars = Array(text.unicodeScalars)
        let header = scalars.prefix { $0 != "\n" }
        let separator: Unicode.Scalar = header.contains(",") || !header.contains(";") ? "," : ";"
        var rows: [RawRow] = []
        var (row, field, line) = (RawRow(line: 1, fields: []), String.UnicodeScalarView(), 1)
        var (isQuoted, index) = (false, 0)
        func endRow() {
            row.fields.append(String(field))
            rows.append(row)
            (row, field) = (RawRow(line: line, fields: []), String.UnicodeScalarView())
        }
        while index < scalars.count {
            let scalar = scalars[index]
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            if scalar == "\n" { line += 1 }
            switch scalar {
            case "\"" where isQuoted && next == "\"":
                field.append("\"")
                index += 1
            case "\"" where isQuoted || field.isEmpty: isQuoted.toggle()
            case separator where !isQuoted:
                row.fields.append(String(field))
                field = String.UnicodeScalarView()
            case "\r" where !isQuoted && next == "\n": break
            case "\n" where !isQuoted: endRow()
            default: field.append(scalar)
            }
            index += 1
        }
        row.isBroken = isQuoted
        if !field.isEmpty || !row.fields.isEmpty { endRow() }
        return rows
    }
}
