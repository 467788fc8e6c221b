import Foundation

/// A program run to its end, with what it took.
public struct ChildRun: Sendable {
    /// Processor seconds, user and system, of the program and whatever it waited for.
    public let processorSeconds: Double
    /// Seconds on the wall.
    public let wallSeconds: Double
    /// Greatest resident memory, megabytes of 10⁶ bytes.
    public let peakMegabytes: Double
    /// What it wrote to standard output.
    public let output: String
    /// What it ended with; 128 and the signal's number when a signal ended it.
    public let exitCode: Int32

    /// Why a program could not be run.
    public struct Failure: Error, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    /// Runs `program` with `arguments`; its messages go to this process's standard error if `showsMessages`.
    ///
    /// - Throws: `Failure` when it cannot be started.
    public init(_ program: String, _ arguments: [String], showsMessages: Bool = false) throws(Failure) {
        let outputPath = FileManager.default.temporaryDirectory.appending(path: "twoway-bench-\(UUID().uuidString)")
            .path
        defer { unlink(outputPath) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        if !showsMessages { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
        var argv: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for argument in argv { free(argument) } }
        let start = ContinuousClock.now
        var child = pid_t()
        let failure = posix_spawnp(&child, program, &actions, nil, &argv, environ)
        guard failure == 0 else {
            throw Failure(description: "\(program) cannot be run (\(String(cString: strerror(failure)))).")
        }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
        let wall = ContinuousClock.now - start
        wallSeconds = Double(wall.components.seconds) + Double(wall.components.attoseconds) * 1e-18
        processorSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
        #if os(Linux)
            peakMegabytes = Double(usage.ru_maxrss) * 1024 / 1e6
        #else
            peakMegabytes = Double(usage.ru_maxrss) / 1e6
        #endif
        exitCode = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
        output = (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? ""
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }

    /// Runs a command line of the shell in which `{audio}` stands for a path.
    ///
    /// - Throws: `Failure` when the shell cannot be started.
    public init(command: String, audio: String) throws(Failure) {
        let quoted = "'" + audio.replacingOccurrences(of: "'", with: "'\\''") + "'"
        try self.init("/bin/sh", ["-c", command.replacingOccurrences(of: "{audio}", with: quoted)])
    }
}
