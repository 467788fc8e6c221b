import Foundation
import Reciprocity
import Reporting
import RepositoryFolders
import Testing
import Timeline

/// The pages in a real browser, by `Tests/PageInBrowser/check_pages.py`; `make browser-tools` installs what that needs.
@Suite(
    "Pages in headless Chromium",
    .enabled(if: Browser.program != nil, "Chromium is not installed (Debian: apt-get install chromium)"),
    .enabled(if: Browser.hasTools, "the browser tools are not installed: make browser-tools"), .serialized)
struct PageInBrowserTests {
    @Test(
        "The page of each fixture is quiet, whole, accessible and asks nothing of any network", .timeLimit(.minutes(5)))
    func fixtures() async throws {
        let folder = try ScratchFolder()
        let pages = try await ["one-sided", "late-pitch", "two-way"].asyncMap { name in
            let page = folder.url.appending(path: name + ".html").path
            let sound = name == "late-pitch" ? ["--embed-audio"] : []
            let run = try await ProgramRun(["analyze", ProgramRun.fixture(name + ".wav"), "--report", page] + sound)
            #expect(run.exitCode == 0)
            let kinds = ["one-sided": "plain", "late-pitch": "sound", "two-way": "file"]
            return "\(kinds[name] ?? "plain")=\(page)"
        }
        try await Browser.check(pages + ["RECORDING=" + ProgramRun.fixture("two-way.wav")])
    }

    @Test("Difficult names are shown right", .timeLimit(.minutes(5)))
    func names() async throws {
        let folder = try ScratchFolder()
        let page = folder.url.appending(path: "names.html").path
        let names = "A=<b>\"Dana\" & Söhne</b>,B=محمد 👩‍👩‍👧‍👦 <script>alert(1)</script>"
        let run = try await ProgramRun([
            "metrics", ProgramRun.fixture("two-way.rttm"), "--names", names, "--report", page,
        ])
        #expect(run.exitCode == 0)
        try await Browser.check(["plain=" + page])
    }

    @Test("The table of many meetings sorts, filters and finds", .timeLimit(.minutes(5)))
    func index() async throws {
        let folder = try ScratchFolder()
        let patterns: [Pattern] = [.oneSided(.a), .twoWay(.mixed), .latePitch(.b), .leaning(.a), .insufficient]
        var rows = (0..<60).map { number in
            let share = Double(number * 7 % 50) / 100
            let turns = (0..<12).map { index in
                let length = index % 2 == 0 ? 100 - 200 * share + 100 : 200 * share
                return Turn(
                    speaker: index % 2 == 0 ? .a : .b, start: Double(index) * 200, end: Double(index) * 200 + length,
                    kind: .turn, speech: length)
            }
            return BatchIndexPage.Row(
                name: "meeting-\(number).wav", link: "meeting \(number).html",
                date: number % 6 == 0 ? nil : "2026-0\(number % 9 + 1)-1\(number % 10)",
                duration: Double(300 + number * 611 % 4000),
                names: .init(a: number % 3 == 0 ? "Dana <i>" : nil, b: nil), floorShare: .init(a: 1 - share, b: share),
                pattern: patterns[number % 5], trusted: number % 4 != 0,
                strip: MeetingStrip(turns: turns, duration: 2400))
        }
        rows.append(.init(name: "notes.txt", error: "notes.txt is a text file, not a recording; name a sound file."))
        let page = BatchIndexPage(title: "Meetings 2026", version: "0.1.0", rows: rows)
        let path = try folder.write("index.html", Array(page.text.utf8))
        try await Browser.check(["index=" + path])
    }

    @Test("Three hours with 4,000 turns open fast and scroll without stutter", .timeLimit(.minutes(5)))
    func long() async throws {
        let folder = try ScratchFolder()
        // A 2.4 s, 0.3 s pause, B 2.4 s, and so on; a "mhm" into every fifth turn.
        let lines = (0..<4_000).flatMap { index -> [String] in
            let start = Double(index) * 2.7
            let (one, other) = index % 2 == 0 ? ("dana", "alex") : ("alex", "dana")
            let turn = "SPEAKER long 1 \(start) 2.4 <NA> <NA> \(one) <NA> <NA>"
            let mhm = "SPEAKER long 1 \(start + 1) 0.4 <NA> <NA> \(other) <NA> <NA>"
            return index % 5 == 0 ? [turn, mhm] : [turn]
        }
        let labels = try folder.write("long.rttm", Array((lines.joined(separator: "\n") + "\n").utf8))
        let page = folder.url.appending(path: "long.html").path
        let run = try await ProgramRun(["metrics", labels, "--duration", "10800", "--report", page])
        #expect(run.exitCode == 0)
        try await Browser.check(["long=" + page])
    }
}

/// Chromium and the tools that drive it.
enum Browser {
    /// The first Chromium on PATH.
    static let program: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let names = ["chromium", "chromium-browser", "google-chrome"]
        return names.flatMap { name in folders.map { "\($0)/\(name)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// The Python of `make browser-tools`.
    private static let python = RepositoryFolders.root.appending(path: ".build/browser-tools/bin/python").path

    static var hasTools: Bool { FileManager.default.isExecutableFile(atPath: python) }

    /// Runs the checks and expects all of them to succeed.
    static func check(_ arguments: [String], by name: String = "check_pages.py") async throws {
        let script = RepositoryFolders.root.appending(path: "Tests/PageInBrowser/" + name).path
        let run = try await ProgramRun(
            [script, program ?? "chromium"] + arguments, of: URL(filePath: python), patience: 280)
        let faults = run.output.split(separator: "\n").filter { !$0.hasPrefix("ok ") }
        #expect(run.exitCode == 0 && faults.isEmpty, "\(faults.joined(separator: "\n"))\n\(run.messages)")
        #expect(run.output.contains("ok "))
    }
}

extension Array {
    /// The results of a step for each element, one after the other.
    fileprivate func asyncMap<Result>(_ step: (Element) async throws -> Result) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await step(element)) }
        return results
    }
}
