/// How many columns of a terminal a text takes, and how to make it fit.
package enum ColumnWidth {
    /// Columns of a text without control characters.
    package static func of(_ text: String) -> Int {
        // Lists of thousands of rows are mostly ASCII, where a byte is a column.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// 2 for East Asian wide characters and emoji (Unicode Standard Annex 11, classes W and F), else 1.
    ///
    /// Doubtful cases count as wide: a line may stay a column short, but never gets too long.
    static func of(_ character: Character) -> Int {
        // Nothing below U+0800, which is at most two bytes, is wide.
        if character.utf8.count <= 2 { return 1 }
        let isWide = character.unicodeScalars.contains { scalar in
            scalar.properties.isEmojiPresentation || scalar.value == 0xFE0F
                || wideScalars.contains { $0.contains(scalar.value) }
        }
        if isWide { return 2 }
        // A mark without a letter to sit on still gets a column of its own in many terminals.
        return 1
    }

    /// Hangul, Kana, Han, full-width forms and the emoji planes.
    private static let wideScalars: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F000...0x1FAFF, 0x20000...0x3FFFD,
    ]

    /// A text from outside made harmless for a terminal: what cannot be seen or turns the writing becomes "?".
    package static func printable(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: result.append("?")
            // The joiners build emoji and some scripts; other format characters reorder or hide.
            case .format: if scalar.value == 0x200D || scalar.value == 0x200C { result.append(scalar) }
            case .nonspacingMark, .enclosingMark, .spacingMark:
                // A mark without a letter would sit on whatever is printed before it.
                if result.isEmpty { result.append("\u{25CC}") }
                result.append(scalar)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The text, or its beginning and an ellipsis, in at most `columns`.
    package static func shortened(_ text: String, to columns: Int, ellipsis: String) -> String {
        guard of(text) > columns else { return text }
        var result = ""
        var used = of(ellipsis)
        for character in text {
            used += of(character)
            if used > columns { break }
            result.append(character)
        }
        return result + ellipsis
    }

    /// The text filled with spaces to `columns`; longer text stays.
    package static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(columns - of(text), 0))
    }

    /// Lines of at most `columns`, broken at spaces, inside words only where a word alone is too long.
    ///
    /// A no-break space keeps its neighbours together and comes out as a space.
    package static func wrapped(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ").map(String.init) {
            if !line.isEmpty, of(line) + 1 + of(word) <= columns {
                line += " " + word
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = ""
            if of(word) <= columns {
                line = word
                continue
            }
            for character in word {
                if of(line) + of(character) > columns, !line.isEmpty {
                    lines.append(line)
                    line = ""
                }
                line.append(character)
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.map { $0.utf8.contains(0xC2) ? $0.replacing("\u{A0}", with: " ") : $0 }
    }
}

extension String {
    /// The text made harmless for a terminal: what cannot be seen or turns the writing becomes "?".
    public var printableInTerminal: String { ColumnWidth.printable(self) }
}
