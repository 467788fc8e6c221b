public import Journal
import Reporting

/// A person over all meetings as one self-contained page; see `PageFrame` of Reporting.
public struct PersonPage: Sendable {
    let history: PersonHistory
    let version: String

    /// The page of a person.
    public init(_ history: PersonHistory, version: String) {
        self.history = history
        self.version = version
    }

    /// The whole page, the same bytes for the same history.
    public var text: String {
        let frame = PageFrame(
            kind: "twoway journal", title: history.person.name, facts: facts, isTitleLarge: false,
            summary: "How the floor was shared with \(ColumnWidth.printable(history.person.name)) over all meetings.",
            version: version, scripts: [.table])
        return frame.page {
            verdict
            course
            giving
            open
            meetings
        }
    }

    private var sentences: PersonSentences {
        PersonSentences(history: history, name: JournalPageWords.isolated(history.person.name))
    }

    private var facts: String {
        let minutes = history.meetings.reduce(0) { $0 + $1.lengthMinutes }
        var parts = [JournalWords.count(history.meetings.count, "meeting", "meetings")]
        if let first = history.meetings.first?.date, let last = history.meetings.last?.date {
            parts.append(first == last ? "on \(first)" : "\(first) to \(last)")
        }
        parts.append(MeetingList.hours(minutes))
        if !history.aliases.isEmpty {
            parts.append("also " + history.aliases.map { ColumnWidth.printable($0) }.joined(separator: ", "))
        }
        return parts.joined(separator: " · ")
    }

    private var verdict: Markup {
        Tag.section(.id("verdict"), .class("verdict"), .aria("labelledby", "verdict-title")) {
            Tag.h2(.id("verdict-title"), .class("eyebrow")) { "Over all meetings" }
            Tag.p(.class("headline")) { Markup(sentence: headline) }
            JournalPageWords.shares(history.pooledShare, name: sentences.name)
            Tag.div(.class("columns")) {
                Tag.div {
                    Tag.h3 { "What it was" }
                    Tag.p { sentences.patterns(times: "×") }
                    if let run = sentences.run { Tag.p { Markup(sentence: run) } }
                }
                if let questions = sentences.questions {
                    Tag.div {
                        Tag.h3 { "Questions" }
                        Tag.p { Markup(sentence: questions) }
                    }
                }
            }
        }
    }

    private var headline: String {
        guard let share = history.pooledShare else { return "Nothing is known of the talking yet." }
        let limit = JournalOverview.twoWayShare
        if share < limit { return "\(sentences.name) talks past you." }
        return share > 1 - limit ? "You talk past \(sentences.name)." : "A two-way street."
    }

    private var course: Markup? {
        guard history.meetings.count(where: { $0.myFloorShare != nil }) > 1 else { return nil }
        return PageFrame.section("course", "From meeting to meeting") {
            if let slope = sentences.slope { Tag.p(.class("lead")) { slope } }
            Tag.figure(.class("curve")) {
                Tag.div(.class("chart")) {
                    Tag.div(.class("y-axis"), .aria("hidden", "true")) {
                        for level in ["100\u{A0}%", "50\u{A0}%", "0\u{A0}%"] { Tag.span { level } }
                    }
                    ShareColumns(meetings: history.meetings).drawing(
                        label: "Your share of the floor in each meeting, oldest first")
                }
                Tag.p(.class("note")) {
                    "Your share of the floor, below, in each meeting, oldest first"
                        + (history.meetings.count > ShareColumns.mostColumns
                            ? ", the newest \(ShareColumns.mostColumns)" : "")
                        + ". Between the two lines a meeting counts as two-way."
                }
            }
        }
    }

    private var giving: Markup {
        PageFrame.section("giving", "Who gives", lead: PersonSentences.givingNote) {
            for sentence in [sentences.giving, sentences.lastGiven, sentences.followThrough].compactMap({ $0 }) {
                Tag.p { Markup(sentence: sentence) }
            }
        }
    }

    private var open: Markup? {
        guard !history.openFollowUps.isEmpty else { return nil }
        return PageFrame.section("open", "Still open") {
            JournalPageWords.obligations(history.openFollowUps, today: history.today, named: false)
        }
    }

    private var meetings: Markup {
        PageFrame.section("meetings", "All meetings") {
            Tag.table(.class("index"), .id("index")) {
                Tag.caption(.class("unseen")) { "Meetings, newest first; the headings sort" }
                Tag.thead {
                    Tag.tr {
                        JournalPageWords.heading("Date", "date")
                        JournalPageWords.heading("Your share", "share", isNumber: true)
                        JournalPageWords.heading("Pattern", "wide")
                        JournalPageWords.heading("Length", "number", isNumber: true)
                        JournalPageWords.heading("Felt", "number", isNumber: true)
                    }
                }
                Tag.tbody { for meeting in history.meetings.reversed() { row(meeting) } }
            }
        }
    }

    private func row(_ meeting: MeetingSummary) -> Markup {
        let pattern = JournalWords.pattern(meeting)
        return Tag.tr(.data("text", "\(meeting.date) \(pattern)"), .data("pattern", meeting.pattern.name)) {
            Tag.td(.class("date"), .data("key", "\(meeting.date)")) { "\(meeting.date)" }
            JournalPageWords.shareCell(meeting.myFloorShare)
            Tag.td(.class("wide"), .data("key", pattern)) { pattern }
            Tag.td(.class("number"), .data("key", PlainNumber.decimal(meeting.lengthMinutes, decimals: 2))) {
                PlainNumber.time(meeting.lengthMinutes * 60)
            }
            Tag.td(.class("number"), .data("key", meeting.feeling.map(String.init) ?? "")) {
                meeting.feeling.map(String.init) ?? ""
            }
        }
    }
}
