/// What Praat sees in a text file: numbers, quoted strings and flags that stand free; all else is decoration.
///
/// Free is what follows white space or the start of a line and is followed by white space. So the `1` of `item [1]:` and
/// the words `xmin =` are skipped, and the long and the short form of a file are the same tokens. `!` starts a comment.
/// Praat manual, "TextGrid file formats", section "2. The short text format" and "3. Reading a text file".
struct TextGridToken: Sendable, Hashable {
    /// What stands there.
    enum Content: Sendable, Hashable {
        case number(Substring)
        case text(String)
        case flag(Substring)
    }

    let content: Content
    let line: Int

    /// Tokens of a file at most, three to an interval.
    static let mostTokens = 4 * SegmentCollector.mostSegments

    /// All tokens of `text` in order.
    ///
    /// O(n).
    ///
    /// - Throws: `LabelFormatError.damagedLine` at the start of a string that does not end, or where it gets too much.
    static func tokens(of text: Substring, path: String) throws(LabelFormatError) -> [TextGridToken] {
        let bytes = text.utf8
        var tokens: [TextGridToken] = []
        var line = 1
        var position = bytes.startIndex
        while position < bytes.endIndex {
            guard tokens.count < mostTokens else {
                throw SegmentCollector.tooMany(at: FileLine(path: path, line: line))
            }
            let byte = bytes[position]
            if isSpace(byte) {
                if endsLine(bytes, position) { line += 1 }
                position = bytes.index(after: position)
            } else if byte == UInt8(ascii: "!") {
                position = bytes[position...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.endIndex
            } else if byte == UInt8(ascii: "\"") {
                let start = line
                guard let end = closingQuote(bytes, after: position, line: &line) else {
                    throw FileLine(path: path, line: start).damage(
                        "a quoted text does not end", "close it with a quote; quotes inside are doubled")
                }
                let inside = text[bytes.index(after: position)..<end]
                tokens.append(TextGridToken(content: .text(undoubled(inside)), line: start))
                position = bytes.index(after: end)
            } else {
                let end = bytes[position...].firstIndex(where: isSpace) ?? bytes.endIndex
                if let content = content(of: text[position..<end]) {
                    tokens.append(TextGridToken(content: content, line: line))
                }
                position = end
            }
        }
        return tokens
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    /// Whether the byte at `position` is the last one of a line break.
    private static func endsLine(_ bytes: Substring.UTF8View, _ position: Substring.Index) -> Bool {
        if bytes[position] == 10 { return true }
        guard bytes[position] == 13 else { return false }
        let next = bytes.index(after: position)
        return next == bytes.endIndex || bytes[next] != 10
    }

    private static func closingQuote(
        _ bytes: Substring.UTF8View, after start: Substring.Index, line: inout Int
    ) -> Substring.Index? {
        var position = bytes.index(after: start)
        while position < bytes.endIndex {
            let next = bytes.index(after: position)
            if bytes[position] == UInt8(ascii: "\"") {
                guard next < bytes.endIndex, bytes[next] == UInt8(ascii: "\"") else { return position }
                position = bytes.index(after: next)
                continue
            }
            if endsLine(bytes, position) { line += 1 }
            position = next
        }
        return nil
    }

    private static func undoubled(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "\"")) else { return String(text) }
        var result = ""
        var isSecond = false
        for scalar in text.unicodeScalars {
            isSecond = scalar == "\"" && !isSecond
            if !isSecond { result.unicodeScalars.append(scalar) }
        }
        return result
    }

    /// A word that starts like a number is one, whether it can be read or not; so a damaged number is not skipped.
    private static func content(of word: Substring) -> Content? {
        guard let first = word.utf8.first else { return nil }
        if first == UInt8(ascii: "<") { return .flag(word) }
        let rest = first == UInt8(ascii: "-") || first == UInt8(ascii: "+") ? word.utf8.dropFirst() : word.utf8[...]
        guard let digit = rest.first, (48...57).contains(digit) || digit == UInt8(ascii: ".") else {
            return ["nan", "inf", "infinity", "--undefined--"].contains(word.lowercased()) ? .number(word) : nil
        }
        return .number(word)
    }
}
