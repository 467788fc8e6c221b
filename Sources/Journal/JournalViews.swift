import GRDB

extension JournalStore {
    /// A meeting with all its metrics.
    ///
    /// - Throws: `JournalError.unknownEntry`.
    public func meeting(_ id: String) throws(JournalError) -> MeasuredMeeting { MeasuredMeeting(try entry(id)) }

    /// Meetings in a list, oldest first.
    ///
    /// - Throws: `JournalError.unknownPerson` when the filter names nobody.
    public func summaries(_ filter: MeetingFilter = MeetingFilter()) throws(JournalError) -> [MeetingSummary] {
        try read { db in
            let people = try PeopleIndex(db)
            let (condition, arguments) = try filter.condition(people)
            return try MeetingSummary.all(where: condition, arguments: arguments, in: db, people: people)
        }
    }

    /// A person over all meetings.
    ///
    /// - Parameters:
    ///   - name: key, name or alias.
    ///   - today: the day that "days since" counts to.
    /// - Throws: `JournalError.unknownPerson`.
    public func history(of name: String, today: CalendarDay) throws(JournalError) -> PersonHistory {
        try read { db in
            let people = try PeopleIndex(db)
            let known = try people.one(name)
            let meetings = try MeetingSummary.all(
                where: "meeting.person = ?", arguments: [known.number], in: db, people: people)
            return PersonHistory(person: known.person, aliases: known.aliases, meetings: meetings, today: today)
        }
    }

    /// Everybody at a glance.
    ///
    /// - Parameters:
    ///   - filter: which meetings count.
    ///   - today: the day that "days since" counts to.
    public func overview(
        _ filter: MeetingFilter = MeetingFilter(), today: CalendarDay
    ) throws(JournalError) -> JournalOverview {
        try read { db in
            let people = try PeopleIndex(db)
            let (condition, arguments) = try filter.condition(people)
            let meetings = try MeetingSummary.all(where: condition, arguments: arguments, in: db, people: people)
            let byKey = Dictionary(grouping: meetings, by: \.person.key)
            let histories = people.sorted.compactMap { known in
                byKey[known.person.key].map {
                    PersonHistory(person: known.person, aliases: known.aliases, meetings: $0, today: today)
                }
            }
            return JournalOverview(people: histories, today: today)
        }
    }

    /// Follow-ups that are open, overdue first.
    ///
    /// - Parameters:
    ///   - filter: of which meetings.
    ///   - today: the day that decides what is overdue.
    public func openFollowUps(
        _ filter: MeetingFilter = MeetingFilter(), today: CalendarDay
    ) throws(JournalError) -> [Obligation] {
        try read { db in
            let people = try PeopleIndex(db)
            let (condition, arguments) = try filter.condition(people)
            let open = "number IN (SELECT meeting FROM follow_up WHERE kept IS NULL)"
            let meetings = try MeetingSummary.all(
                where: "(\(condition)) AND \(open)", arguments: arguments, in: db, people: people)
            return Obligation.sorted(meetings.flatMap(Obligation.open), today: today)
        }
    }
}
