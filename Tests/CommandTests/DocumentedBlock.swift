import Foundation
import RepositoryFolders

/// A fenced block of shell commands in a Markdown document.
struct DocumentedBlock {
    /// Path of the document below the top of the repository.
    let document: String
    /// Line of its first command, from 1.
    let line: Int
    /// The commands.
    let script: String
    /// Why it is not run, from a comment `<!-- not run: reason -->` above it; nil when it is.
    let reasonNotToRun: String?

    /// All blocks marked `sh` of a document, and lines with commands outside of any.
    static func all(in document: String) throws -> (blocks: [DocumentedBlock], strays: [String]) {
        let text = try String(contentsOf: RepositoryFolders.root.appending(path: document), encoding: .utf8)
        let lines = text.components(separatedBy: "\n")
        var blocks: [DocumentedBlock] = []
        var strays: [String] = []
        var index = 0
        while index < lines.count {
            let line = lines[index]
            if line.hasPrefix("```") {
                let end = lines[(index + 1)...].firstIndex { $0.hasPrefix("```") } ?? lines.count
                if line == "```sh" {
                    blocks.append(
                        DocumentedBlock(
                            document: document, line: index + 2,
                            script: lines[(index + 1)..<end].joined(separator: "\n"),
                            reasonNotToRun: index > 0 ? reason(in: lines[index - 1]) : nil))
                }
                index = end
            } else if line.hasPrefix("    "), isCommand(line.dropFirst(4)) {
                strays.append("\(document):\(index + 1): \(line)")
            }
            index += 1
        }
        return (blocks, strays)
    }

    /// Every Markdown document of the repository, in order of their names.
    static func documents() throws -> [String] {
        let root = RepositoryFolders.root
        let folders = ["", "Documentation", "Fixtures", "seeds", "Examples", "Packaging", "Benchmarks", "Sources"]
        return try folders.flatMap { folder in
            let url = folder.isEmpty ? root : root.appending(path: folder)
            guard FileManager.default.fileExists(atPath: url.path) else { return [String]() }
            let names =
                try folder.isEmpty
                ? FileManager.default.contentsOfDirectory(atPath: url.path)
                : FileManager.default.subpathsOfDirectory(atPath: url.path)
            // What a build fetched is not ours to check.
            return names.filter { $0.hasSuffix(".md") && !$0.contains(".build") }
                .map { folder.isEmpty ? $0 : folder + "/" + $0 }
        }.sorted()
    }

    private static func reason(in line: String) -> String? {
        let (start, end) = ("<!-- not run: ", " -->")
        guard line.hasPrefix(start), line.hasSuffix(end) else { return nil }
        return String(line.dropFirst(start.count).dropLast(end.count))
    }

    private static func isCommand(_ text: Substring) -> Bool {
        ["twoway ", "make ", ".build/", "swift ", "$ "].contains { text.hasPrefix($0) }
    }
}
