import Foundation
import Timeline

/// Asks at the end of a meeting what to keep; the sound came from standard input, so it asks the terminal itself.
struct LiveQuestions {
    private let terminal: UnsafeMutablePointer<FILE>

    /// Nil where nobody is there to answer: no terminal, or one that belongs to another program now.
    init?() {
        guard StandardError.isTerminal else { return nil }
        let file = open("/dev/tty", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        guard tcgetpgrp(file) == getpgrp(), let terminal = fdopen(file, "r") else {
            Self.release(file)
            return nil
        }
        // What was typed during the meeting is no answer.
        tcflush(file, TCIFLUSH)
        self.terminal = terminal
    }

    /// Whom the reader met, if it is to be kept; nil for not.
    ///
    /// - Parameter person: Who it is known to be.
    func whomToKeep(_ person: String?) -> String? {
        guard let person else {
            return ask("Keep it in the journal? Whom did you meet? (Enter: no)")
        }
        let answer = ask("Keep this meeting with \(person) in the journal? (y, Enter: no)")?.lowercased()
        return ["y", "yes"].contains(answer ?? "") ? person : nil
    }

    /// Which of the two the reader is; nil where that is not answered.
    func me() -> Speaker? {
        while let answer = ask("Which speaker were you, A or B?") {
            if let speaker = Speaker(rawValue: answer.uppercased()) { return speaker }
        }
        return nil
    }

    /// Where to write a page; nil for nowhere.
    func pagePath() -> String? { ask("Write a page with pictures? (name of the file, Enter: none)") }

    /// The answer without spaces around it; nil when it is empty or the input ends.
    private func ask(_ question: String) -> String? {
        StandardError.write("twoway: \(question) ")
        var bytes: [UInt8] = []
        while case let byte = getc(terminal), byte != EOF, byte != 10 { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        let answer = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return answer.isEmpty ? nil : answer
    }

    private static func release(_ file: Int32) { _ = Foundation.close(file) }

    /// Lets the terminal go.
    func close() { fclose(terminal) }
}
