import Foundation
import RepositoryFolders
import Testing

/// What the documentation says is done here.
@Suite("Every command of the documentation runs") struct DocumentationTests {
    static let documents = (try? DocumentedBlock.documents()) ?? []

    @Test("The commands of a document run from top to bottom", arguments: documents)
    func commands(document: String) async throws {
        let blocks = try DocumentedBlock.all(in: document).blocks.filter { $0.reasonNotToRun == nil }
        if blocks.isEmpty { return }
        let folder = try await DocumentationFolder()
        for block in blocks {
            let run = try await folder.run(block.script)
            #expect(run.exitCode == 0, "\(document):\(block.line)\n\(block.script)\n\(run.output)")
        }
    }

    @Test("Blocks that are not run say why, and are listed")
    func notRun() throws {
        let blocks = try Self.documents.flatMap { try DocumentedBlock.all(in: $0).blocks }
        let skipped = blocks.filter { $0.reasonNotToRun != nil }
        for block in skipped {
            let reason = block.reasonNotToRun ?? ""
            #expect(reason.count > 10)
            print("not run: \(block.document):\(block.line): \(reason)")
        }
        #expect(skipped.count < blocks.count / 2)
        #expect(blocks.count > 15)
    }

    @Test("No command hides outside of a block that is run or says why not", arguments: documents)
    func strays(document: String) throws {
        #expect(try DocumentedBlock.all(in: document).strays.isEmpty)
    }

    @Test("Subcommands, targets and files that are named in a sentence exist", arguments: documents)
    func names(document: String) async throws {
        let root = RepositoryFolders.root
        let text = try String(contentsOf: root.appending(path: document), encoding: .utf8)
        let dump = try await ProgramRun(["--help"]).output
        let makefiles =
            try String(contentsOf: root.appending(path: "Makefile"), encoding: .utf8)
            + String(contentsOf: root.appending(path: "Packaging/packaging.mk"), encoding: .utf8)
        for match in text.matches(of: /`twoway ([a-z]+)[^`]*`/) {
            #expect(dump.contains("\n  \(match.1) "), "\(document) names \(match.0)")
        }
        for match in text.matches(of: /`make ([a-z-]+)`/) {
            #expect(makefiles.contains("\n\(match.1):"), "\(document) names \(match.0)")
        }
        let folder = root.appending(path: document).deletingLastPathComponent()
        for match in text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
            let file = folder.appending(path: String(match.1)).standardizedFileURL
            #expect(FileManager.default.fileExists(atPath: file.path), "\(document) links to \(match.1)")
        }
    }

    @Test("The pictures show what the program says now", arguments: [("terminal", 30), ("journal", 15)])
    func pictures(name: String, fewest: Int) async throws {
        let picture = try String(
            contentsOf: RepositoryFolders.root.appending(path: "Documentation/pictures/\(name).svg"), encoding: .utf8)
        let folder = try await DocumentationFolder()
        let command =
            name == "terminal"
            ? "twoway analyze Fixtures/late-pitch.wav --me A --with Alasdair"
            : "twoway journal import seeds/meetings.jsonl 2> import.log; twoway journal summary --as-of 2026-11-01"
        let words = try await folder.run(command).output.split(whereSeparator: \.isWhitespace)
        let shown = Set(
            picture.replacing(/<[^>]*>/, with: " ").replacingOccurrences(of: "&quot;", with: "\"")
                .replacingOccurrences(of: "&#x27;", with: "'").split(whereSeparator: \.isWhitespace))
        #expect(words.count >= fewest)
        #expect(words.filter { !shown.contains($0) } == [], "make pictures draws them anew")
    }
}
