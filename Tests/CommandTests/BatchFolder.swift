import Foundation
import RepositoryFolders
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The suites whose tests keep all cores busy: one after the other, so that they do not starve others or each other.
@Suite(.serialized) enum BatchSuites {}

/// Recordings for batches: short pieces cut from the spoken fixtures.
struct BatchFolder {
    let scratch: ScratchFolder
    /// Where the recordings are.
    let recordings: URL
    /// Where results may go.
    let output: URL

    private static let rate = 8000
    private static let sounds: [[UInt8]] = ["one-sided", "late-pitch", "two-way"].compactMap { name in
        guard let bytes = FileManager.default.contents(atPath: ProgramRun.fixture(name + ".wav")),
            let data = bytes.firstRange(of: Data("data".utf8))
        else { return nil }
        return [UInt8](bytes[(data.upperBound + 4)...])
    }

    /// A folder with one recording for each name, `seconds` long.
    init(_ names: [String] = [], seconds: Double = 12) throws {
        scratch = try ScratchFolder()
        recordings = scratch.url.appending(path: "recordings")
        output = scratch.url.appending(path: "results")
        try FileManager.default.createDirectory(at: recordings, withIntermediateDirectories: true)
        for (index, name) in names.enumerated() { try add(name, Self.piece(index, seconds: seconds)) }
    }

    /// `count` names in order.
    static func names(_ count: Int) -> [String] { (0..<count).map { "meeting \(1000 + $0).wav" } }

    /// A µ-law WAV cut out of a fixture, another one for each number.
    static func piece(_ number: Int, seconds: Double) -> [UInt8] {
        let sound = sounds[number % sounds.count]
        let count = Int(seconds * Double(rate))
        let start = number * 3001 % max(sound.count - count, 1)
        let cut = (0..<count).map { sound[(start + $0) % sound.count] }
        return OddWaves.wave(format: 7, rate: rate, bits: 8, data: cut)
    }

    /// Writes a file below the recordings.
    func add(_ name: String, _ bytes: [UInt8]) throws {
        // Character by character: URL would take some of these names for something else.
        let path = recordings.path + "/" + name
        if let slash = name.lastIndex(of: "/") {
            try FileManager.default.createDirectory(
                atPath: recordings.path + "/" + name[..<slash], withIntermediateDirectories: true)
        }
        #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
    }

    /// Arguments of a batch of this folder.
    func arguments(_ more: String...) -> [String] {
        ["batch", recordings.path, "--output", output.path] + more
    }

    /// Every file below a folder with its bytes.
    static func contents(_ folder: URL) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder.path + "/" + name, isDirectory: &isFolder)
            if !isFolder.boolValue { found[name] = FileManager.default.contents(atPath: folder.path + "/" + name) }
        }
        return found
    }

    /// The lines of `results.jsonl` as objects.
    func results() throws -> [[String: Any]] {
        let text = try String(contentsOf: output.appending(path: "results.jsonl"), encoding: .utf8)
        return try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }
}

/// The built program while it runs, so that it can be disturbed.
final class RunningProgram {
    private let process = Process()
    private let folder: ScratchFolder
    private let messagesPath: String

    init(_ arguments: [String], of program: URL = RepositoryFolders.program) throws {
        folder = try ScratchFolder()
        messagesPath = try folder.write("messages", [])
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: messagesPath)
        try process.run()
    }

    /// Sends a signal, after `seconds`.
    func send(_ signal: Int32, after seconds: Double = 0) async throws {
        try await Task.sleep(for: .seconds(seconds))
        kill(process.processIdentifier, signal)
    }

    /// Waits for the end: exit code, or 128 and the number of the signal that ended it.
    func end() async throws -> (exitCode: Int32, messages: String) {
        while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        let isExit = process.terminationReason == .exit
        return (
            isExit ? process.terminationStatus : 128 + process.terminationStatus,
            try String(contentsOfFile: messagesPath, encoding: .utf8)
        )
    }

    /// Waits until something is true, at most half a minute.
    static func wait(until isTrue: () -> Bool) async throws {
        for _ in 0..<6000 where !isTrue() { try await Task.sleep(for: .milliseconds(5)) }
        try #require(isTrue())
    }
}

/// What a run took, told by the system.
struct MeasuredRun {
    let exitCode: Int32
    /// Most memory it had at a time, bytes.
    let peakMemory: Int
    /// Wall-clock time, seconds.
    let seconds: Double

    /// Runs the program with messages into a file.
    init(_ arguments: [String], messages: String = "/dev/null") async throws {
        let path = RepositoryFolders.program.path
        let start = ContinuousClock.now
        let (status, memory): (Int32, Int) = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var (pid, status, usage, peak) = (pid_t(), Int32(-1), rusage(), 0)
                var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
                #if canImport(Darwin)
                    var actions: posix_spawn_file_actions_t?
                #else
                    var actions = posix_spawn_file_actions_t()
                #endif
                posix_spawn_file_actions_init(&actions)
                posix_spawn_file_actions_addopen(&actions, 2, messages, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
                if posix_spawn(&pid, path, &actions, nil, &words, environ) == 0 {
                    while wait4(pid, &status, WNOHANG, &usage) == 0 {
                        peak = max(peak, Self.peakMemory(of: pid))
                        usleep(5000)
                    }
                }
                posix_spawn_file_actions_destroy(&actions)
                for word in words { free(word) }
                #if canImport(Darwin)
                    peak = usage.ru_maxrss
                #endif
                continuation.resume(returning: (status, peak))
            }
        }
        seconds = (ContinuousClock.now - start) / .seconds(1)
        exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
        peakMemory = memory
    }

    /// Most memory a running process had, bytes, as Linux says it; 0 elsewhere.
    ///
    /// Not from `wait4`, whose figure on Linux includes the process that started this one.
    private static func peakMemory(of pid: pid_t) -> Int {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return (Int(line.split(whereSeparator: \.isWhitespace).dropFirst().first ?? "") ?? 0) * 1024
    }
}
