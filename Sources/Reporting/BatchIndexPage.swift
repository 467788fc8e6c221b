public import Reciprocity
public import Timeline

/// One page for many meetings: a table that sorts and filters, with a small picture and a link for each.
public struct BatchIndexPage: Sendable {
    /// One meeting, or one recording that could not be analysed.
    public struct Row: Sendable, Hashable {
        /// Name of the meeting, usually its file name.
        public var name: String
        /// Path of its own page, relative to this one and not yet percent-encoded; nil for none.
        public var link: String?
        /// When it took place, as `YYYY-MM-DD` or longer (ISO 8601); nil where unknown.
        public var date: String?
        /// Length, seconds; nil where unknown.
        public var duration: Double?
        /// What to call each person; nil where nobody has said.
        public var names: PerSpeaker<String?>
        /// Floor share of each person, 0...1; nil without floor speech.
        public var floorShare: PerSpeaker<Double?>
        /// The pattern; nil for a recording that could not be analysed.
        public var pattern: Pattern?
        /// Whether a verdict may be built on it; nil for labels taken as they are.
        public var trusted: Bool?
        /// What failed and what to do; nil when nothing did.
        public var error: String?
        /// The meeting in small; nil for none.
        public var strip: MeetingStrip?

        /// A row.
        public init(
            name: String, link: String? = nil, date: String? = nil, duration: Double? = nil,
            names: PerSpeaker<String?> = .init(a: nil, b: nil),
            floorShare: PerSpeaker<Double?> = .init(a: nil, b: nil), pattern: Pattern? = nil, trusted: Bool? = nil,
            error: String? = nil, strip: MeetingStrip? = nil
        ) {
            self.name = name
            self.link = link
            self.date = date
            self.duration = duration
            self.names = names
            self.floorShare = floorShare
            self.pattern = pattern
            self.trusted = trusted
            self.error = error
            self.strip = strip
        }
    }

    /// Heading of the page.
    public var title: String
    /// Version of the program.
    public var version: String
    /// The meetings in the order in which they are first shown.
    public var rows: [Row]

    /// A page.
    public init(title: String, version: String, rows: [Row]) {
        self.title = title
        self.version = version
        self.rows = rows
    }

    /// The whole page; see ``PageFrame``.
    public var text: String {
        let frame = Self.frame(title: title, version: version, counts: counts)
        return frame.start + rows.map(\.text).joined() + frame.end
    }

    /// The page before and after its rows, so that a page of any number of meetings can be written row by row.
    public static func frame(title: String, version: String, counts: Counts) -> (start: String, end: String) {
        let frame = PageFrame(
            kind: "twoway meetings", title: title, facts: counts.overview,
            summary: "\(counts.all) meetings and how the floor was shared in each.", version: version,
            scripts: [.table])
        let page = frame.page {
            filters(counts)
            table
        }
        // What people write is escaped, so only the table's own end can look like this.
        guard let end = page.firstRange(of: "</tbody>") else { preconditionFailure("the table has a body") }
        return (String(page[..<end.lowerBound]), String(page[end.lowerBound...]))
    }

    /// How many meetings a page holds.
    public struct Counts: Sendable, Hashable {
        private var patterns: [String: Int] = [:]
        private var failed = 0

        /// No meetings yet.
        public init() {}

        /// All meetings and failures.
        var all: Int { patterns.values.reduce(failed, +) }

        /// Counts one meeting by the name of its pattern, or as not readable where it has none.
        public mutating func add(pattern: String?) {
            if let pattern { patterns[pattern, default: 0] += 1 } else { failed += 1 }
        }

        /// How many meetings there are of each pattern.
        fileprivate var overview: String {
            let kinds = BatchIndexPage.patternNames.compactMap { name, words -> String? in
                patterns[name].map { "\($0) \(words)" }
            }
            return (kinds + (failed > 0 ? ["\(failed) not readable"] : [])).joined(separator: " · ")
        }
    }

    private var counts: Counts {
        rows.reduce(into: Counts()) { $0.add(pattern: $1.error == nil ? $1.pattern?.name ?? "" : nil) }
    }

    // MARK: Above the table

    /// The patterns in the words of the filter, in the order of the rule.
    fileprivate static let patternNames = [
        ("latePitch", "late pitch"), ("oneSided", "one-sided"), ("twoWay", "two-way"), ("leaning", "leaning"),
        ("insufficient", "no verdict"),
    ]

    private static func filters(_ counts: Counts) -> Markup {
        Tag.div(.class("filters script-only"), .role("search")) {
            Tag.label {
                "Find"
                Tag.input(.type("search"), .id("search"))
            }
            Tag.label {
                "Pattern"
                Tag.select(.id("pattern")) {
                    Tag.option(.named("value", "")) { "all" }
                    for (name, words) in patternNames { Tag.option(.named("value", name)) { words } }
                    Tag.option(.named("value", "failed")) { "not readable" }
                }
            }
            Tag.span(.id("count"), .role("status"), .class("quiet")) { "\(counts.all) meetings" }
        }
    }

    // MARK: The table

    private static var table: Markup {
        Tag.table(.class("index"), .id("index")) {
            Tag.caption(.class("unseen")) { "Meetings; the headings sort" }
            Tag.thead {
                Tag.tr {
                    heading("Meeting", "name")
                    heading("Date", "date")
                    heading("Length", "number", isNumber: true)
                    Tag.th(.named("scope", "col"), .class("mini")) { "Who had the floor when" }
                    heading("Smaller share", "share", isNumber: true)
                    heading("Pattern", "wide")
                    heading("Trusted", "trust")
                }
            }
            Tag.tbody {}
        }
    }

    private static func heading(_ title: String, _ className: String, isNumber: Bool = false) -> Markup {
        Tag.th(.named("scope", "col"), .class(className), .data("type", isNumber ? "number" : "text")) {
            Tag.button(.type("button")) { title }
        }
    }
}

extension BatchIndexPage.Row {
    /// The row as it stands in the page.
    public var text: String { markup.source }

    private var markup: Markup {
        let row = self
        let name = ColumnWidth.printable(row.name)
        let people = PerSpeaker { person($0, row) }
        let words = verdict(row, people)
        let text = [name, row.date ?? "", words] + Speaker.allCases.map { row.names[$0] ?? "" }
        let smaller = row.floorShare.a.flatMap { a in row.floorShare.b.map { min(a, $0) } }
        return Tag.tr(
            .class("failed").when(row.error != nil), .data("text", text.joined(separator: " ")),
            .data("pattern", row.error != nil ? "failed" : row.pattern?.name ?? "")
        ) {
            Tag.td(.class("name"), .data("key", name)) {
                if let link = row.link {
                    Tag.a(.href(LinkTarget.encoded(link))) { Tag.bdi { name } }
                } else {
                    Tag.bdi { name }
                }
            }
            Tag.td(.class("date"), .data("key", row.date ?? "")) { row.date.map { String($0.prefix(16)) } ?? "" }
            Tag.td(.class("number"), .data("key", row.duration.map { PlainNumber.decimal($0, decimals: 2) } ?? "")) {
                row.duration.map(PlainNumber.time) ?? ""
            }
            Tag.td(.class("mini")) { row.strip?.drawing }
            Tag.td(.class("share"), .data("key", smaller.map { PlainNumber.decimal($0 * 100, decimals: 2) } ?? "")) {
                shares(row, people)
            }
            Tag.td(.class("wide"), .data("key", words)) { Markup(sentence: words) }
            Tag.td(.class("trust"), .data("key", trust(row))) { trust(row) }
        }
    }

    private func person(_ speaker: Speaker, _ row: Self) -> Person {
        Person(speaker, name: row.names[speaker], reader: nil, columns: 40, ellipsis: "…", isolated: true)
    }

    private func trust(_ row: Self) -> String { row.trusted.map { $0 ? "yes" : "no" } ?? "" }

    @MarkupBuilder private func shares(_ row: Self, _ people: PerSpeaker<Person>) -> Markup {
        if let a = row.floorShare.a, let b = row.floorShare.b {
            let percents = PlainNumber.percents(a, b)
            Tag.span(.class("pair")) {
                Tag.span(.class("number a")) {
                    Tag.span(.class("unseen")) { Markup(sentence: people.a.title + " ") }
                    percents.0
                }
                Tag.span(.class("number b")) {
                    Tag.span(.class("unseen")) { Markup(sentence: people.b.title + " ") }
                    percents.1
                }
            }
            SplitBar(shareOfA: a).drawing
        }
    }

    /// The pattern with its direction in few words, or what failed.
    private func verdict(_ row: Self, _ people: PerSpeaker<Person>) -> String {
        if let error = row.error { return ColumnWidth.printable(error) }
        return switch row.pattern {
        case .latePitch(let speaker): "Late pitch: \(people[speaker].name)"
        case .oneSided(let speaker): "One-sided: \(people[speaker].name)"
        case .leaning(let speaker): "Leaning: \(people[speaker].name)"
        case .twoWay: "Two-way"
        case .insufficient: "No verdict"
        case nil: ""
        }
    }
}
