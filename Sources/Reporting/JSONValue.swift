/// A JSON document as a value (RFC 8259), in which null is something one can write down.
///
/// The encoder of Foundation leaves out what is nil; the contract of this program prints it.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    /// Printed with the fewest digits that read back to the same number; null when not finite.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// How a document is laid out.
    public enum Layout: Sendable, Hashable {
        /// One line per member, indented by two spaces: for people.
        case indented
        /// The whole document on one line: for JSON Lines.
        case oneLine
    }

    /// The document with sorted keys (by Unicode scalars) and one newline at the end.
    public func text(_ layout: Layout = .indented) -> String {
        var text = ""
        write(to: &text, layout: layout, depth: 0)
        return text + "\n"
    }

    /// The document as it stands inside another one, `depth` levels down: without line break at the end.
    package func text(_ layout: Layout, depth: Int) -> String {
        var text = ""
        write(to: &text, layout: layout, depth: depth)
        return text
    }

    /// The value of a member; nil when this is no object or has no such member.
    public subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    private func write(to text: inout String, layout: Layout, depth: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += Self.digits(of: value)
        case .string(let value): Self.write(value, to: &text)
        case .array(let values):
            Self.write(values, between: "[", and: "]", to: &text, layout: layout, depth: depth) { value, text in
                value.write(to: &text, layout: layout, depth: depth + 1)
            }
        case .object(let members):
            // The order of UTF-8 bytes is that of Unicode scalars.
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            Self.write(sorted, between: "{", and: "}", to: &text, layout: layout, depth: depth) { member, text in
                Self.write(member.key, to: &text)
                text += layout == .indented ? ": " : ":"
                member.value.write(to: &text, layout: layout, depth: depth + 1)
            }
        }
    }

    /// Writes the items of an array or object with their commas and line breaks.
    private static func write<Item>(
        _ items: [Item], between open: String, and close: String, to text: inout String, layout: Layout, depth: Int,
        item write: (Item, inout String) -> Void
    ) {
        text += open
        let lineBreak = layout == .indented ? Self.lineBreak(depth: depth + 1) : ""
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            text += lineBreak
            write(item, &text)
        }
        if layout == .indented, !items.isEmpty { text += Self.lineBreak(depth: depth) }
        text += close
    }

    /// A line break and the indentation after it.
    private static func lineBreak(depth: Int) -> String {
        depth < lineBreaks.count ? lineBreaks[depth] : "\n" + String(repeating: "  ", count: depth)
    }

    /// The usual ones, made once: a long list has hundreds of thousands of lines.
    private static let lineBreaks = (0..<12).map { "\n" + String(repeating: "  ", count: $0) }

    /// The shortest digits that read back to the same number; whole numbers without a fraction.
    package static func digits(of value: Double) -> String {
        guard value.isFinite else { return "null" }
        let digits = value.description
        return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    }

    /// Writes a quoted string; only what must be escaped is escaped.
    private static func write(_ string: String, to text: inout String) {
        text += "\""
        defer { text += "\"" }
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            text += string
            return
        }
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let hexadecimal = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}

extension JSONValue {
    /// A number, or null.
    package init(_ value: Double?) { self = value.map(JSONValue.number) ?? .null }
    /// A whole number, or null.
    package init(_ value: Int?) { self = value.map(JSONValue.integer) ?? .null }
    /// A text, or null.
    package init(_ value: String?) { self = value.map(JSONValue.string) ?? .null }
}
