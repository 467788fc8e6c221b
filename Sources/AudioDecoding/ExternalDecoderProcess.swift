import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One run of ffmpeg whose output is read from a pipe; the pipe's size is the back-pressure.
///
/// The process never outlives this value: it is killed and reaped when nobody reads it any more.
///
/// Started with `posix_spawn` and not with swift-subprocess, which needs a free thread of the shared pool to report
/// the end of a process. Where blocking readers hold every thread of the pool, that thread never comes.
final class ExternalDecoderProcess: ByteSource {
    /// How the process ended.
    enum Outcome: Sendable, Hashable {
        case succeeded(message: String?)
        case failed(message: String?)
        case notInstalled
    }

    let name: String
    let byteCount: Int? = nil
    private let output: InputDescriptor
    private let messages: InputDescriptor
    private let child: pid_t?
    private var outcome: Outcome?
    private var keptMessages: [UInt8] = []
    private var messagesEnded = false
    /// Longest wait for a sign of life, and what is left of all waiting, seconds.
    private let patience: Double
    private var waitingTime: Double

    /// Bytes of the messages kept; ffmpeg can write one line for every damaged packet.
    private static let keptMessageByteCount = 2_048

    /// One start at a time, so that no other ffmpeg inherits a pipe before it is marked as not to be inherited.
    private static let starting = Mutex<Void>(())

    /// Starts `program`, a name on PATH or a path; without `standardInput` it reads `/dev/null`.
    init(
        program: String, arguments: [String], standardInput: Int32?, name: String,
        parameters: AudioDecodingParameters
    ) throws(AudioDecodingError) {
        self.name = name
        patience = parameters.externalDecoderPatience
        waitingTime = parameters.externalDecoderWaitingTime
        let start = Self.starting.withLock { _ in
            Self.start([program] + arguments, standardInput: standardInput)
        }
        guard let output = start.output, let messages = start.messages else {
            throw .inputFailed(name, reason: InputDescriptor.systemReason(start.code))
        }
        self.output = try InputDescriptor(number: output, name: name, closesAtEnd: true, isStream: true)
        self.messages = try InputDescriptor(number: messages, name: name, closesAtEnd: true, isStream: true)
        child = start.child
        if start.child == nil {
            outcome =
                start.code == ENOENT
                ? .notInstalled
                : .failed(message: "it could not be started: \(InputDescriptor.systemReason(start.code))")
        }
    }

    deinit {
        guard let child, outcome == nil else { return }
        kill(child, SIGKILL)
        _ = Self.reap(child)
    }

    /// Reads decoded sound, and on the way the messages, lest a chatty ffmpeg blocks on a full pipe.
    func read(into target: UnsafeMutableRawPointer, count: Int) throws(AudioDecodingError) -> Int {
        while outcome == nil {
            let ready = try wait(forOutput: true)
            if ready.messages { try keepMessages() }
            if ready.output { break }
        }
        return try output.read(into: target, count: count)
    }

    /// Waits until the pipes hold something or have ended, for as long as the budget lasts.
    ///
    /// - Throws: `AudioDecodingError.externalDecoderFailed` when it is used up; the process is then ended.
    private func wait(forOutput: Bool) throws(AudioDecodingError) -> (output: Bool, messages: Bool) {
        // A negative number is passed over.
        var waiting = [
            pollfd(fd: forOutput ? output.number : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: messagesEnded ? -1 : messages.number, events: Int16(POLLIN), revents: 0),
        ]
        let budget = min(patience, waitingTime)
        let start = ContinuousClock.now
        var count: Int32
        repeat {
            let left = budget - (ContinuousClock.now - start) / .seconds(1)
            count = poll(&waiting, 2, Int32(max(0, min(left * 1000, 1e9)).rounded(.up)))
        } while count < 0 && errno == EINTR
        waitingTime -= (ContinuousClock.now - start) / .seconds(1)
        guard count > 0 else { throw end() }
        return (waiting[0].revents != 0, waiting[1].revents != 0)
    }

    /// Ends a process that took too long, and says so.
    private func end() -> AudioDecodingError {
        if let child, outcome == nil {
            kill(child, SIGKILL)
            _ = Self.reap(child)
        }
        let reason =
            waitingTime > 0
            ? "it gave no sound for \(Int(patience.rounded(.up))) s and was ended" : "it took too long and was ended"
        outcome = .failed(message: reason)
        return .externalDecoderFailed(name, reason: reason)
    }

    /// Waits for the end of the process; call it after `read` has returned 0.
    func waitForOutcome() throws(AudioDecodingError) -> Outcome {
        if let outcome { return outcome }
        while !messagesEnded {
            _ = try wait(forOutput: false)
            try keepMessages()
        }
        // Whoever has closed all pipes has nothing left to do; if it stays nevertheless it is not waited for.
        let status = child.map { Self.reap($0, patience: patience) } ?? -1
        let message = firstMessage()
        let outcome: Outcome = status == 0 ? .succeeded(message: message) : .failed(message: message)
        self.outcome = outcome
        return outcome
    }

    private func keepMessages() throws(AudioDecodingError) {
        var block = [UInt8](repeating: 0, count: Self.keptMessageByteCount)
        let result = block.withUnsafeMutableBytes { block -> Result<Int, AudioDecodingError> in
            guard let start = block.baseAddress else { return .success(0) }
            do throws(AudioDecodingError) {
                return .success(try messages.read(into: start, count: block.count))
            } catch {
                return .failure(error)
            }
        }
        let count = try result.get()
        if count == 0 { messagesEnded = true }
        keptMessages += block.prefix(min(count, Self.keptMessageByteCount - keptMessages.count))
    }

    /// The first line of the messages without the "[mov,mp4 @ 0x55d0]" in front, whose number changes.
    private func firstMessage() -> String? {
        let text = String(decoding: keptMessages, as: UTF8.self)
        guard var line = text.split(whereSeparator: \.isNewline).first else { return nil }
        if line.first == "[", let bracket = line.firstIndex(of: "]") { line = line[line.index(after: bracket)...] }
        while let first = line.first, first.isWhitespace { line.removeFirst() }
        while let last = line.last, last == "." || last.isWhitespace { line.removeLast() }
        return line.isEmpty ? nil : String(line)
    }

    /// Waits for a child that has closed its pipes, and ends it when it does not end by itself.
    private static func reap(_ child: pid_t, patience: Double) -> Int32 {
        let start = ContinuousClock.now
        var status: Int32 = -1
        while ContinuousClock.now - start < .seconds(patience) {
            let found = waitpid(child, &status, WNOHANG)
            if found == child { return status }
            if found < 0 && errno != EINTR { return -1 }
            usleep(1_000)
        }
        kill(child, SIGKILL)
        return reap(child)
    }

    /// Waits for a child that ends; its status, 0 for success.
    private static func reap(_ child: pid_t) -> Int32 {
        var status: Int32 = -1
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return status
    }
}

extension ExternalDecoderProcess {
    /// What came of a start: the reading ends of the pipes, the child if it runs, and the system's error number.
    private struct Start {
        var output: Int32?
        var messages: Int32?
        var child: pid_t?
        var code: Int32
    }

    private static func start(_ words: [String], standardInput: Int32?) -> Start {
        guard let output = makePipe() else { return Start(code: errno) }
        guard let messages = makePipe() else {
            let code = errno
            close(output.reading)
            close(output.writing)
            return Start(code: code)
        }
        let (child, code) = spawn(
            words, standardInput: standardInput, output: output.writing, messages: messages.writing)
        // The child has its own writing ends; with ours open the reader would never see the end.
        close(output.writing)
        close(messages.writing)
        return Start(output: output.reading, messages: messages.reading, child: child, code: code)
    }

    private static func spawn(
        _ words: [String], standardInput: Int32?, output: Int32, messages: Int32
    ) -> (child: pid_t?, code: Int32) {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        if let standardInput {
            posix_spawn_file_actions_adddup2(&actions, standardInput, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, messages, 2)
        // A program that ignores broken pipes would pass that on, and ffmpeg would not end with its reader.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var child = pid_t()
        let code = posix_spawnp(&child, words[0], &actions, &attributes, &pointers, environ)
        return (code == 0 ? child : nil, code)
    }

    /// A pipe whose ends no other child inherits, clear of the numbers 0 to 2 that the child gives new meaning.
    private static func makePipe() -> (reading: Int32, writing: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        let moved = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
        for end in ends { close(end) }
        guard moved.allSatisfy({ $0 >= 0 }) else {
            for end in moved where end >= 0 { close(end) }
            return nil
        }
        return (moved[0], moved[1])
    }
}
