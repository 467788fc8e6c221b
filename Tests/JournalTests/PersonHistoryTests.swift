import Foundation
import Journal
import Reciprocity
import Testing

@Suite("A person over time")
struct PersonHistoryTests {
    let journal: ScratchJournal
    let store: JournalStore
    let today = CalendarDay("2026-12-31")

    init() throws {
        journal = try ScratchJournal()
        store = try journal.open()
    }

    /// Adds one meeting of 30 minutes on the next day of December; `share` is mine of `talked` minutes.
    @discardableResult
    func meet(_ day: Int, share: Double?, talked: Double = 20, _ more: (inout JournalEntry) -> Void = { _ in }) throws
        -> String
    {
        var entry = try plainEntry("day-\(day)", "2026-12-\(day < 10 ? "0" : "")\(day)")
        if let share { entry.minutes = PerSide(me: talked * share, them: talked * (1 - share)) }
        more(&entry)
        return try store.add(entry, into: .new).entry.id
    }

    func history() throws -> PersonHistory { try store.history(of: "Dana", today: try #require(today)) }

    @Test("The pooled share weighs each meeting by its speech, and one without a note of the talking by nothing")
    func pooled() throws {
        // 0.5 of 20 minutes and 0.2 of 10 minutes: 12 of 30.
        try meet(1, share: 0.5, talked: 20)
        try meet(2, share: 0.2, talked: 10)
        try meet(3, share: nil)
        #expect(abs(try #require(try history().pooledShare) - 0.4) < 1e-12)
    }

    @Test("The slope is the median of all pairs' slopes, so that one odd meeting does not turn it; nil under three")
    func slope() throws {
        try meet(1, share: 0.2)
        try meet(2, share: 0.3)
        #expect(try history().slope == nil)
        // 0.2 0.3 1.0 0.5: slopes .1 .4 .1 .7 .1 -.5, sorted -.5 .1 .1 .1 .4 .7, median .1.
        try meet(3, share: 1.0)
        try meet(4, share: 0.5)
        #expect(abs(try #require(try history().slope) - 0.1) < 1e-12)
    }

    @Test(
        "The run of one-sided meetings counts back from the newest, in one direction, over meetings without a verdict")
    func run() throws {
        try meet(1, share: 0.1)
        try meet(2, share: 0.5)
        #expect(try history().oneSidedRun == nil)
        try meet(3, share: 0.1)
        try meet(4, share: nil)
        try meet(5, share: 0.05)
        let run = try #require(try history().oneSidedRun)
        #expect(run.towards == .them && run.length == 2)
        try meet(6, share: 0.9)
        let turned = try #require(try history().oneSidedRun)
        #expect(turned.towards == .me && turned.length == 1)
    }

    @Test("Received against given: offers of help and kept follow-ups, and how long ago each side last gave")
    func benefit() throws {
        let day = try #require(CalendarDay("2026-12-01"))
        #expect(throws: JournalError.self) { try self.history() }
        try meet(1, share: 0.5)
        #expect(try self.history().benefitBalance == nil)
        // I give: one offer on the 2nd, one kept on the 9th. They give: one kept on the 20th, one that is only promised.
        try meet(2, share: 0.5) { entry in
            entry.help = [HelpOffer(by: .me, what: "tea")]
            entry.followUps = [
                FollowUp(by: .me, kind: .thanks, kept: CalendarDay("2026-12-09")),
                FollowUp(by: .them, kind: .article, promised: day, kept: CalendarDay("2026-12-20")),
                FollowUp(by: .them, kind: .article, promised: day),
            ]
        }
        let history = try self.history()
        #expect(history.given == PerSide(me: 2, them: 1))
        #expect(abs(try #require(history.benefitBalance) + 1.0 / 3) < 1e-12)
        #expect(history.isMutual)
        #expect(history.daysSinceGiving == PerSide(me: 22, them: 11))
        #expect(history.followUps.them.promised == 2 && history.followUps.them.kept == 1)
        #expect(history.followUps.me.followThrough == nil)
        #expect(history.openFollowUps.map(\.number) == [3])
    }

    @Test("Three gifts against one is not mutual any more")
    func notMutual() throws {
        try meet(1, share: 0.5) { $0.help = [.me, .me, .me, .them].map { HelpOffer(by: $0, what: "tea") } }
        #expect(try history().benefitBalance == -0.5 && history().isMutual)
        try meet(2, share: 0.5) { $0.help = [HelpOffer(by: .me, what: "tea")] }
        #expect(try !history().isMutual)
    }

    @Test("Questions count where somebody counted both ways")
    func questions() throws {
        try meet(1, share: 0.5) { $0.questions = PerSide(me: 3, them: 1) }
        try meet(2, share: 0.5) { $0.questions = PerSide(me: 100, them: nil) }
        try meet(3, share: 0.5) { $0.questions = PerSide(me: 3, them: 1) }
        #expect(try history().questions == PerSide(me: 6, them: 2))
        #expect(try history().questionBalance == 0.25)
    }

    @Test("What is open comes overdue first, then by day, then without a day")
    func open() throws {
        let day = try #require(CalendarDay("2026-12-01"))
        try meet(1, share: 0.5) { entry in
            entry.followUps = [nil, "2027-01-05", "2026-12-20", "2026-12-30", nil].map {
                FollowUp(by: .me, kind: .other, promised: day, due: $0.flatMap { CalendarDay($0) })
            }
        }
        let today = try #require(today)
        let open = try store.openFollowUps(today: today)
        #expect(open.map(\.number) == [3, 4, 2, 1, 5])
        #expect(open.map { $0.daysOverdue(on: today) } == [11, 1, nil, nil, nil])
    }

    @Test("The overview says who talks past whom")
    func overview() throws {
        for (name, share) in [("Ann", 0.1), ("Bob", 0.5), ("Cleo", 0.9), ("Dave", 0.05)] {
            var entry = try plainEntry(name, with: name)
            entry.minutes = PerSide(me: 20 * share, them: 20 * (1 - share))
            _ = try store.add(entry, into: .new)
        }
        let overview = try store.overview(today: try #require(today))
        #expect(overview.meetingCount == 4)
        #expect(overview.talkPastMe.map(\.person.name) == ["Dave", "Ann"])
        #expect(overview.twoWay.map(\.person.name) == ["Bob"])
        #expect(overview.talkedPast.map(\.person.name) == ["Cleo"])
    }
}
