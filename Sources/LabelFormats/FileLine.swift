/// Where in which file a reader is, to say so in errors.
struct FileLine: Sendable, Hashable {
    /// The file, as the user named it.
    let path: String
    /// The line, counted from 1.
    let line: Int

    /// The error for what is wrong here, and what to do about it.
    func damage(_ problem: String, _ advice: String) -> LabelFormatError {
        .damagedLine(path: path, line: line, problem: problem, advice: advice)
    }

    /// A piece of the file as an error message shows it: short, in quotes, on one line.
    static func quoted(_ text: some StringProtocol) -> String {
        let shown = text.unicodeScalars.prefix(longestQuote).map {
            $0.properties.generalCategory == .control ? " " : $0
        }
        let isCut = text.unicodeScalars.count > longestQuote
        return "\"" + String(String.UnicodeScalarView(shown)) + (isCut ? "...\"" : "\"")
    }

    /// Unicode scalars of the file that a message shows at most.
    private static let longestQuote = 40
}
