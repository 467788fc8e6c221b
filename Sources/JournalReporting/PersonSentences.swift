import Journal
import Reciprocity
import Reporting

/// What can be said of a person over all meetings, in sentences that the text and the page share.
struct PersonSentences {
    let history: PersonHistory
    /// The person's name, safe to show.
    let name: String

    /// How the share moves; nil with too few meetings.
    var slope: String? {
        history.slope.map { slope in
            abs(slope) < 0.001
                ? "Your share is steady."
                : "Your share \(slope > 0 ? "grows" : "shrinks") by about \(PlainNumber.points(abs(slope))) from one meeting "
                    + "to the next."
        }
    }

    /// How often each pattern was, the most frequent first.
    func patterns(times: String) -> String {
        let kinds = history.meetings.map { JournalWords.pattern($0) }
        var counts: [(kind: String, count: Int)] = []
        for kind in kinds where !counts.contains(where: { $0.kind == kind }) {
            counts.append((kind, kinds.count { $0 == kind }))
        }
        counts.sort { ($1.count, $0.kind) < ($0.count, $1.kind) }
        // A no-break space keeps a number and its pattern on one line.
        return counts.map { "\($0.count) \(times) \($0.kind)".replacing(" ", with: "\u{A0}") }.joined(separator: ", ")
    }

    /// The one-sided meetings in a row; nil without any.
    var run: String? {
        history.oneSidedRun.map { run in
            let who = run.towards == .me ? "you" : name
            return run.length == 1
                ? "The newest meeting was one-sided: \(who) had the floor."
                : "The newest \(run.length) meetings in a row were one-sided: \(who) had the floor."
        }
    }

    /// Who asks; nil where nobody counted.
    var questions: String? {
        guard let questions = history.questions else { return nil }
        var text = "You asked \(questions.me), \(name) asked \(questions.them)"
        if let balance = history.questionBalance {
            text += ": \(PlainNumber.percent(balance)) of the questions were about you"
        }
        return text + "."
    }

    /// Who gave how often.
    var giving: String {
        guard let balance = history.benefitBalance else { return "Neither of you has given anything yet." }
        let verdict =
            history.isMutual
            ? "it is mutual" : balance > 0 ? "\(name) gives more" : balance < 0 ? "you give more" : "it is even"
        return "You gave \(JournalWords.count(history.given.me, "time", "times")), \(name) "
            + "\(JournalWords.count(history.given.them, "time", "times")): \(verdict)."
    }

    /// What counts as giving.
    static let givingNote = "Counted are offers of help, and follow-ups that were done."

    /// When each side last gave; nil when nobody did.
    var lastGiven: String? {
        guard history.benefitBalance != nil else { return nil }
        func last(_ days: Int?) -> String {
            guard let days else { return "never" }
            return days == 0
                ? "today" : days < 0 ? "later than today" : "\(JournalWords.count(days, "day", "days")) ago"
        }
        let days = history.daysSinceGiving
        return "Last given: you \(last(days.me)), \(name) \(last(days.them))."
    }

    /// How many promises each side kept; nil where nobody promised anything.
    var followThrough: String? {
        let promises = Side.allCases.compactMap { side -> String? in
            let ledger = history.followUps[side]
            guard ledger.promised > 0 else { return nil }
            return "\(side == .me ? "you" : name) kept \(ledger.kept) of "
                + JournalWords.count(ledger.promised, "promise", "promises")
        }
        return promises.isEmpty ? nil : "Follow-through: " + promises.joined(separator: ", ") + "."
    }
}
