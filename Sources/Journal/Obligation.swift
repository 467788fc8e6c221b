/// A follow-up that is still open.
public struct Obligation: Sendable, Hashable {
    /// Identifier of the entry it belongs to.
    public var id: String
    /// Its number in the entry, counted from 1.
    public var number: Int
    /// The day of the meeting.
    public var meetingDate: CalendarDay
    /// The other person.
    public var person: PersonName
    /// What is open.
    public var followUp: FollowUp

    /// Days by which it is late on a day; nil when no day was set or it has not come yet.
    public func daysOverdue(on today: CalendarDay) -> Int? {
        guard let due = followUp.due, due < today else { return nil }
        return due.days(until: today)
    }

    /// The open follow-ups of a meeting.
    static func open(in meeting: MeetingSummary) -> [Obligation] {
        (meeting.followUps ?? []).enumerated().compactMap { index, followUp in
            guard followUp.kept == nil else { return nil }
            return Obligation(
                id: meeting.id, number: index + 1, meetingDate: meeting.date, person: meeting.person,
                followUp: followUp)
        }
    }

    /// Overdue first, then by due day, then those without one; the older meeting first among equals.
    static func sorted(_ obligations: [Obligation], today: CalendarDay) -> [Obligation] {
        // An earlier due day is more overdue, so one order serves both.
        obligations.sorted { left, right in
            switch (left.followUp.due, right.followUp.due) {
            case (let a?, let b?) where a != b: a < b
            case (_?, nil): true
            case (nil, _?): false
            default: (left.meetingDate, left.id, left.number) < (right.meetingDate, right.id, right.number)
            }
        }
    }
}
