public import Journal
import Reporting

/// Everybody at a glance as one self-contained page; see `PageFrame` of Reporting.
public struct OverviewPage: Sendable {
    let overview: JournalOverview
    let version: String

    /// The page of the whole journal.
    public init(_ overview: JournalOverview, version: String) {
        self.overview = overview
        self.version = version
    }

    /// The whole page, the same bytes for the same journal.
    public var text: String {
        let minutes = overview.people.reduce(0) { $0 + $1.meetings.reduce(0) { $0 + $1.lengthMinutes } }
        let facts = [
            JournalWords.count(overview.people.count, "person", "people"),
            JournalWords.count(overview.meetingCount, "meeting", "meetings"), MeetingList.hours(minutes),
        ].joined(separator: " · ")
        let frame = PageFrame(
            kind: "twoway journal", title: "Everybody you met", facts: facts,
            summary: "With whom it is a two-way street.", version: version, scripts: [.table])
        return frame.page {
            kinds
            overdue
            people
        }
    }

    private var kinds: Markup? {
        let groups = [
            ("A two-way street", overview.twoWay), ("They talk past you", overview.talkPastMe),
            ("You talk past them", overview.talkedPast),
        ].filter { !$0.1.isEmpty }
        guard !groups.isEmpty else { return nil }
        return Tag.section(.id("kinds"), .aria("label", "With whom it is a two-way street")) {
            Tag.div(.class("columns")) {
                for (title, people) in groups {
                    Tag.div {
                        Tag.h3 { title }
                        for person in people { Tag.p { line(person) } }
                    }
                }
            }
        }
    }

    @MarkupBuilder private func line(_ person: PersonHistory) -> Markup {
        Tag.bdi { ColumnWidth.printable(person.person.name) }
        Tag.span(.class("quiet")) {
            person.pooledShare.map { ", you \(PlainNumber.percent($0))" } ?? ""
            person.oneSidedRun.map { $0.length > 1 ? ", \($0.length) one-sided in a row" : "" } ?? ""
        }
    }

    private var overdue: Markup? {
        let late = overview.openFollowUps.filter { $0.daysOverdue(on: overview.today) != nil }
        guard !late.isEmpty else { return nil }
        return PageFrame.section("overdue", "Overdue") {
            JournalPageWords.obligations(late, today: overview.today, named: true)
        }
    }

    private var people: Markup {
        PageFrame.section("people", "People") {
            Tag.div(.class("filters script-only"), .role("search")) {
                Tag.label {
                    "Find"
                    Tag.input(.type("search"), .id("search"))
                }
                Tag.span(.id("count"), .role("status"), .class("quiet"), .data("things", "people")) {
                    JournalWords.count(overview.people.count, "person", "people")
                }
            }
            Tag.table(.class("index"), .id("index")) {
                Tag.caption(.class("unseen")) { "People; the headings sort" }
                Tag.thead {
                    Tag.tr {
                        JournalPageWords.heading("With", "name")
                        JournalPageWords.heading("Met", "number", isNumber: true)
                        JournalPageWords.heading("Last", "date")
                        JournalPageWords.heading("Your share", "share", isNumber: true)
                        Tag.th(.named("scope", "col"), .class("mini")) { "From meeting to meeting" }
                        JournalPageWords.heading("Who gives", "wide")
                        JournalPageWords.heading("You owe", "number", isNumber: true)
                        JournalPageWords.heading("They owe", "number", isNumber: true)
                    }
                }
                Tag.tbody { for person in overview.people { row(person) } }
            }
        }
    }

    private func row(_ person: PersonHistory) -> Markup {
        let name = ColumnWidth.printable(person.person.name)
        let last = person.meetings.last?.date.description ?? ""
        let gives = OverviewView.giving(person)
        let owes = PerSide { side in person.openFollowUps.count { $0.followUp.by == side } }
        return Tag.tr(.data("text", ([name] + person.aliases).joined(separator: " ")), .data("pattern", "")) {
            Tag.td(.class("name"), .data("key", name)) { Tag.bdi { name } }
            number(person.meetings.count)
            Tag.td(.class("date"), .data("key", last)) { last }
            JournalPageWords.shareCell(person.pooledShare)
            Tag.td(.class("mini")) {
                ShareColumns(meetings: person.meetings, isSmall: true).drawing(
                    label:
                        "Your share of the floor in \(JournalWords.count(person.meetings.count, "meeting", "meetings"))"
                )
            }
            Tag.td(.class("wide"), .data("key", gives)) { gives }
            number(owes.me)
            number(owes.them)
        }
    }

    private func number(_ count: Int) -> Markup {
        Tag.td(.class("number"), .data("key", "\(count)")) { count == 0 ? "" : "\(count)" }
    }
}
