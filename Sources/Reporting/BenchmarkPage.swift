/// The page of two benchmark runs side by side: what became faster or slower, and which files better or worse.
public struct BenchmarkPage: Sendable {
    /// One measure of both runs.
    public struct Row: Sendable, Hashable {
        /// What was measured, for people.
        public var title: String
        /// What the older and the newer run took, with unit.
        public var values: (old: String, new: String) { (old, new) }
        var old: String
        var new: String
        /// Older and newer value, for the bars; > 0.
        var sizes: [Double]
        /// New over old.
        public var ratio: Double
        /// Interval of the ratio.
        public var interval: ClosedRange<Double>
        /// What can be told, in words.
        public var verdict: String
        /// Whether the newer run is worse.
        public var isWorse: Bool

        /// A measure with the texts and sizes of both runs.
        public init(
            title: String, old: (text: String, size: Double), new: (text: String, size: Double), ratio: Double,
            interval: ClosedRange<Double>, verdict: String, isWorse: Bool
        ) {
            (self.title, self.old, self.new) = (title, old.text, new.text)
            sizes = [old.size, new.size]
            (self.ratio, self.interval, self.verdict, self.isWorse) = (ratio, interval, verdict, isWorse)
        }
    }

    /// Names of the two runs, older first.
    public var names: [String]
    /// A line about machine and versions for each.
    public var machines: [String]
    /// The measures.
    public var rows: [Row]
    /// Lines about accuracy: what, before, after, in words.
    public var accuracy: [[String]]
    /// What a reader has to know before trusting the rest.
    public var cautions: [String]
    /// Version of the program.
    public var version: String

    /// A page of two runs.
    public init(
        names: [String], machines: [String], rows: [Row], accuracy: [[String]], cautions: [String], version: String
    ) {
        (self.names, self.machines, self.rows) = (names, machines, rows)
        (self.accuracy, self.cautions, self.version) = (accuracy, cautions, version)
    }

    /// The whole page; see ``PageFrame``.
    public var text: String {
        let title = names.joined(separator: " and ")
        let frame = PageFrame(
            kind: "twoway benchmark", title: title, facts: Set(machines).sorted().joined(separator: " · "),
            summary: "Two benchmark runs of twoway compared: \(title).", version: version)
        return frame.page {
            Tag.p(.class("lead")) { headline }
            for caution in cautions { Tag.p(.class("notice")) { caution } }
            speed
            if !accuracy.isEmpty { errors }
        }
    }

    private var headline: String {
        let worse = rows.count(where: \.isWorse)
        let changed = rows.count { $0.verdict != rows.first?.verdict || $0.isWorse }
        if worse > 0 { return "\(worse) of \(rows.count) measures got worse." }
        return changed == 0 ? "Nothing changed that can be told from noise." : "Nothing got worse."
    }

    private var speed: Markup {
        PageFrame.section(
            "speed", "Time and memory",
            lead: "The upper bar is \(names.first ?? ""), the lower one \(names.last ?? ""); shorter is better. Times "
                + "are compared as multiples of the bare decoding and transforms of the same round."
        ) {
            Tag.table {
                Tag.thead {
                    Tag.tr {
                        for heading in ["Measure", "Before and after", "Ratio (interval)", "Verdict"] {
                            Tag.th(.named("scope", "col")) { heading }
                        }
                    }
                }
                Tag.tbody {
                    for row in rows {
                        Tag.tr {
                            Tag.td { row.title }
                            Tag.td {
                                Tag.div { row.old + " → " + row.new }
                                bars(row)
                            }
                            Tag.td { Self.interval(row) }
                            Tag.td { row.isWorse ? Tag.strong { row.verdict } : Markup(row.verdict) }
                        }
                    }
                }
            }
        }
    }

    /// Such as `1.02 (0.99–1.05)`.
    static func interval(_ row: Row) -> String {
        func text(_ value: Double) -> String { PlainNumber.decimal(value, decimals: 2) }
        return "\(text(row.ratio)) (\(text(row.interval.lowerBound))–\(text(row.interval.upperBound)))"
    }

    private func bars(_ row: Row) -> Markup {
        let longest = max(row.sizes.max() ?? 1, .leastNormalMagnitude)
        return Tag.svg(.named("width", "100%"), .named("height", "20"), .aria("hidden", "true")) {
            for (place, size) in row.sizes.enumerated() {
                Tag.rect(
                    .class(place == 0 ? "fill a" : "fill b"), .named("height", "8"),
                    .number("y", Double(place) * 10 + 1), .percent("width", size / longest))
            }
        }
    }

    private var errors: Markup {
        PageFrame.section("accuracy", "Accuracy", lead: "Mean over the files of both runs; paired randomisation test.")
        {
            Tag.table {
                Tag.thead {
                    Tag.tr {
                        for heading in ["Error", "Before", "After", "Files", "Verdict"] {
                            Tag.th(.named("scope", "col")) { heading }
                        }
                    }
                }
                Tag.tbody {
                    for line in accuracy { Tag.tr { for cell in line { Tag.td { cell } } } }
                }
            }
        }
    }
}
