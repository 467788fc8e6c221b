import Reporting
import Testing

@Suite("The frame of a page")
struct PageFrameTests {
    @Test("It holds the heading, the facts and the sections, and says who made it")
    func frame() throws {
        let frame = PageFrame(
            kind: "twoway person", title: "Dana <3>", facts: "12 meetings", summary: "Meetings with \"Dana\"",
            version: "0.1.0")
        let page = frame.page { PageFrame.section("shares", "Shares", lead: "How it went.") { Tag.p { "text" } } }
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        #expect(page.hasSuffix("</html>\n"))
        #expect(page.contains("<title>Dana &lt;3&gt; – twoway</title>"))
        #expect(page.contains("<h1 class=\"large\"><bdi>Dana &lt;3&gt;</bdi></h1>"))
        #expect(page.contains("content=\"Meetings with &quot;Dana&quot;\""))
        #expect(
            page.contains(
                "<section id=\"shares\" aria-labelledby=\"shares-title\"><h2 id=\"shares-title\">Shares</h2>"
                    + "<p class=\"lead\">How it went.</p><p>text</p></section>"))
        #expect(page == frame.page { PageFrame.section("shares", "Shares", lead: "How it went.") { Tag.p { "text" } } })
    }

    @Test("A page without scripts allows none")
    func policy() {
        let frame = PageFrame(kind: "x", title: "x", summary: "x", version: "0")
        let page = frame.page { Tag.p { "<script>alert(1)</script>" } }
        #expect(page.contains("script-src &#39;none&#39;"))
        #expect(!page.contains("<script"))
    }
}
