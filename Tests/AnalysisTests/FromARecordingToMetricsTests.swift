import Foundation
import RepositoryFolders
import Testing

/// The code of the article "From a recording to metrics in ten lines", compiled and run.
@Suite struct FromARecordingToMetricsTests {
    /// The lines of the first Swift block of the article.
    private func articleCode() throws -> [String] {
        let article = RepositoryFolders.root.appending(
            path: "Sources/Analysis/Analysis.docc/FromARecordingToMetrics.md")
        let lines = try String(contentsOf: article, encoding: .utf8).components(separatedBy: "\n")
        let start = try #require(lines.firstIndex(of: "```swift"))
        return Array(lines[(start + 1)...].prefix { $0 != "```" })
    }

    /// What an article says it prints: its block without a language.
    private func articleOutput() throws -> [String] {
        let article = RepositoryFolders.root.appending(
            path: "Sources/Analysis/Analysis.docc/FromARecordingToMetrics.md")
        let lines = try String(contentsOf: article, encoding: .utf8).components(separatedBy: "\n")
        let start = try #require(lines.firstIndex { $0.hasPrefix("A held") })
        return Array(lines[start...].prefix { $0 != "```" })
    }

    @Test("The article shows the code that is compiled here, and it has at most ten lines of statements")
    func sameCode() throws {
        let compiled = RepositoryFolders.root.appending(path: "Tests/AnalysisTests/TenLines.swift")
        let source = try String(contentsOf: compiled, encoding: .utf8).components(separatedBy: "\n")
        let start = try #require(source.firstIndex(of: "    // The article begins."))
        let end = try #require(source.firstIndex(of: "    // The article ends."))
        let statements = source[(start + 1)..<end].map { String($0.dropFirst(4)) }
        let article = try articleCode()
        let imports = article.prefix { !$0.isEmpty }
        #expect(imports.allSatisfy { $0.hasPrefix("import ") && source.contains($0) })
        #expect(
            article.dropFirst(imports.count + 1).map {
                $0.replacingOccurrences(of: "\"meeting.wav\"", with: "path")
                    .replacingOccurrences(of: "print(", with: "show(")
            } == statements)
        #expect(statements.count <= 10)
    }

    @Test("It prints what the article says")
    func output() async throws {
        let printed = try await TenLines.run(RepositoryFolders.fixtures.appending(path: "late-pitch.wav").path)
        #expect(try printed == articleOutput())
    }
}
