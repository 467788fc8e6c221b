import Foundation
import Reciprocity
import Reporting
import Testing
import Timeline

/// The text form against golden files; `TWOWAY_RECORD_SNAPSHOTS=1 swift test --filter TextReportTests` writes them anew.
@Suite("The text report")
struct TextReportTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")

    @Test("Each kind of meeting reads as its golden file", arguments: SampleMeetings.all.map(\.name))
    func snapshot(name: String) throws {
        let report = try #require(SampleMeetings.all.first { $0.name == name }?.report)
        try Self.compare(report.text(), with: "\(name).txt")
    }

    @Test("Colour and ASCII drawings read as their golden files")
    func styles() throws {
        try Self.compare(SampleMeetings.oneSided.text(TextStyle(color: true)), with: "one-sided-color.ansi")
        try Self.compare(SampleMeetings.oneSided.text(TextStyle(asciiOnly: true)), with: "one-sided-ascii.txt")
    }

    static func compare(_ text: String, with name: String) throws {
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["TWOWAY_RECORD_SNAPSHOTS"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    @Test("With a channel for each person, doubt is about how little was said")
    func doubtWithoutMixing() {
        var report = SampleMeetings.notTrusted
        report.diarization = DiarizationFacts(mode: .separate, speakers: 2, estimatedConfusion: 0, trusted: false)
        let text = report.text()
        #expect(text.contains("Careful: there is too little speech here to be sure of the shares."))
        #expect(!text.contains("told apart well."))
        #expect(!text.contains("look reliable"))
    }

    @Test("The questions are answered in their order")
    func order() throws {
        let text = SampleMeetings.oneSided.text()
        let headings = [
            "Who had the floor", "The meeting from start to end", "Longest monologue", "First time with the floor",
            "The pattern", "How far to trust this",
        ]
        let places = try headings.map { try #require(text.range(of: "\n\($0)\n")).lowerBound }
        #expect(places == places.sorted())
    }

    @Test("No line is longer than 80 columns and none ends in a space, whatever the meeting")
    func width() {
        for seed in 0..<300 {
            let report = RandomReport.report(seed: seed)
            for ascii in [false, true] {
                for line in report.text(TextStyle(asciiOnly: ascii)).split(separator: "\n") {
                    #expect(WideTerminal.columns(line) <= 80, "meeting \(seed): \(line)")
                    #expect(!line.hasSuffix(" "), "meeting \(seed): \(line)")
                }
            }
        }
    }

    @Test("Colour codes appear only when asked for, and leave the text as it is")
    func color() {
        for seed in 0..<50 {
            let report = RandomReport.report(seed: seed)
            let plain = report.text()
            let colored = report.text(TextStyle(color: true))
            #expect(!plain.contains("\u{1B}"))
            #expect(colored.contains("\u{1B}[1m"))
            #expect(colored.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
        }
    }

    @Test("ASCII drawings contain nothing else when the names do not")
    func ascii() {
        for (_, report) in SampleMeetings.all {
            var report = report
            report.names = .init(a: "Dana", b: nil)
            #expect(report.text(TextStyle(asciiOnly: true)).utf8.allSatisfy { $0 == 10 || (32..<127).contains($0) })
        }
    }

    @Test("A name cannot send commands to the terminal or break a line")
    func hostileName() {
        var report = SampleMeetings.quick
        report.names = .init(a: "\u{1B}[2JDana\nSays\u{202E}", b: "\u{7}Bob")
        report.recording?.path = "\u{1B}]0;title\u{7}.wav"
        let text = report.text()
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!text.contains("\u{202E}"))
        #expect(text.contains("?[2JDana?Says held the floor"))
    }

    @Test("The shown shares always add up to 100")
    func shares() {
        for seed in 0..<300 {
            var report = RandomReport.report(seed: seed)
            report.names = .init(a: "Dana", b: "Alex")
            let bars = report.text().split(separator: "\n").filter { $0.contains("% ") && $0.contains("█") }
            guard !bars.isEmpty else { continue }
            let percents = bars.flatMap { bar in bar.matches(of: #/([0-9]+) %/#).compactMap { Int($0.output.1) } }
            #expect(percents.reduce(0, +) == 100, "meeting \(seed): \(bars)")
        }
    }
}
