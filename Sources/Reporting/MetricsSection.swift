import Reciprocity
import Timeline

extension MeetingPage {
    /// All metrics with one line of explanation each.
    var metricsSection: Markup {
        PageFrame.section(
            "metrics", "All numbers", lead: "A dash means that the meeting does not say; it never means zero."
        ) {
            Tag.table(.class("metrics")) {
                Tag.caption(.class("unseen")) { "All metrics of the meeting" }
                Tag.thead {
                    Tag.tr {
                        Tag.th(.named("scope", "col")) { "Metric" }
                        Tag.th(.named("scope", "col"), .class("value")) { label(.a) }
                        Tag.th(.named("scope", "col"), .class("value")) { label(.b) }
                        Tag.th(.named("scope", "col"), .class("usual")) { "Usual or wanted" }
                    }
                }
                for group in MetricRow.groups(of: report) {
                    Tag.tbody {
                        Tag.tr(.class("group")) {
                            Tag.th(.named("scope", "colgroup"), .named("colspan", "4")) { group.title }
                        }
                        for row in group.rows { tableRow(row) }
                    }
                }
            }
        }
    }

    private func tableRow(_ row: MetricRow) -> Markup {
        Tag.tr {
            Tag.th(.named("scope", "row")) {
                Tag.span(.class("metric")) { row.name }
                Tag.span(.class("explanation")) { row.explanation }
            }
            switch row.value {
            case .each(let values):
                for speaker in Speaker.allCases {
                    Tag.td(.class("value \(speaker.className)")) {
                        Tag.span(.class("narrow"), .aria("hidden", "true")) { label(speaker) }
                        values[speaker] ?? "–"
                    }
                }
            case .whole(let value):
                Tag.td(.class("value whole"), .named("colspan", "2")) { value ?? "–" }
            }
            Tag.td(.class("usual")) { row.usual }
        }
    }
}

/// A metric as a row of the table: what it is called, what it means in one line, and its values as texts.
struct MetricRow {
    /// One value, or one for each person; nil where it is undefined.
    enum Value {
        case whole(String?)
        case each(PerSpeaker<String?>)
    }

    var name: String
    var explanation: String
    var value: Value
    var usual = ""

    /// The rows in groups.
    static func groups(of report: MeetingReport) -> [(title: String, rows: [MetricRow])] {
        let rows = MetricRows(metrics: report.reciprocity)
        let groups = [
            ("How much", rows.amounts), ("Turns", rows.turns), ("Passing the floor", rows.passing),
            ("Course of the meeting", rows.course), ("What people counted", rows.counts),
        ]
        return groups.filter { !$0.1.isEmpty }.map { (title: $0.0, rows: $0.1) }
    }
}
