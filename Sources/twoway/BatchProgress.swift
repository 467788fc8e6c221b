import Analysis
import ArgumentParser
import Foundation
import Reporting
import Synchronization

/// The form of messages on standard error.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// How far a batch is: one line that is drawn anew on a terminal, else a line now and then, or JSON objects.
final class BatchProgress: BatchObserver {
    private struct State {
        var totalCount: Int?
        var totalSeconds = 0.0
        var (analysed, kept) = (0, 0)
        var failures: [(path: String, message: String)] = []
        /// Sound that is done with, and that of it which was analysed by this run, seconds.
        var (doneSeconds, analysedSeconds) = (0.0, 0.0)
        var current: [String] = []
        var hasDrawn = false
        var isOver = false

        var doneCount: Int { analysed + kept + failures.count }
    }

    /// At most so many failures are listed at the end; all are in the results.
    static let listedFailureCount = 40

    private let state: Mutex<State>
    private let format: LogFormat
    private let isQuiet: Bool
    private let redraws: Bool
    private let interval: Double
    private let start = ContinuousClock.now

    /// Progress of `recordings`, or of a list whose length nobody knows.
    ///
    /// - Parameter interval: Seconds between two lines where standard error is no terminal.
    init(recordings: [BatchRecording]?, format: LogFormat, quiet: Bool, interval: Double) {
        var state = State()
        state.totalCount = recordings?.count
        state.totalSeconds = recordings?.reduce(0) { $0 + $1.seconds } ?? 0
        self.state = Mutex(state)
        (self.format, isQuiet, self.interval) = (format, quiet, interval)
        redraws = format == .text && !quiet && StandardError.isTerminal
    }

    func began(_ recording: BatchRecording) {
        state.withLock { $0.current.append(recording.path) }
    }

    func ended(_ recording: BatchRecording, _ outcome: BatchOutcome) {
        state.withLock { state in
            if let position = state.current.firstIndex(of: recording.path) { state.current.remove(at: position) }
            state.doneSeconds += recording.seconds
            switch outcome {
            case .analysed:
                state.analysed += 1
                state.analysedSeconds += recording.seconds
            case .kept: state.kept += 1
            case .failed(let message):
                state.failures.append((recording.path, message))
                if format == .json, !isQuiet {
                    write(["event": .string("failed"), "path": .string(recording.path), "error": .string(message)])
                }
            }
        }
    }

    /// Whether any recording failed.
    var hasFailures: Bool { state.withLock { !$0.failures.isEmpty } }

    /// Shows progress until the task is cancelled.
    func show() async {
        // Four times a second is smooth enough for a line of numbers.
        let pause = redraws ? 0.25 : interval
        while !isQuiet, (try? await Task.sleep(for: .seconds(pause))) != nil {
            state.withLock { state in
                guard !state.isOver else { return }
                if redraws {
                    state.hasDrawn = true
                    StandardError.write("\r\u{1B}[K" + String(line(state).prefix(TerminalWidth.current - 1)))
                } else if format == .json {
                    write(figures(state, event: "progress"))
                } else {
                    StandardError.write("twoway: " + line(state) + "\n")
                }
            }
        }
    }

    /// The last lines: what was done and, last of all, what failed and what to do.
    func finish(result: String?) {
        state.withLock { state in
            end(&state)
            if format == .json {
                if !isQuiet { write(figures(state, event: "finished")) }
                return
            }
            if !isQuiet { StandardError.write("twoway: " + summary(state, result: result)) }
            guard !state.failures.isEmpty else { return }
            let count = state.failures.count
            StandardError.write("twoway: \(count) recording\(count == 1 ? "" : "s") failed:\n")
            let sorted = state.failures.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
            for failure in sorted.prefix(Self.listedFailureCount) {
                StandardError.write("  " + failure.message.printableInTerminal + "\n")
            }
            let rest = count - Self.listedFailureCount
            if rest > 0 { StandardError.write("  and \(rest) more; every one is in the results under \"error\".\n") }
        }
    }

    /// One sentence about a run that was stopped before its end, and how to go on.
    func stopped(output: String?) -> String {
        state.withLock { state in
            end(&state)
            let done = state.doneCount
            let total = state.totalCount.map { " of \($0)" } ?? ""
            guard let output else { return "\(done)\(total) recordings were done." }
            return "\(done)\(total) recordings are done and kept in \(output); the same command goes on from there."
        }
    }

    private func end(_ state: inout State) {
        if state.hasDrawn { StandardError.write("\r\u{1B}[K") }
        (state.hasDrawn, state.isOver) = (false, true)
    }

    private var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// Sound analysed by this run over the time it took.
    private func speed(_ state: State) -> Double? {
        elapsed > 0 && state.analysedSeconds > 0 ? state.analysedSeconds / elapsed : nil
    }

    private func secondsLeft(_ state: State) -> Double? {
        guard state.totalCount != nil, let speed = speed(state) else { return nil }
        return max(state.totalSeconds - state.doneSeconds, 0) / speed
    }

    private func line(_ state: State) -> String {
        var parts = [
            "\(state.doneCount)\(state.totalCount.map { " of \($0)" } ?? "") files",
            state.totalCount == nil
                ? "\(Self.hours(state.doneSeconds)) h"
                : "\(Self.hours(state.doneSeconds)) of \(Self.hours(state.totalSeconds)) h",
        ]
        if let speed = speed(state) { parts.append("\(Int(speed.rounded())) × real time") }
        if let left = secondsLeft(state) { parts.append("\(Self.clock(left)) left") }
        if !state.failures.isEmpty { parts.append("\(state.failures.count) failed") }
        let current = state.current.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        if !current.isEmpty { parts.append(current.joined(separator: ", ").printableInTerminal) }
        return parts.joined(separator: " · ")
    }

    private func summary(_ state: State, result: String?) -> String {
        var words = "\(state.doneCount) recordings: \(state.analysed) analysed"
        if state.kept > 0 { words += ", \(state.kept) done before" }
        if !state.failures.isEmpty { words += ", \(state.failures.count) failed" }
        words += "; \(Self.hours(state.doneSeconds)) h of sound in \(Self.clock(elapsed))"
        if let speed = speed(state) { words += ", \(Int(speed.rounded())) × real time" }
        return words + (result.map { "; see \($0)" } ?? "") + "\n"
    }

    private func figures(_ state: State, event: String) -> [String: JSONValue] {
        func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
        return [
            "event": .string(event), "files": .integer(state.doneCount),
            "filesInAll": state.totalCount.map(JSONValue.integer) ?? .null, "analysed": .integer(state.analysed),
            "kept": .integer(state.kept), "failed": .integer(state.failures.count),
            "seconds": .number(state.doneSeconds),
            "secondsInAll": state.totalCount == nil ? .null : .number(state.totalSeconds),
            "speed": number(speed(state)), "secondsLeft": number(secondsLeft(state)),
            "current": .array(state.current.map(JSONValue.string)),
        ]
    }

    private func write(_ members: [String: JSONValue]) {
        var members = members
        members["time"] = .string(Date.now.formatted(.iso8601))
        StandardError.write(JSONValue.object(members).text(.oneLine))
    }

    private static func hours(_ seconds: Double) -> String { ScoreText.fixed(seconds / 3600, 1) }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e8).rounded())
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return whole >= 3600
            ? "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))" : "\(whole / 60):\(two(whole % 60))"
    }
}

/// Columns of the terminal behind standard error.
enum TerminalWidth {
    /// The width it says it has, else 80.
    static var current: Int {
        var size = winsize()
        guard ioctl(FileHandle.standardError.fileDescriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return 80
        }
        return Int(size.ws_col)
    }
}
