/// The whole journal at a glance: everybody, and who talks past whom.
public struct JournalOverview: Sendable, Hashable {
    /// Everybody, whom I met last first.
    public var people: [PersonHistory]
    /// The day that "days since" counts to.
    public var today: CalendarDay

    /// Share below and above which somebody talks past the other over all meetings, 0...0.5: 0.35 (metrics.md).
    public static let twoWayShare = 0.35

    /// An overview.
    public init(people: [PersonHistory], today: CalendarDay) {
        self.people = people.sorted {
            ($1.meetings.last?.date.ordinal ?? 0, $0.person.key) < ($0.meetings.last?.date.ordinal ?? 0, $1.person.key)
        }
        self.today = today
    }

    /// Meetings with everybody.
    public var meetingCount: Int { people.reduce(0) { $0 + $1.meetings.count } }

    /// People with whom the floor is shared over all meetings.
    public var twoWay: [PersonHistory] {
        people.filter { person in
            person.pooledShare.map { (Self.twoWayShare...(1 - Self.twoWayShare)).contains($0) } ?? false
        }
    }

    /// People who talk past me, the one who leaves me the least floor first.
    public var talkPastMe: [PersonHistory] {
        people.filter { ($0.pooledShare ?? 1) < Self.twoWayShare }
            .sorted { ($0.pooledShare ?? 0, $0.person.key) < ($1.pooledShare ?? 0, $1.person.key) }
    }

    /// People I talk past, the one to whom I leave the least floor first.
    public var talkedPast: [PersonHistory] {
        people.filter { ($0.pooledShare ?? 0) > 1 - Self.twoWayShare }
            .sorted { (1 - ($0.pooledShare ?? 0), $0.person.key) < (1 - ($1.pooledShare ?? 0), $1.person.key) }
    }

    /// Follow-ups that are open, overdue first.
    public var openFollowUps: [Obligation] { Obligation.sorted(people.flatMap(\.openFollowUps), today: today) }
}
