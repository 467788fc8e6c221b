import ArgumentParser
import Foundation

/// What the names of recordings say, by a pattern such as `{date}_{person}.*`.
///
/// `{date}` is a day as 2026-03-12, 20260312 or 2026_03_12, `{person}` anything, `*` anything that is not kept. A name
/// has to fit as a whole.
struct NamePattern: ExpressibleByArgument {
    /// The pattern as given.
    let text: String
    private let expression: String

    /// What a name says.
    struct Facts: Equatable {
        /// The day, as YYYY-MM-DD.
        var date: String?
        /// Whom the meeting was with.
        var person: String?
    }

    init?(argument: String) {
        var (expression, rest) = ("", argument[...])
        while let first = rest.first {
            if rest.hasPrefix("{date}") {
                expression += "(?<date>[0-9]{4}[-_.]?[0-9]{2}[-_.]?[0-9]{2})"
                rest = rest.dropFirst("{date}".count)
            } else if rest.hasPrefix("{person}") {
                expression += "(?<person>.+?)"
                rest = rest.dropFirst("{person}".count)
            } else {
                expression += first == "*" ? ".*" : NSRegularExpression.escapedPattern(for: String(first))
                rest = rest.dropFirst()
            }
        }
        let counts = ["(?<date>", "(?<person>"].map { expression.components(separatedBy: $0).count - 1 }
        guard counts.max() == 1, (try? Regex(expression)) != nil else { return nil }
        (text, self.expression) = (argument, expression)
    }

    /// What `name`, without its folder, says; nil where it does not fit.
    func facts(in name: String) -> Facts? {
        guard let match = try? Regex(expression).dotMatchesNewlines().wholeMatch(in: name) else { return nil }
        func part(_ key: String) -> String? { match[key]?.substring.map(String.init) }
        let digits = part("date").map { $0.filter(\.isNumber) }
        return Facts(
            date: digits.map { "\($0.prefix(4))-\($0.dropFirst(4).prefix(2))-\($0.suffix(2))" },
            person: part("person")?.trimmingCharacters(in: .whitespaces))
    }
}
