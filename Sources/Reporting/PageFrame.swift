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

    /// Title of the window.
    public var title: String
    /// One sentence about the page for lists of files and search.
    public var summary: String
    /// Version of the program.
    public var version: String
    /// The scripts the page needs.
    public var scripts: [Script]
    /// What the scripts read, by the name they know it under.
    var data: [(name: String, type: String, text: String)] = []

    /// The frame of a page.
    public init(title: String, summary: String, version: String, scripts: [Script] = []) {
        self.title = title
        self.summary = summary
        self.version = version
        self.scripts = scripts
    }

    /// The whole page, the same bytes for the same content; UTF-8, one line feed at the end.
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
        page += Tag.meta(.named("name", "generator"), .named("content", "twoway \(version)")).source + "\n"
        page += Tag.meta(.named("name", "description"), .named("content", summary)).source + "\n"
        page += Tag.title { title }.source + "\n<style>" + style + "</style>\n</head>\n<body>\n"
        page += content().source + "\n"
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

    private func policy(_ style: String, _ scripts: [String]) -> String {
        let allowed = scripts.map { " '" + Self.hash($0) + "'" }.joined()
        return
            "default-src 'none'; style-src '\(Self.hash(style))'; script-src\(allowed.isEmpty ? " 'none'" : allowed); "
            + "media-src blob:; img-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'"
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

/// Bytes as text (RFC 4648, section 4).
enum Base64 {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.underestimatedCount / 3 * 4 + 4)
        var group: UInt32 = 0
        var held = 0
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            held += 1
            guard held == 3 else { continue }
            for shift in [18, 12, 6, 0] as [UInt32] { result.append(letters[Int(group >> shift & 63)]) }
            (group, held) = (0, 0)
        }
        if held == 1 {
            result += [letters[Int(group >> 2 & 63)], letters[Int(group << 4 & 63)]] + Array("==".utf8)
        } else if held == 2 {
            result += [letters[Int(group >> 10 & 63)], letters[Int(group >> 4 & 63)], letters[Int(group << 2 & 63)]]
            result += Array("=".utf8)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
