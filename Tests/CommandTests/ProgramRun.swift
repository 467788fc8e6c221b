import Foundation
import RepositoryFolders
import Subprocess
import SystemPackage

/// The built program, run as a person runs it.
struct ProgramRun {
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let messages: String
    /// What it ended with.
    let exitCode: Int32

    /// Runs `twoway` with `arguments`; standard input holds `input`.
    init(_ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]) async throws {
        var changes: [Environment.Key: String?] = [:]
        for (name, value) in environment { changes[Environment.Key(stringLiteral: name)] = value }
        // 64 MiB: more than any report, so that nothing is cut off.
        let result = try await run(
            .path(FilePath(RepositoryFolders.program.path)), arguments: Arguments(arguments),
            environment: .inherit.updating(changes), input: .array(input), output: .string(limit: 1 << 26),
            error: .string(limit: 1 << 20))
        output = result.standardOutput ?? ""
        messages = result.standardError ?? ""
        switch result.terminationStatus {
        case .exited(let code): exitCode = code
        case .signaled(let signal): exitCode = 128 + signal
        }
    }

    /// Path of a fixture.
    static func fixture(_ name: String) -> String { RepositoryFolders.fixtures.appending(path: name).path }
}

/// A folder that is gone when the test is over.
final class ScratchFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "twoway-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes bytes and returns the path.
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = url.appending(path: name)
        try Data(bytes).write(to: file)
        return file.path
    }
}
