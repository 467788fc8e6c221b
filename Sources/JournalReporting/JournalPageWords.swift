import Journal
import Reporting

/// Building blocks that the pages of the journal share.
enum JournalPageWords {
    /// A name for a sentence that becomes markup: between Unicode isolates, so that it turns nothing around.
    static func isolated(_ name: String) -> String { "\u{2068}" + ColumnWidth.printable(name) + "\u{2069}" }

    /// A heading that sorts.
    static func heading(_ title: String, _ className: String, isNumber: Bool = false) -> Markup {
        Tag.th(.named("scope", "col"), .class(className), .data("type", isNumber ? "number" : "text")) {
            Tag.button(.type("button")) { title }
        }
    }

    /// The reader's share as number and bar.
    static func shareCell(_ share: Double?) -> Markup {
        Tag.td(.class("share"), .data("key", share.map { PlainNumber.decimal($0 * 100, decimals: 2) } ?? "")) {
            if let share {
                Tag.span(.class("number")) { PlainNumber.percent(share) }
                SplitBar(shareOfA: share).drawing
            }
        }
    }

    /// The two shares as one bar with its numbers; nothing where nothing is known.
    static func shares(_ mine: Double?, name: String) -> Markup? {
        guard let mine else { return nil }
        let shown = PlainNumber.percents(mine, 1 - mine)
        let limit = JournalOverview.twoWayShare
        return Tag.div(.class("shares")) {
            Tag.div(.class("share-numbers")) {
                for (side, number, label) in [("a", shown.0, "You"), ("b", shown.1, name)] {
                    Tag.p(.class(side)) {
                        Tag.span(.class("big")) { number }
                        Tag.span(.class("person \(side)")) { Markup(sentence: label) }
                    }
                }
            }
            SplitBar(shareOfA: mine, marks: [limit, 1 - limit]).drawing
            Tag.p(.class("note")) {
                "Shares of the floor, long meetings counting more. Between the two marks "
                    + "(\(PlainNumber.percent(limit)) and \(PlainNumber.percent(1 - limit))) it is a two-way street."
            }
        }
    }

    /// Open follow-ups as a list.
    static func obligations(_ obligations: [Obligation], today: CalendarDay, named: Bool) -> Markup {
        Tag.ul(.class("plain")) {
            for obligation in obligations { Tag.li { item(obligation, today, named) } }
        }
    }

    @MarkupBuilder private static func item(_ obligation: Obligation, _ today: CalendarDay, _ named: Bool) -> Markup {
        let name = isolated(obligation.person.name)
        let row = ObligationRow(obligation, today: today)
        let mine = obligation.followUp.by == .me
        let who = named ? (mine ? "You to \(name)" : "\(name) to you") : (mine ? "You" : name)
        Markup(sentence: "\(who): \(FollowUpSentence(obligation.followUp, name: name).matter)")
        Tag.span(.class("quiet")) { ", \(row.when)" }
    }
}
