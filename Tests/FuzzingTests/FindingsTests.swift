import Foundation
import FuzzTargets
import RepositoryFolders
import Testing

/// Inputs that the fuzzer once broke something with.
@Suite("Findings of the fuzzer")
struct FindingsTests {
    /// A file below Tests/Fuzzing/Findings; its folder names the target.
    struct Finding: Sendable, CustomTestStringConvertible {
        var target: String
        var file: URL
        var testDescription: String { "\(target)/\(file.lastPathComponent)" }
    }

    private static let folder = RepositoryFolders.root.appending(path: "Tests/Fuzzing/Findings")

    private static func contents(of folder: URL) -> [URL] {
        let found = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
        return (found ?? []).sorted { $0.path < $1.path }
    }

    static let findings = contents(of: folder).flatMap { folder in
        contents(of: folder).map { Finding(target: folder.lastPathComponent, file: $0) }
    }

    @Test("There are findings, and each lies in a folder with the name of a target")
    func places() {
        #expect(!Self.findings.isEmpty)
        for finding in Self.findings { #expect(FuzzTarget(rawValue: finding.target) != nil, "\(finding.target)") }
    }

    // A broken promise stops the process, so that a finding that breaks something again cannot be overlooked.
    @Test("Each finding is read to its end again", arguments: findings)
    func replay(finding: Finding) throws {
        let target = try #require(FuzzTarget(rawValue: finding.target))
        try Data(contentsOf: finding.file).withUnsafeBytes { target.run($0) }
    }

    @Test("No target stops at nothing, at zeros, or at every byte there is", arguments: FuzzTarget.allCases)
    func plain(target: FuzzTarget) {
        for bytes in [[], [0], [UInt8](repeating: 0, count: 5_000), [UInt8](0...255)] {
            bytes.withUnsafeBytes { target.run($0) }
        }
    }
}
