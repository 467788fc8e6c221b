/// How the text form is printed.
public struct TextStyle: Sendable, Hashable {
    /// Whether to use the colours of a terminal (ANSI escape sequences).
    public var color: Bool
    /// Whether to draw with ASCII only, for terminals without Unicode; names and paths stay as they are.
    public var asciiOnly: Bool

    /// A style.
    public init(color: Bool = false, asciiOnly: Bool = false) {
        self.color = color
        self.asciiOnly = asciiOnly
    }

    /// Longest line of any report, columns: what every terminal and mail shows.
    package static let width = 80

    /// The uses of colour; the raw value is the ANSI code (ECMA-48, select graphic rendition).
    package enum Ink: String {
        case heading = "1"
        case personA = "36"
        case personB = "33"
        case faint = "2"
    }

    /// The text in a colour, or as it is.
    package func ink(_ ink: Ink, _ text: String) -> String {
        color && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// What stands for text left out.
    package var ellipsis: String { asciiOnly ? "..." : "…" }
    /// Joins the facts of one line.
    package var dot: String { asciiOnly ? "," : " ·" }
    /// Cells of a drawing from empty to full, five steps.
    package var levels: [Character] { asciiOnly ? [" ", ".", ":", "+", "#"] : [" ", "▂", "▄", "▆", "█"] }
}
