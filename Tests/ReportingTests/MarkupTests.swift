import Reporting
import Testing

@Suite("Markup")
struct MarkupTests {
    @Test(
        "Text stands for itself, whatever it contains",
        arguments: [
            ("2 < 3 & 4 > 1", "2 &lt; 3 &amp; 4 &gt; 1"), ("\"'", "&quot;&#39;"),
            // With a combining mark, "<" is another character to Swift, but not to a browser.
            ("<\u{301}b>", "&lt;\u{301}b&gt;"), ("a\u{0}b\u{1B}", "a\u{FFFD}b\u{FFFD}"), ("👩‍👩‍👧‍👦 محمد", "👩‍👩‍👧‍👦 محمد"),
        ])
    func escaping(text: String, expected: String) {
        #expect(Markup(text).source == expected)
        #expect(Tag.p { text }.source == "<p>\(expected)</p>")
        #expect(Tag.p(.aria("label", text)).source == "<p aria-label=\"\(expected)\"></p>")
    }

    @Test("Elements nest, loops and conditions work, void elements have no end")
    func elements() {
        let names = ["Dana", "Alex"]
        let list = Tag.ul(.class("people"), .id("x").when(false)) {
            for name in names { Tag.li { name } }
            if names.count > 2 { Tag.li { "more" } } else { Tag.wbr() }
        }
        #expect(list.source == "<ul class=\"people\"><li>Dana</li><li>Alex</li><wbr></ul>")
    }

    @Test(
        "A link stays a link inside the folder",
        arguments: ["javascript:alert(1)", "data:text/html,x", "//host/x", "c:x"])
    func links(path: String) {
        let source = Tag.a(.href(path)) { "x" }.source
        #expect(source.hasPrefix("<a href=\"./"))
    }
}
