/// The rows of comma-separated values (RFC 4180), each with the line it starts on.
///
/// Own code, because the packages that read CSV do not say on which line a field stands or a quote is left open.
struct CSVRows {
    /// A row.
    struct Row: Sendable, Hashable {
        /// The fields without their quotes.
        var fields: [String]
        /// The line on which the row starts, counted from 1.
        let line: Int
    }

    /// Fields of a row at most.
    private static let mostFields = 1000

    private let bytes: [UInt8]
    private let path: String
    private let delimiter: UInt8
    private var position = 0
    private var line = 1

    /// The rows of `text`; the delimiter is the one of comma, semicolon and tab that the first line has most of.
    init(text: String, path: String) {
        let body = LabelLines.withoutByteOrderMark(text)
        bytes = Array(body.utf8)
        self.path = path
        let first = bytes.prefix { $0 != 10 && $0 != 13 }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].map { candidate in
            (candidate, first.count { $0 == candidate })
        }
        delimiter = candidates.max { $0.1 < $1.1 }.flatMap { $0.1 > 0 ? $0.0 : nil } ?? UInt8(ascii: ",")
    }

    /// The next row that is not empty; nil at the end.
    ///
    /// - Throws: `LabelFormatError.damagedLine` for a quote that is not closed or stands inside a field.
    mutating func next() throws(LabelFormatError) -> Row? {
        while position < bytes.count {
            var row = Row(fields: [], line: line)
            var isLast = false
            while !isLast {
                guard row.fields.count < Self.mostFields else {
                    throw FileLine(path: path, line: row.line).damage(
                        "more than \(Self.mostFields) fields", "write a row for each label")
                }
                row.fields.append(try field(isLast: &isLast))
            }
            if row.fields.count > 1 || !row.fields[0].trimmed.isEmpty { return row }
        }
        return nil
    }

    /// A field for writing; quoted if it holds a comma, a quote or a blank at an end.
    static func quoted(_ field: String) -> String {
        let needsQuotes = field.unicodeScalars.contains { [",", ";", "\"", "\n", "\r", "\t"].contains($0) }
        guard needsQuotes else { return field }
        var quoted = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    private mutating func field(isLast: inout Bool) throws(LabelFormatError) -> String {
        let quote = UInt8(ascii: "\"")
        var content: [UInt8] = []
        if position < bytes.count, bytes[position] == quote {
            let start = FileLine(path: path, line: line)
            position += 1
            while true {
                guard position < bytes.count else {
                    throw start.damage(
                        "a quoted field does not end", "close it with a quote; quotes inside are doubled")
                }
                let byte = bytes[position]
                position += 1
                if byte == quote {
                    guard position < bytes.count, bytes[position] == quote else { break }
                    position += 1
                }
                if byte == 10 || (byte == 13 && (position >= bytes.count || bytes[position] != 10)) { line += 1 }
                content.append(byte)
            }
        } else {
            while position < bytes.count, bytes[position] != delimiter, bytes[position] != 10, bytes[position] != 13 {
                content.append(bytes[position])
                position += 1
            }
        }
        guard position < bytes.count, bytes[position] == delimiter else {
            isLast = true
            try endRow()
            return String(decoding: content, as: UTF8.self)
        }
        position += 1
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func endRow() throws(LabelFormatError) {
        guard position < bytes.count else { return }
        guard bytes[position] == 10 || bytes[position] == 13 else {
            throw FileLine(path: path, line: line).damage(
                "text follows a quoted field", "double the quotes that are part of the field")
        }
        if bytes[position] == 13, position + 1 < bytes.count, bytes[position + 1] == 10 { position += 1 }
        position += 1
        line += 1
    }
}
