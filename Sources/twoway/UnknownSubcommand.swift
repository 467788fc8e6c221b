import ArgumentParser
import Foundation
import Journal
import LabelFormats

/// A word where a subcommand should stand, and what was probably meant.
///
/// The parser suggests options, not subcommands.
struct UnknownSubcommand {
    /// The commands before it, such as `twoway journal`.
    let path: String
    /// The word that is no subcommand.
    let word: String
    /// What to type instead, most likely first; may be empty.
    let suggestions: [String]

    /// Letters that may differ: 2, a swap of two letters among them.
    private static let mostEdits = 2

    /// Looks for the first word that is no subcommand; nil when there is none.
    init?(in arguments: [String], of root: any ParsableCommand.Type) {
        var words = arguments[...]
        var command = root
        var path = [root._commandName]
        if words.first == "help" { words.removeFirst() }
        while let word = words.popFirst(), !word.hasPrefix("-"), word != "help" {
            let children = command.configuration.subcommands
            if children.isEmpty { return nil }
            if let child = children.first(where: { $0._commandName == word }) {
                command = child
                path.append(word)
                continue
            }
            self.path = path.joined(separator: " ")
            self.word = word
            suggestions = Self.suggestions(for: word, among: children.map { $0._commandName }, after: self.path)
            return
        }
        return nil
    }

    private static func suggestions(for word: String, among names: [String], after path: String) -> [String] {
        if FileManager.default.fileExists(atPath: word) {
            let subcommand = LabelFormat(fileName: word) == nil ? "analyze" : "metrics"
            if names.contains(subcommand) { return ["\(path) \(subcommand) \(word)"] }
        }
        let near = names.map { (name: $0, edits: EditDistance.between(word.lowercased(), $0)) }
            .filter { $0.edits <= min(mostEdits, $0.name.count / 2) || word.count > 1 && $0.name.hasPrefix(word) }
        return near.sorted { ($0.edits, $0.name) < ($1.edits, $1.name) }.prefix(3).map { "\(path) \($0.name)" }
    }

    /// The whole message for standard error.
    var message: String {
        let hint =
            suggestions.isEmpty ? "" : " Did you mean \(suggestions.map { "`\($0)`" }.joined(separator: " or "))?"
        return "Error: `\(path)` has no subcommand \(word).\(hint)\n  See `\(path) --help` for all of them.\n"
    }
}
