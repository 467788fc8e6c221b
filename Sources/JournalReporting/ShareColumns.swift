import Journal
import Reporting

/// One column a meeting, the reader's share of the floor below and the other's above, oldest first.
struct ShareColumns {
    let meetings: [MeetingSummary]
    /// Whether it stands in a row of a list, without the lines of the two-way zone.
    var isSmall = false
    /// Columns are never wider than if there were this many: one meeting is no wall.
    static let fewestColumns = 12
    /// Most columns drawn; the newest meetings are kept.
    static let mostColumns = 80

    /// The drawing, with each meeting's share as its tip, and a sentence for a screen reader.
    func drawing(label: String) -> Markup {
        let shown = meetings.suffix(Self.mostColumns)
        let width = 1 / Double(max(shown.count, Self.fewestColumns))
        return Tag.svg(
            .class("columns-chart"), .named("width", "100%"), .named("height", "100%"), .role("img"),
            .aria("label", label)
        ) {
            for (index, meeting) in shown.enumerated() {
                if let share = meeting.myFloorShare {
                    let left = Double(index) * width
                    Tag.g {
                        Tag.title { "\(meeting.date): you \(PlainNumber.percent(share))" }
                        column("b", left, width, from: 0, height: 1 - share)
                        column("a", left, width, from: 1 - share, height: share)
                    }
                }
            }
            for limit in isSmall ? [] : [JournalOverview.twoWayShare, 1 - JournalOverview.twoWayShare] {
                Tag.line(
                    .class("limit"), .named("x2", "100%"), .percent("y1", limit), .percent("y2", limit))
            }
        }
    }

    private func column(_ side: String, _ left: Double, _ width: Double, from top: Double, height: Double) -> Markup {
        Tag.rect(
            .class("fill \(side)"), .percent("x", left + width * 0.06), .percent("width", width * 0.88),
            .percent("y", top), .percent("height", height))
    }
}
