/// The lines of a label file: LF, CRLF and CR end a line, a byte order mark is no part of the first.
enum LabelLines {
    /// Lines of a file at most: captions for every word of a day are a million.
    static let mostLines = 4_000_000
    /// Bytes of a line at most.
    static let longestLine = 1 << 20

    /// As `lines(of:)`, within bounds, so that a strange file costs neither time nor memory.
    ///
    /// - Throws: `LabelFormatError.damagedLine` at the first line that is too much or too long.
    static func lines(of text: String, path: String) throws(LabelFormatError) -> [Substring] {
        let lines = lines(of: text, atMost: mostLines + 1)
        guard lines.count <= mostLines else {
            throw FileLine(path: path, line: mostLines + 1).damage(
                "more than \(mostLines) lines", "give a file of labels for a single meeting")
        }
        if let long = lines.firstIndex(where: { $0.utf8.count > longestLine }) {
            throw FileLine(path: path, line: long + 1).damage(
                "the line is longer than \(longestLine >> 20) MiB", "check that the file holds labels")
        }
        return lines
    }

    /// All lines in order, without their ends; a text that ends with a line break has an empty last line.
    ///
    /// Works on bytes: to Swift `\r\n` is one character, and characters are slow to find. O(n).
    ///
    /// - Parameter count: after that many lines it stops; the last one then holds the rest.
    static func lines(of text: some StringProtocol, atMost count: Int = .max) -> [Substring] {
        let text = withoutByteOrderMark(text)
        let bytes = text.utf8
        var lines: [Substring] = []
        var start = bytes.startIndex
        var position = bytes.startIndex
        while position < bytes.endIndex, lines.count < count - 1 {
            let byte = bytes[position]
            let next = bytes.index(after: position)
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
                position = next
                continue
            }
            lines.append(text[start..<position])
            let isPair = byte == UInt8(ascii: "\r") && next < bytes.endIndex && bytes[next] == UInt8(ascii: "\n")
            position = isPair ? bytes.index(after: next) : next
            start = position
        }
        lines.append(text[start...])
        return lines
    }

    /// The text without the byte order mark that Windows programs put first.
    static func withoutByteOrderMark(_ text: some StringProtocol) -> Substring {
        var rest = Substring(text)
        if rest.unicodeScalars.first == "\u{FEFF}" { rest.unicodeScalars.removeFirst() }
        return rest
    }
}

extension StringProtocol {
    /// The text without blanks, tabs and line breaks at both ends.
    var trimmed: SubSequence {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }

    /// The parts between blanks and tabs.
    var fields: [SubSequence] { split { $0 == " " || $0 == "\t" } }
}
