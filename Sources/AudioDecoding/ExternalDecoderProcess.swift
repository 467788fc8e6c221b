import Dispatch
import Subprocess
import Synchronization
import SystemPackage

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
final class ExternalDecoderProcess {
    /// How the process ended.
    enum Outcome: Sendable, Hashable {
        case succeeded(message: String?)
        case failed(message: String?)
        case notInstalled
    }

    /// The reading end of the pipe.
    let output: InputDescriptor
    private let task: Task<Void, Never>
    private let ended: Ending

    /// The outcome and the signal that it is there.
    private final class Ending: Sendable {
        let outcome = Mutex<Outcome?>(nil)
        let signal = DispatchSemaphore(value: 0)
    }

    /// Our copy of the writing end; it must go once the child has its own, or the reader never sees the end.
    private final class WritingEnd: Sendable {
        let number: Int32
        private let isOpen = Mutex(true)

        init(_ number: Int32) { self.number = number }

        func release() {
            let closes = isOpen.withLock { isOpen in
                defer { isOpen = false }
                return isOpen
            }
            if closes { close(number) }
        }
    }

    /// Bytes of the messages kept; ffmpeg can write one line for every damaged packet.
    private static let keptMessageByteCount = 2_048

    /// Starts `program`; `standardInput` stays with the caller and must stay open.
    init(
        program: String, arguments: [String], standardInput: Int32?, name: String
    ) throws(AudioDecodingError) {
        let (reading, writing) = try Self.makePipe(name: name)
        output = try InputDescriptor(number: reading, name: name, closesAtEnd: true, isStream: true)
        let ending = Ending()
        ended = ending
        let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        task = Self.start(executable, arguments, standardInput, WritingEnd(writing), ending)
    }

    private static func start(
        _ executable: Executable, _ arguments: [String], _ standardInput: Int32?, _ writing: WritingEnd,
        _ ending: Ending
    ) -> Task<Void, Never> {
        Task(executorPreference: DedicatedThreadExecutor()) {
            let outcome = await run(executable, arguments, standardInput, writing)
            ending.outcome.withLock { $0 = outcome }
            ending.signal.signal()
        }
    }

    deinit {
        task.cancel()
        _ = waitForOutcome()
    }

    /// Waits for the end of the process; call it after the end of `output`.
    func waitForOutcome() -> Outcome {
        ended.signal.wait()
        ended.signal.signal()
        return ended.outcome.withLock { $0 } ?? .failed(message: nil)
    }

    private static func run(
        _ executable: Executable, _ arguments: [String], _ standardInput: Int32?, _ writing: WritingEnd
    ) async -> Outcome {
        guard let standardInput else { return await run(executable, arguments, input: .none, writing) }
        let input = FileDescriptor(rawValue: standardInput)
        return await run(
            executable, arguments, input: .fileDescriptor(input, closeAfterSpawningProcess: false), writing)
    }

    private static func run(
        _ executable: Executable, _ arguments: [String], input: some InputProtocol, _ writing: WritingEnd
    ) async -> Outcome {
        let output = FileDescriptor(rawValue: writing.number)
        defer { writing.release() }
        do {
            let result = try await Subprocess.run(
                executable, arguments: Arguments(arguments), input: input,
                output: .fileDescriptor(output, closeAfterSpawningProcess: false), error: .sequence
            ) { execution in
                writing.release()
                var kept: [UInt8] = []
                for try await block in execution.standardError where kept.count < keptMessageByteCount {
                    block.withUnsafeBytes { kept += $0.prefix(keptMessageByteCount - kept.count) }
                }
                return kept
            }
            let message = firstLine(result.closureResult)
            return result.terminationStatus.isSuccess ? .succeeded(message: message) : .failed(message: message)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            return .notInstalled
        } catch {
            return .failed(message: "it could not be started: \(error)")
        }
    }

    /// The first line of ffmpeg's messages without the "[mov,mp4 @ 0x55d0]" in front, whose number changes.
    private static func firstLine(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard var line = text.split(whereSeparator: \.isNewline).first else { return nil }
        if line.first == "[", let bracket = line.firstIndex(of: "]") { line = line[line.index(after: bracket)...] }
        while let first = line.first, first.isWhitespace { line.removeFirst() }
        while let last = line.last, last == "." || last.isWhitespace { line.removeLast() }
        return line.isEmpty ? nil : String(line)
    }

    /// A pipe that no other child process inherits.
    private static func makePipe(name: String) throws(AudioDecodingError) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        let failed = pipe(&ends) != 0
        for end in ends where !failed { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        if failed { throw .inputFailed(name, reason: InputDescriptor.systemReason(errno)) }
        return (ends[0], ends[1])
    }
}
