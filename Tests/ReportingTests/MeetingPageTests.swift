import Crypto
import Foundation
import Reciprocity
import Reporting
import Testing
import Timeline

@Suite("The page of a meeting")
struct MeetingPageTests {
    @Test("The sections come in their order")
    func order() throws {
        let page = SampleMeetings.latePitch.page()
        let sections = ["verdict", "floor", "course", "rhythm", "metrics", "method"]
        let places = try sections.map { try #require(page.range(of: "<section id=\"\($0)\"")).lowerBound }
        #expect(places == places.sorted())
    }

    @Test("The verdict, its reasons and the trust are those of the text report")
    func verdict() {
        let page = SampleMeetings.latePitch.page()
        #expect(page.contains("Late pitch: <bdi>Alex</bdi> was asked only right before it was time to leave."))
        #expect(page.contains("Each person was recorded separately"))
        #expect(page.contains("By then 81\u{A0}% of the meeting was over."))
    }

    @Test("The same report gives the same bytes, and elements close in their order, whatever the meeting")
    func wellFormed() throws {
        for seed in 0..<200 {
            let report = RandomReport.report(seed: seed)
            let page = report.page()
            #expect(page == report.page())
            #expect(Self.unbalanced(page) == nil, "meeting \(seed)")
            #expect(!page.contains("NaN") && !page.contains(">nil<"), "meeting \(seed)")
        }
        for (name, report) in SampleMeetings.all { #expect(Self.unbalanced(report.page()) == nil, "\(name)") }
    }

    /// Not a test: `TWOWAY_PAGES=folder swift test --filter samplePages` writes the pages to look at.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["TWOWAY_PAGES"] != nil))
    func samplePages() throws {
        let folder = URL(filePath: ProcessInfo.processInfo.environment["TWOWAY_PAGES"] ?? ".")
        for (name, report) in SampleMeetings.all {
            try Data(report.page().utf8).write(to: folder.appending(path: name + ".html"))
        }
        try Data(BatchIndexPageTests.page.text.utf8).write(to: folder.appending(path: "index.html"))
    }

    /// The first tag that closes what is not open; nil for a page in order.
    static func unbalanced(_ page: String) -> String? {
        let withoutScripts = page.replacing(/(?s)<(script|style)[^>]*>.*?<\/(script|style)>/, with: "")
        var open: [Substring] = []
        for match in withoutScripts.matches(of: /<(\/?)([a-z][a-z0-9]*)[^<>]*>/) {
            let (closes, name) = (!match.output.1.isEmpty, match.output.2)
            if ["meta", "input", "link", "wbr"].contains(name) { continue }
            if !closes {
                open.append(name)
            } else if open.popLast() != name {
                return String(match.output.0)
            }
        }
        return open.first.map(String.init)
    }

    @Test("Names from outside are shown as they are and do nothing")
    func hostileNames() {
        var report = SampleMeetings.quick
        report.names = .init(a: "</script><script>alert(1)</script>", b: "\"><img src=x onerror=alert(2)> محمد")
        report.recording?.path = "/tmp/<svg onload=alert(3)>'.wav"
        let page = report.page()
        #expect(!page.contains("<script>alert"))
        #expect(!page.contains("<img"))
        #expect(!page.contains("<svg onload"))
        #expect(page.contains("<bdi>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"))
        #expect(page.contains("<bdi>&quot;&gt;&lt;img src=x onerror=alert(2)&gt; محمد</bdi>"))
        #expect(Self.unbalanced(page) == nil)
    }

    @Test("Nothing is asked of any network: no address but the name of SVG, and a policy that forbids the rest")
    func selfContained() throws {
        let page = SampleMeetings.oneSided.page()
        let addresses = page.matches(of: /(https?:)?\/\/[a-z][a-z0-9.]+\/[a-z0-9\/]*/).map { String($0.output.0) }
        #expect(Set(addresses) == ["http://www.w3.org/2000/svg"])
        #expect(!page.contains(" src=") && !page.contains("@import") && !page.contains("url("))
        #expect(page.matches(of: /<link[^>]*>/).map { String($0.output) } == ["<link rel=\"icon\" href=\"data:,\">"])
        #expect(page.contains("default-src &#39;none&#39;"))
        // Each inline script and style is allowed by its own hash.
        let inline = page.matches(of: /(?s)<(?:script|style)>(.*?)<\/(?:script|style)>/).map { String($0.output.1) }
        #expect(inline.count == 2)
        for source in inline {
            let hash = Data(SHA256.hash(data: Data(source.utf8))).base64EncodedString()
            #expect(page.contains("&#39;sha256-\(hash)&#39;"))
        }
    }

    @Test("The picture has a box for every stretch of speech, and one where both talk")
    func picture() throws {
        // Steps of 10 s. A: two turns, the pause of 20 s between them is B's turn; B speaks into A's second turn too.
        let report = SampleMeetings.report(a: "AAA..AAAAA......", b: "...BB..B...BBBBB", step: 10)
        let page = report.page()
        func boxes(_ className: String) throws -> Int {
            let path = try #require(page.range(of: "<path class=\"\(className)\" d=\""))
            return page[path.upperBound...].prefix { $0 != "\"" }.count { $0 == "M" }
        }
        #expect(try boxes("turn a") == 2)
        #expect(try boxes("turn b") == 2)
        #expect(try boxes("speech a") == 2)
        #expect(try boxes("speech b") == 2)
        #expect(try boxes("speech low b") == 1)
        #expect(try boxes("both") == 1)
    }

    @Test("The curve has a point for every window, and a band where the share is uncertain")
    func curve() throws {
        // 20 minutes: windows of 150 s start every 30 s from 0 to 1050 s.
        let page = SampleMeetings.quick.page()
        let start = try #require(page.range(of: "<path class=\"course a\" d=\"")).upperBound
        #expect(page[start...].prefix { $0 != "\"" }.count { $0 == "M" || $0 == "L" } == 36)
        #expect(!page.contains("class=\"band a\""))
        #expect(SampleMeetings.leaning.page().contains("class=\"band a\""))
    }

    @Test("The bars count turns")
    func bars() {
        // 120 turns of 10 s: all in the bin from 10 to 20 s.
        let page = SampleMeetings.quick.page()
        #expect(page.contains("<title>60 from 10\u{A0}s to 20\u{A0}s</title>"))
        // No pause between the turns: all offsets lie in the bin that begins at 0.
        #expect(page.contains("<title>59 from 0\u{A0}s to 0.25\u{A0}s</title>"))
        #expect(page.contains("<title>60 from 0\u{A0}s to 0.25\u{A0}s</title>"))
    }

    @Test("What is not known is a dash, and what nobody counted is not there")
    func unknown() {
        let page = SampleMeetings.tooShort.page()
        #expect(page.contains("<td class=\"value whole\" colspan=\"2\">–</td>"))
        #expect(!page.contains("Questions asked"))
        #expect(SampleMeetings.silence.page().contains("No speech was found, so there is nothing to report."))
    }

    @Test("Three hours with 4,000 turns take less than 2 MB")
    func size() {
        // A 2 s, B 2 s, and so on, with a "mhm" into every fifth turn.
        let segments = (0..<4_000).flatMap { index -> [SpeechSegment] in
            let (start, speaker) = (Double(index) * 2.7 + 0.0137, index % 2 == 0 ? Speaker.a : .b)
            let turn = SpeechSegment(speaker: speaker, start: start, end: start + 2.4321)
            let mhm = SpeechSegment(speaker: speaker.partner, start: start + 1.111, end: start + 1.511)
            return index % 5 == 0 ? [turn, mhm] : [turn]
        }
        let timeline = Timeline(duration: 10_800, segments: segments)
        let report = MeetingReport(version: "0.1.0", timeline: timeline, reciprocity: reciprocity(of: timeline))
        #expect(report.reciprocity.turns.count { $0.kind == .turn } == 4_000)
        #expect(report.page().utf8.count < 2_000_000)
    }

    @Test(
        "Sound is carried as it is",
        arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func sound(text: String, expected: String) {
        // Pairs of RFC 4648, section 10.
        let page = SampleMeetings.quick.page(sound: EmbeddedSound(mediaType: "audio/ogg", bytes: Array(text.utf8)))
        #expect(page.contains("<script type=\"text/plain\" id=\"sound\">\(expected)</script>"))
    }
}
