/// A piece of HTML or SVG; text from outside can get into it only escaped.
///
/// Pieces are joined by ``MarkupBuilder``; elements are made by calling a ``Tag``.
public struct Markup: Sendable, Hashable {
    /// The source text of the piece.
    public private(set) var source: String

    /// Nothing.
    public init() { source = "" }

    /// Text, in which every character stands for itself.
    public init(_ text: String) { source = Self.escaped(text) }

    /// A sentence of the reports: what stands between Unicode isolates is a name and becomes a `bdi` element.
    ///
    /// A name may be long or turn the writing direction; as an element of its own it may break and cannot turn its
    /// neighbours around.
    package init(sentence: String) {
        var markup = Markup()
        for (index, part) in sentence.split(separator: NameIsolate.start, omittingEmptySubsequences: false).enumerated()
        {
            guard index > 0 else {
                markup.append(Markup(String(part)))
                continue
            }
            let sides = part.split(separator: NameIsolate.end, maxSplits: 1, omittingEmptySubsequences: false)
            markup.append(Tag.bdi { String(sides[0]).replacing("\u{A0}", with: " ") })
            if sides.count > 1 { markup.append(Markup(String(sides[1]))) }
        }
        self = markup
    }

    /// Source text that this module wrote or escaped itself.
    init(source: String) { self.source = source }

    /// Adds a piece at the end.
    mutating func append(_ other: Markup) { source += other.source }

    /// The text with everything that HTML gives a meaning written as a character reference.
    ///
    /// Judged by scalars: to Swift a "<" with a combining mark is another character than "<". What no page may
    /// contain (control characters, noncharacters) becomes the replacement character.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            case "\t", "\n": result.append(scalar)
            case _ where scalar.properties.generalCategory == .control || scalar.properties.isNoncharacterCodePoint:
                result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}

/// The marks around a name in a sentence: first strong isolate and pop directional isolate (Unicode Annex 9).
enum NameIsolate {
    static let start: Character = "\u{2068}"
    static let end: Character = "\u{2069}"
}

/// Joins pieces of markup and texts, which are escaped.
@resultBuilder public enum MarkupBuilder {
    /// A text.
    public static func buildExpression(_ text: String) -> Markup { Markup(text) }
    /// A piece.
    public static func buildExpression(_ markup: Markup) -> Markup { markup }
    /// A piece, if there is one.
    public static func buildExpression(_ markup: Markup?) -> Markup { markup ?? Markup() }
    /// Several pieces.
    public static func buildExpression(_ pieces: [Markup]) -> Markup { joined(pieces) }
    /// One after the other.
    public static func buildBlock(_ pieces: Markup...) -> Markup { joined(pieces) }
    /// One per turn of a loop.
    public static func buildArray(_ pieces: [Markup]) -> Markup { joined(pieces) }
    /// The piece of an `if`.
    public static func buildOptional(_ piece: Markup?) -> Markup { piece ?? Markup() }
    /// The first branch.
    public static func buildEither(first piece: Markup) -> Markup { piece }
    /// The second branch.
    public static func buildEither(second piece: Markup) -> Markup { piece }

    private static func joined(_ pieces: [Markup]) -> Markup {
        var result = Markup()
        for piece in pieces { result.append(piece) }
        return result
    }
}
