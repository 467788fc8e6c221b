import Foundation
import Reciprocity
import Reporting
import Testing
import Timeline

@Suite("The page of many meetings")
struct BatchIndexPageTests {
    /// All sample meetings, and a recording that failed.
    static var page: BatchIndexPage {
        var rows = SampleMeetings.all.enumerated().map { index, sample in
            BatchIndexPage.Row(
                name: sample.name + ".wav", link: sample.name + " <1>.html",
                date: index % 4 == 3 ? nil : "2026-0\(index % 9 + 1)-14",
                duration: sample.report.reciprocity.duration, names: sample.report.names,
                floorShare: sample.report.reciprocity.floorShare, pattern: sample.report.reciprocity.verdict.pattern,
                trusted: sample.report.diarization?.trusted,
                strip: MeetingStrip(
                    turns: sample.report.reciprocity.turns, duration: sample.report.reciprocity.duration))
        }
        rows.append(
            .init(name: "broken\"<i>.mp3", error: "broken\"<i>.mp3 is a text file, not a recording; name a sound file.")
        )
        return BatchIndexPage(title: "Meetings of <2026> & before", version: "0.1.0", rows: rows)
    }

    @Test("Every meeting has a row with its link; every text is escaped")
    func rows() {
        let text = Self.page.text
        #expect(text.components(separatedBy: "<tr class=\"failed\"").count == 2)
        #expect(text.components(separatedBy: "data-pattern=").count - 1 == SampleMeetings.all.count + 1)
        #expect(text.contains("href=\"late-pitch%20%3C1%3E.html\""))
        #expect(!text.contains("<i>"))
        #expect(text.contains("Meetings of &lt;2026&gt; &amp; before"))
    }

    @Test(
        "A link cannot leave for another scheme", arguments: ["javascript:alert(1)", "//evil.example/a", "a:b/c.html"])
    func links(target: String) {
        let page = BatchIndexPage(title: "x", version: "0", rows: [.init(name: "x", link: target)])
        let link = page.text.components(separatedBy: "<a href=\"")[1].components(separatedBy: "\"")[0]
        #expect(!link.contains(":") && !link.hasPrefix("//"), "\(link)")
    }

    @Test("A strip is as large for three hours as for five minutes")
    func strip() {
        // A A A . B B B .   repeated: the cells of A and B never overlap
        func turns(_ count: Int) -> [Turn] {
            (0..<count).map { index in
                let start = Double(index) * 8 + (index % 2 == 0 ? 0 : 0.5)
                return Turn(speaker: index % 2 == 0 ? .a : .b, start: start, end: start + 7, kind: .turn, speech: 7)
            }
        }
        let short = BatchIndexPage(
            title: "x", version: "0",
            rows: [.init(name: "x", strip: MeetingStrip(turns: turns(40), duration: 320))])
        let long = BatchIndexPage(
            title: "x", version: "0",
            rows: [.init(name: "x", strip: MeetingStrip(turns: turns(1350), duration: 10_800))])
        #expect(abs(short.text.utf8.count - long.text.utf8.count) < 4_000)
    }
}
