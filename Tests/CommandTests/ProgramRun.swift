import Foundation
import RepositoryFolders

/// The built program, run as a person runs it.
struct ProgramRun {
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let messages: String
    /// What it ended with; 128 and the signal's number when a signal ended it.
    let exitCode: Int32

    /// A run that takes longer hangs, and is ended.
    private static let patience = 240.0

    /// Runs `twoway`, or another program, with `arguments`; standard input holds `input`.
    ///
    /// Input and output are files, so that no pipe can fill up and no thread waits for one.
    init(
        _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
        of program: URL = RepositoryFolders.program, patience: Double = Self.patience
    ) async throws {
        let folder = try ScratchFolder()
        let (inputPath, outputPath, messagesPath) = (
            try folder.write("input", input), try folder.write("output", []), try folder.write("messages", [])
        )
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        // Voices that whoever runs the tests has enrolled must not change them.
        let nowhere = ["TWOWAY_JOURNAL": folder.url.appending(path: "journal.sqlite").path]
        process.environment = ProcessInfo.processInfo.environment.merging(nowhere) { $1 }.merging(environment) { $1 }
        process.standardInput = FileHandle(forReadingAtPath: inputPath)
        process.standardOutput = FileHandle(forWritingAtPath: outputPath)
        process.standardError = FileHandle(forWritingAtPath: messagesPath)
        exitCode = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { process in
                let isExit = process.terminationReason == .exit
                continuation.resume(returning: isExit ? process.terminationStatus : 128 + process.terminationStatus)
            }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
                return
            }
            let identifier = process.processIdentifier
            DispatchQueue.global().asyncAfter(deadline: .now() + patience) {
                if process.isRunning { kill(identifier, SIGKILL) }
            }
        }
        output = try String(contentsOfFile: outputPath, encoding: .utf8)
        messages = try String(contentsOfFile: messagesPath, encoding: .utf8)
    }

    /// Path of a fixture.
    static func fixture(_ name: String) -> String { RepositoryFolders.fixtures.appending(path: name).path }
}

/// A folder that is gone when the test is over.
final class ScratchFolder: Sendable {
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
