import Foundation
import RepositoryFolders

/// A journal in a scratch folder, used through the built command.
struct JournalRun: Sendable {
    let folder: ScratchFolder
    /// The journal.
    var path: String { folder.url.appending(path: "journal.sqlite").path }

    init() throws { folder = try ScratchFolder() }

    /// A journal with the four meetings of the origin story.
    static func withSeeds() async throws -> JournalRun {
        let journal = try JournalRun()
        _ = try await journal("import", RepositoryFolders.root.appending(path: "seeds/meetings.jsonl").path)
        return journal
    }

    /// Runs `twoway journal` with arguments on it.
    func callAsFunction(_ arguments: String..., input: String = "") async throws -> ProgramRun {
        try await run(["journal"] + arguments, input: input)
    }

    /// Runs `twoway` with the journal as the default one.
    func run(_ arguments: [String], input: String = "") async throws -> ProgramRun {
        try await ProgramRun(arguments, input: Array(input.utf8), environment: ["TWOWAY_JOURNAL": path])
    }

    /// A JSON result as an object.
    static func object(_ run: ProgramRun) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any] ?? [:]
    }

    /// The text of one member at the top level of an indented JSON result.
    static func member(_ name: String, of run: ProgramRun) throws -> String {
        let lines = run.output.components(separatedBy: "\n")
        guard let first = lines.firstIndex(where: { $0.hasPrefix("  \"\(name)\": ") }) else { return "" }
        let end = lines[(first + 1)...].firstIndex { $0.hasPrefix("  \"") || $0 == "}" } ?? lines.endIndex
        var text = lines[first..<end].joined(separator: "\n")
        if text.hasSuffix(",") { text.removeLast() }
        return text
    }
}
