import Journal
import Testing

@Suite("Views of the journal")
struct JournalViewsTests {
    let journal: ScratchJournal
    let store: JournalStore
    let today = CalendarDay("2026-12-10")

    // December   1     2     3     4            10 (today)
    // with       Dana  Theo  Dana  Gordon
    // my minutes 10    –     15    2    of 20
    // open       –     due 5 due 20 no day
    init() throws {
        journal = try ScratchJournal()
        store = try journal.open()
        let meetings: [(day: Int, name: String, mine: Double?, tag: String?)] = [
            (1, "Dana", 10, "work"), (2, "Theo", nil, nil), (3, "Dana", 15, nil), (4, "Gordon", 2, "work"),
        ]
        for meeting in meetings.reversed() {
            var entry = try plainEntry("day-\(meeting.day)", "2026-12-0\(meeting.day)", with: meeting.name)
            if let mine = meeting.mine { entry.minutes = PerSide(me: mine, them: 20 - mine) }
            if let tag = meeting.tag { entry.tags = [tag] }
            let due = [2: "2026-12-05", 3: "2026-12-20"][meeting.day].flatMap { CalendarDay($0) }
            if meeting.day > 1 {
                entry.followUps = [
                    FollowUp(by: .me, kind: .article, what: nil, promised: entry.date, due: due, kept: nil)
                ]
            }
            _ = try store.add(entry, into: .new)
        }
    }

    @Test("Meetings are listed oldest first, whatever the order in which they were noted")
    func order() throws {
        #expect(try store.summaries().map(\.id) == ["day-1", "day-2", "day-3", "day-4"])
    }

    @Test("Filters by person, days and tags leave out the others, and all of them have to pass")
    func filters() throws {
        let (second, third) = (CalendarDay("2026-12-02"), CalendarDay("2026-12-03"))
        #expect(try store.summaries(MeetingFilter(person: "DANA")).map(\.id) == ["day-1", "day-3"])
        #expect(try store.summaries(MeetingFilter(since: second, until: third)).map(\.id) == ["day-2", "day-3"])
        #expect(try store.summaries(MeetingFilter(tags: ["work"])).map(\.id) == ["day-1", "day-4"])
        #expect(try store.summaries(MeetingFilter(person: "Dana", since: second)).map(\.id) == ["day-3"])
        #expect(throws: JournalError.unknownPerson(name: "Zora", similar: [])) {
            try store.summaries(MeetingFilter(person: "Zora"))
        }
    }

    @Test("A history holds the meetings with one person and pools the share: 25 of 40 minutes")
    func history() throws {
        let history = try store.history(of: "dana", today: try #require(today))
        #expect(history.meetings.map(\.id) == ["day-1", "day-3"])
        #expect(history.pooledShare == 0.625)
    }

    @Test("The overview has everybody once, whom I met last first, and knows who talks past me: 2 of 20 minutes")
    func overview() throws {
        let overview = try store.overview(today: try #require(today))
        #expect(overview.people.map(\.person.name) == ["Gordon", "Dana", "Theo"])
        #expect(overview.meetingCount == 4)
        #expect(overview.talkPastMe.map(\.person.name) == ["Gordon"])
        #expect(overview.twoWay.map(\.person.name) == ["Dana"])
        let early = try store.overview(MeetingFilter(until: CalendarDay("2026-12-02")), today: try #require(today))
        #expect(early.people.map(\.person.name) == ["Theo", "Dana"])
    }

    @Test("What is open comes by its day, five days late first, then without a day; what was kept is gone")
    func open() throws {
        let today = try #require(today)
        let open = try store.openFollowUps(today: today)
        #expect(open.map(\.id) == ["day-2", "day-3", "day-4"])
        #expect(open.map { $0.daysOverdue(on: today) } == [5, nil, nil])
        _ = try store.update("day-2") { $0.followUps?[0].kept = today }
        #expect(try store.openFollowUps(today: today).map(\.id) == ["day-3", "day-4"])
    }

    @Test("A meeting is found by its identifier alone")
    func meeting() throws {
        #expect(try store.meeting("day-3").entry.person.name == "Dana")
        #expect(throws: JournalError.unknownEntry(id: "day-9")) { try store.meeting("day-9") }
    }
}
