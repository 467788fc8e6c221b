import Journal
import Reporting

/// Words and building blocks that the views of the journal share.
struct JournalWords {
    let style: TextStyle
    static let indent = "  "
    /// Longest name in a row, columns.
    static let rowName = 16
    /// What stands where nothing is known.
    var nothing: String { style.asciiOnly ? "-" : "–" }

    /// A name from outside, harmless and at most `columns` long.
    func name(_ name: String, columns: Int = 40) -> String {
        ColumnWidth.shortened(ColumnWidth.printable(name), to: columns, ellipsis: style.ellipsis)
    }

    /// A name inside a sentence, which never breaks over two lines.
    func spoken(_ name: String) -> String {
        let name = self.name(name)
        return name.utf8.contains(0x20) ? name.replacing(" ", with: "\u{A0}") : name
    }

    /// A section with its title; nothing when it is empty.
    func section(_ title: String, _ content: [String]) -> [String] {
        content.isEmpty ? [] : ["", style.ink(.heading, title)] + content
    }

    /// A text in lines of at most 80 columns.
    func paragraph(_ text: String, _ ink: TextStyle.Ink? = nil, indent: String = Self.indent) -> [String] {
        ColumnWidth.wrapped(text, to: TextStyle.width - indent.count)
            .map { line in indent + (ink.map { style.ink($0, line) } ?? line) }
    }

    /// A labelled text whose further lines stand under the first.
    func labelled(_ label: String, _ text: String, width: Int) -> [String] {
        let column = Self.indent.count + width + 2
        return ColumnWidth.wrapped(text, to: TextStyle.width - column).enumerated().map { index, line in
            let head =
                index == 0
                ? Self.indent + ColumnWidth.padded(label, to: width) + "  " : String(repeating: " ", count: column)
            return head + line
        }
    }

    /// A number of things.
    static func count(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }

    /// A share for a column: at most five characters.
    func share(_ share: Double?) -> String {
        share.map { PlainNumber.percent($0).replacing("\u{A0}", with: " ") } ?? nothing
    }

    /// Text flush right.
    static func trailing(_ text: String, _ columns: Int) -> String {
        String(repeating: " ", count: max(columns - ColumnWidth.of(text), 0)) + text
    }

    /// A pattern in a few words, at most 17 columns.
    static func pattern(_ meeting: MeetingSummary) -> String {
        if meeting.myFloorShare == nil { return "not noted" }
        return pattern(meeting.pattern, isGenuine: meeting.isGenuinelyTwoWay)
    }

    /// A pattern in a few words, at most 17 columns.
    static func pattern(_ pattern: MeetingPattern, isGenuine: Bool) -> String {
        func side(_ side: Side) -> String { side == .me ? "you" : "them" }
        return switch pattern {
        case .insufficient: "no verdict"
        case .latePitch(let who): "late pitch (\(side(who)))"
        case .oneSided(let who): "one-sided (\(side(who)))"
        case .twoWay: isGenuine ? "genuine two-way" : "two-way"
        case .leaning(let who): "leaning (\(side(who)))"
        }
    }

    /// A bar of a share; a share that is not 0 is visible.
    func bar(_ share: Double?, columns: Int) -> String {
        guard let share else { return String(repeating: " ", count: columns) }
        let filled = share > 0 ? max(Int((share * Double(columns)).rounded()), 1) : 0
        let (full, empty) = style.asciiOnly ? ("#", ".") : ("█", "░")
        return String(repeating: full, count: filled) + String(repeating: empty, count: columns - filled)
    }

    /// Shares as a line of small bars, the newest ones when there are more than fit.
    func sparkline(_ shares: [Double?], columns: Int) -> String {
        let steps = style.asciiOnly ? Array("0123456789") : Array("▁▂▃▄▅▆▇█")
        return String(
            shares.suffix(columns).map { share -> Character in
                guard let share else { return style.asciiOnly ? "?" : "·" }
                return steps[min(Int(share * Double(steps.count)), steps.count - 1)]
            })
    }
}
