import Timeline

/// How a sentence speaks of one of the two people.
struct Person {
    /// In the middle of a sentence: "you", "Dana", "speaker A".
    var name: String
    /// At the start of a sentence or row: "You", "Dana", "Speaker A".
    var title: String
    /// "you were" or "Dana was".
    var was: String

    /// Names are shortened to `columns` and made harmless for the terminal.
    ///
    /// - Parameter isolated: Whether given names stand between the marks of `NameIsolate`, for pages.
    init(
        _ speaker: Speaker, name: String?, reader: Speaker?, columns: Int, ellipsis: String, isolated: Bool = false
    ) {
        let given = name.map { ColumnWidth.printable($0) }.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        if reader == speaker {
            (self.name, title) = ("you", "You")
        } else if let given {
            // One name is one word, so that it never breaks over two lines.
            var short = ColumnWidth.shortened(given, to: columns, ellipsis: ellipsis).replacing(" ", with: "\u{A0}")
            if isolated { short = "\(NameIsolate.start)\(short)\(NameIsolate.end)" }
            (self.name, title) = (short, short)
        } else if reader != nil {
            (self.name, title) = ("the other person", "The other")
        } else {
            (self.name, title) = ("speaker\u{A0}\(speaker.rawValue)", "Speaker\u{A0}\(speaker.rawValue)")
        }
        was = reader == speaker ? "you were" : "\(self.name) was"
    }
}

extension String {
    /// With a capital first letter, as sentences start.
    var sentenceStart: String { prefix(1).uppercased() + dropFirst() }
}
