import Foundation
import RepositoryFolders
import Testing

/// A command in a terminal of its own, where somebody types; by script(1).
private final class TypedTerminal {
    private let process = Process()
    private let keys = Pipe()
    private let folder: ScratchFolder
    private var path: String { folder.url.appending(path: "shown").path }

    init(_ command: String, environment: [String: String]) throws {
        folder = try ScratchFolder()
        process.executableURL = URL(filePath: "/usr/bin/script")
        process.arguments = ["-qefc", command, folder.url.appending(path: "typescript").path]
        let more = ["twoway": RepositoryFolders.program.path, "SHELL": "/bin/sh", "TERM": "xterm"]
        process.environment = ProcessInfo.processInfo.environment.merging(more) { $1 }.merging(environment) { $1 }
        process.standardInput = keys
        _ = try folder.write("shown", [])
        process.standardOutput = FileHandle(forWritingAtPath: path)
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// All that was on the screen.
    var shown: String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

    func type(_ text: String) throws { try keys.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    /// Types once `question` is on the screen.
    func answer(_ question: String, _ text: String) async throws {
        #expect(try await wait { self.shown.contains(question) }, "\(question): \(shown)")
        // The terminal is emptied before the question, not after it.
        try type(text)
    }

    func wait(until condition: () -> Bool) async throws -> Bool {
        for _ in 0..<1200 {
            if condition() { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    /// Waits for the end; nil when it does not come.
    func exitCode() async throws -> Int32? {
        let process = process
        guard try await wait(until: { !process.isRunning }) else {
            kill(process.processIdentifier, SIGKILL)
            return nil
        }
        return process.terminationStatus
    }
}

@Suite("The end of twoway live: journal, page and limits", .serialized)
struct LiveEndTests {
    private static func sound(_ fixture: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: ProgramRun.fixture(fixture + ".wav"))))
    }

    private static let twoWay = ProgramRun.fixture("two-way.wav")

    @Test("--save keeps the meeting in the journal as analyze does, and --report writes its page")
    func save() async throws {
        let journal = try JournalRun()
        let page = journal.folder.url.appending(path: "page.html").path
        let environment = ["TWOWAY_JOURNAL": journal.path]
        let live = try await ProgramRun(
            [
                "live", "-", "--me", "B", "--with", "Dana", "--save", "--date", "2026-11-20", "--report", page,
                "--output", journal.folder.url.appending(path: "report.txt").path,
            ], input: try Self.sound("two-way"), environment: environment, patience: 300)
        #expect(live.exitCode == 0, "\(live.messages)")
        #expect(live.output.isEmpty)
        #expect(live.messages.contains("Saved: Dana, 2026-11-20"))
        #expect(try String(contentsOfFile: page, encoding: .utf8).contains("Dana"))
        // The same bytes as a recording are the same meeting.
        let again = try await ProgramRun(
            ["analyze", Self.twoWay, "--me", "B", "--with", "Dana", "--save"], environment: environment)
        #expect(again.messages.contains("Updated, it was there already: Dana, 2026-11-20"), "\(again.messages)")
        let list = try JournalRun.object(try await journal("list", "--format", "json"))
        #expect((list["meetings"] as? [Any])?.count == 1, "\(list)")
    }

    @Test("Two meetings that were ended by hand are two entries")
    func interrupted() async throws {
        let journal = try JournalRun()
        for (person, fixture) in [("Dana", "two-way"), ("Theo", "one-sided")] {
            let meeting = try RunningMeeting(
                ["-", "--json-lines", "--me", "B", "--with", person, "--save"],
                environment: ["TWOWAY_JOURNAL": journal.path])
            try meeting.write(Array(try Self.sound(fixture).prefix(58 + 8000 * 60)))
            #expect(try await meeting.wait { meeting.output.contains("\"time\":59}") })
            kill(meeting.process.processIdentifier, SIGINT)
            #expect(try await meeting.exitCode() == 0)
            #expect(meeting.messages.contains("Saved: \(person), "), "\(meeting.messages)")
            #expect(meeting.messages.contains("The day is today"))
        }
        let list = try JournalRun.object(try await journal("list", "--format", "json"))
        #expect((list["meetings"] as? [Any])?.count == 2, "\(list)")
    }

    @Test("With --record the entry belongs to the sound that was stored")
    func recorded() async throws {
        let journal = try JournalRun()
        let environment = ["TWOWAY_JOURNAL": journal.path]
        let kept = journal.folder.url.appending(path: "kept.wav").path
        _ = try await ProgramRun(
            ["live", "-", "--me", "B", "--with", "Dana", "--save", "--record", kept],
            input: try Self.sound("two-way"), environment: environment, patience: 300)
        let again = try await ProgramRun(
            ["analyze", kept, "--me", "B", "--with", "Dana", "--save"], environment: environment)
        #expect(again.messages.contains("Updated, it was there already"), "\(again.messages)")
    }

    @Test("A meeting ends at --max-duration with the report of what was heard, also where the header says nothing")
    func limit() async throws {
        let run = try await ProgramRun(
            ["live", "-", "--max-duration", "100.5", "--format", "json"], input: try Self.sound("two-way"),
            patience: 300)
        #expect(run.exitCode == 0)
        #expect(run.messages.contains("The meeting reached the limit of --max-duration, 100.5 s, and was ended."))
        #expect(run.output.contains("\"duration\": 100.5"))
        for wrong in ["0", "-1", "nan", "inf", "x"] {
            #expect(try await ProgramRun(["live", "-", "--max-duration=" + wrong]).exitCode == 64)
        }
    }

    @Test(
        "What cannot be kept is said before the meeting",
        arguments: [
            ["--save"], ["--save", "--with", "Dana"], ["--date", "2026-11-20"], ["--save", "--me", "B"],
            ["--json-lines", "--output", "x"],
        ])
    func usage(arguments: [String]) async throws {
        #expect(try await ProgramRun(["live", "-"] + arguments).exitCode == 64)
        let same = try await ProgramRun(["live", Self.twoWay, "--record", Self.twoWay])
        #expect(same.exitCode == 64)
    }

    @Test(
        "On a terminal Ctrl-C ends the meeting with the report, and then it asks what to keep",
        .enabled(if: Shell.givesTerminals, "no script(1) of util-linux here"))
    func asks() async throws {
        let journal = try JournalRun()
        let page = journal.folder.url.appending(path: "page.html").path
        let terminal = try TypedTerminal(
            "(head -c 1280058 '\(Self.twoWay)'; sleep 300) | \"$twoway\" live - --page",
            environment: ["TWOWAY_JOURNAL": journal.path])
        #expect(try await terminal.wait { terminal.shown.contains("twoway live  2:39") }, "\(terminal.shown)")
        #expect(terminal.shown.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\//) != nil)
        // What is typed meanwhile is no answer.
        try terminal.type("Nobody\n")
        try await Task.sleep(for: .milliseconds(300))
        try terminal.type("\u{3}")
        try await terminal.answer("Whom did you meet?", "Dana\n")
        try await terminal.answer("Which speaker were you, A or B?", "me\nB\n")
        try await terminal.answer("Write a page with pictures?", page + "\n")
        _ = try await terminal.exitCode()
        #expect(terminal.shown.contains("Who had the floor"))
        #expect(terminal.shown.contains("Saved: Dana, "), "\(terminal.shown)")
        let list = try await journal("list", "--format", "json")
        #expect(list.output.contains("\"Dana\"") && !list.output.contains("Nobody"))
        #expect(try String(contentsOfFile: page, encoding: .utf8).contains("Dana"))
    }

    @Test(
        "Enter keeps nothing, and another Ctrl-C at a question ends the program",
        .enabled(if: Shell.givesTerminals, "no script(1) of util-linux here"))
    func keepsNothing() async throws {
        let journal = try JournalRun()
        let command = "\"$twoway\" live - --me B --with Dana --max-duration 60 < '\(Self.twoWay)'; echo code $?"
        let terminal = try TypedTerminal(command, environment: ["TWOWAY_JOURNAL": journal.path])
        try await terminal.answer("Keep this meeting with Dana in the journal?", "\n")
        try await terminal.answer("Write a page with pictures?", "\n")
        #expect(try await terminal.exitCode() == 0)
        #expect(terminal.shown.contains("code 0"))
        let second = try TypedTerminal(command, environment: ["TWOWAY_JOURNAL": journal.path])
        try await second.answer("Keep this meeting with Dana in the journal?", "\u{3}")
        #expect(try await second.exitCode() != nil)
        #expect(!FileManager.default.fileExists(atPath: journal.path))
        // Asked not to say anything, it does not ask either; and without a terminal it never does.
        let quiet = try TypedTerminal(
            command.replacing("--me", with: "--quiet --me"), environment: ["TWOWAY_JOURNAL": journal.path])
        #expect(try await quiet.exitCode() == 0)
        #expect(!quiet.shown.contains("Keep this meeting"))
    }
}
