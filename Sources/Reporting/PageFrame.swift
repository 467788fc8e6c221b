import Crypto

/// What all pages share: one self-contained file without any request, light and dark, on screen, phone and paper.
///
/// The content security policy allows nothing but the style sheet and the scripts that the page was written with, by
/// their hashes, and sound from the page itself; whatever else got into the page could neither run nor call out.
public struct PageFrame: Sendable {
    /// Scripts a page may have.
    public enum Script: Sendable, Hashable, CaseIterable {
        /// Sorting and filtering of a table.
        case table
        /// Zoom, hover and keys of the picture of a meeting, and its player.
        case meeting
    }

    /// What kind of page it is, in a few words above the heading.
    public var kind: String
    /// The heading, and with the program's name the title of the window; control characters are made visible.
    public var title: String
    /// A line of facts below the heading; empty for none.
    public var facts: String
    /// Whether the heading is the largest text of the page, or leaves that to a verdict.
    public var isTitleLarge: Bool
    /// One sentence about the page for lists of files and search.
    public var summary: String
    /// Version of the program.
    public var version: String
    /// The scripts the page needs.
    public var scripts: [Script]
    /// What the scripts read, by the name they know it under.
    var data: [(name: String, type: String, text: String)] = []

    /// The frame of a page.
    public init(
        kind: String, title: String, facts: String = "", isTitleLarge: Bool = true, summary: String, version: String,
        scripts: [Script] = []
    ) {
        self.kind = kind
        self.title = ColumnWidth.printable(title)
        self.facts = facts
        self.isTitleLarge = isTitleLarge
        self.summary = summary
        self.version = version
        self.scripts = scripts
    }

    /// A section with its heading and an introduction of one or two sentences.
    public static func section(
        _ id: String, _ title: String, lead: String? = nil, @MarkupBuilder content: () -> Markup
    ) -> Markup {
        Tag.section(.id(id), .aria("labelledby", id + "-title")) {
            Tag.h2(.id(id + "-title")) { title }
            if let lead { Tag.p(.class("lead")) { lead } }
            content()
        }
    }

    /// The whole page around its sections, the same bytes for the same content; UTF-8, one line feed at the end.
    public func page(@MarkupBuilder content: () -> Markup) -> String {
        let style = Self.text(PackageResources.page_css) + Self.text(PackageResources.meeting_css)
        let scripts = Script.allCases.filter(self.scripts.contains).map(\.source)
        var page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        page +=
            Tag.meta(.named("http-equiv", "Content-Security-Policy"), .named("content", policy(style, scripts)))
            .source
        page += "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        page +=
            "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        // An empty icon, for without one a browser asks the server for it.
        page += "<link rel=\"icon\" href=\"data:,\">\n"
        page += Tag.meta(.named("name", "generator"), .named("content", "twoway \(version)")).source + "\n"
        page += Tag.meta(.named("name", "description"), .named("content", summary)).source + "\n"
        page += Tag.title { title + " – twoway" }.source + "\n<style>" + style + "</style>\n</head>\n<body>\n"
        page += header.source + Tag.main(content: content).source + footer.source + "\n"
        for entry in data {
            page += "<script type=\"\(entry.type)\" id=\"\(entry.name)\">" + entry.text + "</script>\n"
        }
        for script in scripts { page += "<script>" + script + "</script>\n" }
        return page + "</body>\n</html>\n"
    }

    /// Adds a value for the scripts.
    mutating func add(_ value: JSONValue, named name: String) {
        // In a script element only "<" could end or comment the element.
        let text = value.text(.oneLine).dropLast().replacing("<", with: "\\u003C")
        data.append((name, "application/json", String(text)))
    }

    private var header: Markup {
        Tag.header {
            Tag.p(.class("eyebrow")) { kind }
            Tag.h1(.class("large").when(isTitleLarge)) { Tag.bdi { title } }
            if !facts.isEmpty { Tag.p(.class("facts")) { facts } }
        }
    }

    private var footer: Markup {
        Tag.footer {
            Tag.p { "Made by twoway \(version). This page is one file and asks nothing of any network." }
        }
    }

    private func policy(_ style: String, _ scripts: [String]) -> String {
        let allowed = scripts.map { " '" + Self.hash($0) + "'" }.joined()
        return
            "default-src 'none'; style-src '\(Self.hash(style))'; script-src\(allowed.isEmpty ? " 'none'" : allowed); "
            + "media-src blob:; img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    }

    /// The hash of an inline source as a policy names it (Content Security Policy Level 3).
    private static func hash(_ source: String) -> String {
        "sha256-" + Base64.text(SHA256.hash(data: Array(source.utf8)))
    }

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension PageFrame.Script {
    /// The source text.
    fileprivate var source: String {
        switch self {
        case .table: PageFrame.text(PackageResources.table_js)
        case .meeting:
            PageFrame.text(PackageResources.picture_js) + PageFrame.text(PackageResources.player_js)
                + PageFrame.text(PackageResources.turns_js)
        }
    }
}
