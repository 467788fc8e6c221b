/// The elements of HTML and SVG that the pages use; calling one makes an element.
///
///     Tag.p(.class("note")) { "2 < 3" }    // <p class="note">2 &lt; 3</p>
public enum Tag: String, Sendable, Hashable {
    // HTML
    case a, audio, bdi, body, button, caption, dd, details, div, dl, dt, em, figcaption, figure, footer, h1, h2, h3,
        head
    case header, html, input, label, li, main, meta, nav, ol, option, output, p, section, select, small, span, strong
    case summary, table, tbody, td, th, thead, time, title, tr, ul, wbr
    // SVG
    case svg, g, path, rect, line, circle, text, use

    /// HTML elements that have no content and no closing tag.
    private static let void: Set<Tag> = [.input, .meta, .wbr]

    /// An element with its attributes and content.
    public func callAsFunction(_ attributes: Attribute..., @MarkupBuilder content: () -> Markup) -> Markup {
        element(attributes, content().source)
    }

    /// An element with attributes only.
    public func callAsFunction(_ attributes: Attribute...) -> Markup { element(attributes, "") }

    private func element(_ attributes: [Attribute], _ content: String) -> Markup {
        var source = "<" + rawValue
        for attribute in attributes where attribute.isPresent { source += attribute.source }
        source += ">"
        if !Self.void.contains(self) { source += content + "</" + rawValue + ">" }
        return Markup(source: source)
    }
}

/// A name and an escaped value in the opening tag of an element; there is none that runs a script.
public struct Attribute: Sendable, Hashable {
    fileprivate let source: String
    /// Whether it is written at all.
    fileprivate var isPresent = true

    private init(_ name: String, _ value: String) { source = " " + name + "=\"" + Markup.escaped(value) + "\"" }

    private init(flag name: String) { source = " " + name }

    /// The same attribute, or none.
    public func when(_ condition: Bool) -> Attribute {
        var result = self
        result.isPresent = condition
        return result
    }

    /// Names of classes, separated by spaces.
    public static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
    /// The identifier in the page.
    public static func id(_ name: String) -> Attribute { Attribute("id", name) }
    /// What assistive technology should take the element for.
    public static func role(_ role: String) -> Attribute { Attribute("role", role) }
    /// `aria-NAME` (WAI-ARIA).
    public static func aria(_ name: StaticString, _ value: String) -> Attribute { Attribute("aria-\(name)", value) }
    /// `data-NAME`, for the page's own script.
    public static func data(_ name: StaticString, _ value: String) -> Attribute { Attribute("data-\(name)", value) }
    /// The target of a link; anything but a relative path or a place in the page is made a relative path.
    public static func href(_ path: String) -> Attribute { Attribute("href", LinkTarget.relative(path)) }
    /// `type` of a button or input.
    public static func type(_ type: String) -> Attribute { Attribute("type", type) }
    /// Any other attribute whose name is fixed in the source, such as a coordinate or a path.
    ///
    /// - Precondition: The name is no event handler (`on…`) and no address (`src`).
    package static func named(_ name: StaticString, _ value: String) -> Attribute {
        precondition(!"\(name)".hasPrefix("on") && "\(name)" != "src")
        return Attribute("\(name)", value)
    }
    /// A number with at most two decimals.
    static func number(_ name: StaticString, _ value: Double) -> Attribute {
        Attribute("\(name)", PlainNumber.decimal(value, decimals: 2))
    }
    /// A share of the width as percent, so that the picture takes any width without its text being stretched.
    package static func percent(_ name: StaticString, _ share: Double) -> Attribute {
        Attribute("\(name)", PlainNumber.decimal(share * 100, decimals: 2) + "%")
    }
    /// An attribute that is there or not, such as `hidden`.
    static func flag(_ name: StaticString) -> Attribute { Attribute(flag: "\(name)") }
}
