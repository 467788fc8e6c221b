import Foundation
import RepositoryFolders

/// A shell script in a test, for what needs more than one program: terminals, limits, other users.
struct Shell {
    /// Standard output and standard error together.
    let output: String
    /// What it ended with; 128 and the signal's number when a signal ended it.
    let exitCode: Int32

    /// Whether script(1) of util-linux is here; that of other systems takes other options.
    static let givesTerminals: Bool = {
        #if os(Linux)
            FileManager.default.isExecutableFile(atPath: "/usr/bin/script")
        #else
            false
        #endif
    }()

    /// Runs `script` with /bin/bash; `$twoway` is the built program.
    init(_ script: String) async throws {
        let folder = try ScratchFolder()
        let outputPath = try folder.write("output", [])
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", script]
        process.environment = ProcessInfo.processInfo.environment.merging(["twoway": RepositoryFolders.program.path]) {
            $1
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: outputPath)
        process.standardError = process.standardOutput
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
            }
        }
        output = try String(contentsOfFile: outputPath, encoding: .utf8)
    }

    /// Runs `command` with the output of `script` as its input.
    init(_ script: String, into command: String) async throws { try await self.init("(\(script)) | \(command)") }
}
