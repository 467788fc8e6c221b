/// A value of a JSON text (RFC 8259) that knows its line.
///
/// Own code, because Foundation's readers do not say on which line a value stands that is well formed but wrong.
struct JSONNode: Sendable {
    /// What stands there.
    indirect enum Content: Sendable {
        case null
        case bool(Bool)
        /// A number as it is written; `NaN` and `Infinity` of Python's writer are among them.
        case number(Substring)
        case string(String)
        case array([JSONNode])
        case object([String: JSONNode])
    }

    let content: Content
    /// Counted from 1.
    let line: Int

    /// The member of an object; nil where there is none or it is null.
    subscript(key: String) -> JSONNode? {
        guard case .object(let members) = content, let member = members[key] else { return nil }
        if case .null = member.content { return nil }
        return member
    }

    /// The values of an array; nil for anything else.
    var values: [JSONNode]? { if case .array(let values) = content { values } else { nil } }

    /// A string; nil for anything else.
    var string: String? { if case .string(let string) = content { string } else { nil } }

    /// All values of `text`: one document, or one a line as in JSON Lines.
    ///
    /// - Throws: `LabelFormatError.damagedLine`.
    static func documents(in text: String, path: String) throws(LabelFormatError) -> [JSONNode] {
        var reader = Reader(text: LabelLines.withoutByteOrderMark(text), path: path)
        return try reader.documents()
    }
}

extension JSONNode {
    /// Reads a JSON text byte by byte.
    private struct Reader {
        /// Arrays and objects inside each other at most.
        static let deepest = 64
        /// Values at most: words of a whole day with all their times and scores are half of it.
        static let mostValues = 5_000_000

        private let text: Substring
        private let bytes: Substring.UTF8View
        private let path: String
        private var position: Substring.Index
        private var line = 1
        private var valueCount = 0

        init(text: Substring, path: String) {
            self.text = text
            self.path = path
            bytes = text.utf8
            position = bytes.startIndex
        }

        mutating func documents() throws(LabelFormatError) -> [JSONNode] {
            var documents: [JSONNode] = []
            while skipSpace() != nil { documents.append(try value(depth: 0)) }
            return documents
        }

        private var place: FileLine { FileLine(path: path, line: line) }

        private var byte: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

        /// The next byte that is no white space; nil at the end.
        private mutating func skipSpace() -> UInt8? {
            while let byte, byte == 32 || byte == 9 || byte == 10 || byte == 13 {
                if byte == 10 { line += 1 }
                advance()
            }
            return byte
        }

        private mutating func advance() { position = bytes.index(after: position) }

        private func broken(_ wanted: String) -> LabelFormatError {
            let found = byte == nil ? "the file ends" : FileLine.quoted(text[position...].prefix(1)) + " stands"
            return place.damage("\(found) where \(wanted) belongs", "check that the file is whole and is JSON")
        }

        private mutating func value(depth: Int) throws(LabelFormatError) -> JSONNode {
            guard depth <= Self.deepest else {
                throw place.damage("values lie more than \(Self.deepest) deep", "give a file with segments")
            }
            valueCount += 1
            guard valueCount <= Self.mostValues else {
                throw place.damage("more than \(Self.mostValues) values", "leave out what is not segments")
            }
            guard let first = skipSpace() else { throw broken("a value") }
            let start = line
            let content: Content
            switch first {
            case UInt8(ascii: "{"): content = try object(depth: depth)
            case UInt8(ascii: "["): content = try array(depth: depth)
            case UInt8(ascii: "\""): content = .string(try string())
            default: content = try word()
            }
            return JSONNode(content: content, line: start)
        }

        private mutating func object(depth: Int) throws(LabelFormatError) -> Content {
            var members: [String: JSONNode] = [:]
            advance()
            if skipSpace() == UInt8(ascii: "}") {
                advance()
                return .object(members)
            }
            while true {
                guard skipSpace() == UInt8(ascii: "\"") else { throw broken("a name in quotes") }
                let key = try string()
                guard skipSpace() == UInt8(ascii: ":") else { throw broken("a colon") }
                advance()
                members[key] = try value(depth: depth + 1)
                guard try continues(until: UInt8(ascii: "}")) else { return .object(members) }
            }
        }

        private mutating func array(depth: Int) throws(LabelFormatError) -> Content {
            var values: [JSONNode] = []
            advance()
            if skipSpace() == UInt8(ascii: "]") {
                advance()
                return .array(values)
            }
            while true {
                values.append(try value(depth: depth + 1))
                guard try continues(until: UInt8(ascii: "]")) else { return .array(values) }
            }
        }

        /// Whether a comma follows; false after the closing bracket.
        private mutating func continues(until close: UInt8) throws(LabelFormatError) -> Bool {
            let next = skipSpace()
            guard next == UInt8(ascii: ",") || next == close else { throw broken("a comma or a closing bracket") }
            advance()
            return next != close
        }

        private mutating func word() throws(LabelFormatError) -> Content {
            let end =
                bytes[position...].firstIndex { byte in
                    byte <= 32 || [",", "]", "}", ":", "[", "{", "\""].contains(UnicodeScalar(byte))
                } ?? bytes.endIndex
            let word = text[position..<end]
            switch word {
            case "null", "true", "false", "NaN", "Infinity", "-Infinity": break
            default:
                guard let first = word.utf8.first, first == UInt8(ascii: "-") || (48...57).contains(first) else {
                    throw broken("a value")
                }
            }
            position = end
            return switch word {
            case "null": .null
            case "true": .bool(true)
            case "false": .bool(false)
            default: .number(word)
            }
        }

        private mutating func string() throws(LabelFormatError) -> String {
            advance()
            var content: [UInt8] = []
            while let byte {
                switch byte {
                case UInt8(ascii: "\""):
                    advance()
                    return String(decoding: content, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    advance()
                    content.append(contentsOf: Array(try escape().utf8))
                case 0..<32: throw broken("the end of a text in quotes")
                default:
                    content.append(byte)
                    advance()
                }
            }
            throw broken("the end of a text in quotes")
        }

        private mutating func escape() throws(LabelFormatError) -> String {
            guard let byte else { throw broken("an escape") }
            let simple: [UInt8: String] = [
                UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
                UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
            ]
            if let plain = simple[byte] {
                advance()
                return plain
            }
            guard byte == UInt8(ascii: "u") else { throw broken("an escape") }
            advance()
            var units = [try unit()]
            // The first half of a surrogate pair; its second half follows as another escape.
            if (0xD800..<0xDC00).contains(units[0]), text[position...].hasPrefix("\\u") {
                advance()
                advance()
                units.append(try unit())
            }
            return String(decoding: units, as: UTF16.self)
        }

        private mutating func unit() throws(LabelFormatError) -> UInt16 {
            let digits = text[position...].utf8.prefix(4)
            guard
                digits.count == 4, digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
                let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
            else { throw broken("four hexadecimal digits") }
            for _ in 0..<4 { advance() }
            return unit
        }
    }
}
