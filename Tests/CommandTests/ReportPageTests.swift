import Foundation
import RepositoryFolders
import Testing

@Suite("--report writes a page")
struct ReportPageTests {
    @Test("analyze prints its result as before and writes the same page on every run")
    func analyze() async throws {
        let folder = try ScratchFolder()
        let recording = ProgramRun.fixture("late-pitch.wav")
        let plain = try await ProgramRun(["analyze", recording, "--me", "A"])
        var pages: Set<String> = []
        for (name, threads) in [("one.html", "1"), ("two.html", "2")] {
            let page = folder.url.appending(path: name)
            let run = try await ProgramRun([
                "analyze", recording, "--me", "A", "--report", page.path, "--threads", threads,
            ])
            #expect(run.exitCode == 0)
            #expect(run.output == plain.output)
            pages.insert(try String(contentsOf: page, encoding: .utf8))
        }
        #expect(pages.count == 1)
        let page = try #require(pages.first)
        #expect(page.contains("Late pitch: you were asked only right before it was time to leave."))
        #expect(page.contains("\"sound\":null"))
    }

    @Test("metrics writes a page too")
    func metrics() async throws {
        let page = try ScratchFolder().url.appending(path: "two-way.html")
        try FileManager.default.createDirectory(at: page.deletingLastPathComponent(), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: page.deletingLastPathComponent()) }
        let run = try await ProgramRun(["metrics", ProgramRun.fixture("two-way.rttm"), "--report", page.path])
        #expect(run.exitCode == 0)
        #expect(try String(contentsOf: page, encoding: .utf8).contains("<bdi>theo</bdi>"))
    }

    @Test("The sound goes in as Opus or as it is, and its size is said beforehand")
    func sound() async throws {
        let folder = try ScratchFolder()
        let recording = ProgramRun.fixture("two-way.wav")
        let page = folder.url.appending(path: "page.html")
        var pages: Set<String> = []
        for _ in 0..<2 {
            let run = try await ProgramRun(["analyze", recording, "--report", page.path, "--embed-audio"])
            #expect(run.exitCode == 0)
            #expect(run.messages == "twoway: putting \(recording) into the page as Opus: about 1.3 MB more\n")
            pages.insert(try String(contentsOf: page, encoding: .utf8))
        }
        #expect(pages.count == 1)
        #expect(pages.first?.contains("\"sound\":\"audio/ogg\"") == true)
        let run = try await ProgramRun(["analyze", recording, "--report", page.path, "--embed-as", "original"])
        #expect(run.messages == "twoway: putting \(recording) into the page as it is: about 3.4 MB more\n")
        let original = try Data(contentsOf: URL(filePath: recording)).base64EncodedString()
        #expect(try String(contentsOf: page, encoding: .utf8).contains(">\(original)</script>"))
    }

    @Test("What cannot be is said, with the exit code of its kind")
    func failures() async throws {
        let recording = ProgramRun.fixture("two-way.wav")
        let nowhere = try await ProgramRun(["analyze", recording, "--report", "/nowhere/at/all/page.html"])
        #expect(nowhere.exitCode == 73)
        #expect(nowhere.messages.contains("/nowhere/at/all/page.html cannot be written"))
        let alone = try await ProgramRun(["analyze", recording, "--embed-audio"])
        #expect(alone.exitCode == 64)
        #expect(alone.messages.contains("needs --report"))
        let stream = try await ProgramRun(["analyze", "-", "--report", "x.html", "--embed-audio"])
        #expect(stream.exitCode == 64)
        let itself = try await ProgramRun(["analyze", recording, "--report", recording])
        #expect(itself.exitCode == 64)
        #expect(itself.messages.contains("would take the place of the input"))
        let both = try await ProgramRun(["analyze", recording, "--report", "x.html", "--output", "./x.html"])
        #expect(both.exitCode == 64)
        let dash = try await ProgramRun(["analyze", recording, "--report", "-"])
        #expect(dash.exitCode == 64)
    }
}
