public import Reciprocity

/// A person over all meetings: how the floor is shared, and what goes which way.
///
/// "Per person over time" of metrics.md. What is undefined is nil, never 0.
public struct PersonHistory: Sendable, Hashable {
    /// Who.
    public var person: PersonName
    /// Other names.
    public var aliases: [String]
    /// The meetings, oldest first; at least one.
    public var meetings: [MeetingSummary]
    /// The day that "days since" counts to.
    public var today: CalendarDay

    /// My floor share over all meetings, weighted by seconds of speech, 0...1; nil when nothing is known of the talking.
    public var pooledShare: Double?
    /// Change of my floor share from one meeting to the next, share per meeting (Theil–Sen); nil under three shares.
    public var slope: Double?
    /// Questions each side asked, summed over the meetings where somebody counted both; nil when none.
    public var questions: PerSide<Int>?
    /// Their share of all questions, those about me, 0...1; nil without questions.
    public var questionBalance: Double?
    /// What each side gave, count: offers of help and follow-ups kept.
    public var given: PerSide<Int>
    /// (received − given) / (received + given), −1...1, above 0 when I receive more; nil at 0/0.
    public var benefitBalance: Double?
    /// Whether both give, and neither much more: both above 0 and the balance within ±0.5.
    public var isMutual: Bool
    /// Follow-ups each side promised and kept.
    public var followUps: PerSide<FollowUps>
    /// Days since each side last gave; nil when it never did.
    public var daysSinceGiving: PerSide<Int?>
    /// The side that had the floor in the newest meetings, and in how many in a row; nil when the newest was not one-sided.
    public var oneSidedRun: OneSidedRun?
    /// Follow-ups that are still open.
    public var openFollowUps: [Obligation]

    /// One-sided meetings in a row, up to the newest.
    public struct OneSidedRun: Sendable, Hashable {
        /// Who had the floor.
        public var towards: Side
        /// How many meetings, ≥ 1.
        public var length: Int
    }

    /// Largest imbalance of what is given that still counts as mutual, 0...1: 0.5 (metrics.md).
    public static let mutualBalance = 0.5
    /// Most shares a slope rests on, count: the newest thousand, for its cost grows with the square.
    public static let mostForSlope = 1000
    /// Fewest shares for a slope, count: 3 (metrics.md).
    public static let fewestForSlope = 3

    /// The history of a person.
    ///
    /// - Parameters:
    ///   - person: who it is.
    ///   - aliases: other names of the person.
    ///   - meetings: all meetings with the person, at least one, oldest first.
    ///   - today: the day that "days since" counts to.
    public init(person: PersonName, aliases: [String], meetings: [MeetingSummary], today: CalendarDay) {
        self.person = person
        self.aliases = aliases
        self.meetings = meetings
        self.today = today
        var (weighted, weight) = (0.0, 0.0)
        for meeting in meetings {
            guard let share = meeting.myFloorShare else { continue }
            weighted += share * meeting.speechSeconds
            weight += meeting.speechSeconds
        }
        pooledShare = weight > 0 ? weighted / weight : nil
        slope = Self.theilSen(meetings.map(\.myFloorShare))
        let counted = meetings.compactMap { meeting in
            meeting.questions.me.flatMap { me in meeting.questions.them.map { PerSide(me: me, them: $0) } }
        }
        let sum = PerSide { side in counted.reduce(0) { $0 + $1[side] } }
        questions = counted.isEmpty ? nil : sum
        questionBalance = sum.me + sum.them > 0 ? Double(sum.them) / Double(sum.me + sum.them) : nil
        let ledger = meetings.flatMap { $0.followUps ?? [] }
        let given = PerSide { side in
            meetings.reduce(0) { $0 + ($1.help?[side] ?? 0) } + ledger.count { $0.by == side && $0.kept != nil }
        }
        self.given = given
        let total = given.me + given.them
        let balance = total > 0 ? Double(given.them - given.me) / Double(total) : nil
        benefitBalance = balance
        isMutual = given.me > 0 && given.them > 0 && abs(balance ?? 1) <= Self.mutualBalance
        followUps = PerSide { side in
            let promised = ledger.filter { $0.by == side && $0.promised != nil }
            return FollowUps(promised: promised.count, kept: promised.count { $0.kept != nil })
        }
        daysSinceGiving = PerSide { side in
            let offers = meetings.filter { ($0.help?[side] ?? 0) > 0 }.map(\.date)
            return (offers + ledger.filter { $0.by == side }.compactMap(\.kept)).max()?.days(until: today)
        }
        oneSidedRun = Self.oneSidedRun(meetings)
        openFollowUps = Obligation.sorted(meetings.flatMap(Obligation.open), today: today)
    }

    /// The meetings with a verdict from the newest back, as long as the same side had the floor alone.
    private static func oneSidedRun(_ meetings: [MeetingSummary]) -> OneSidedRun? {
        var run: OneSidedRun?
        for meeting in meetings.reversed() where meeting.pattern != .insufficient {
            guard case .oneSided(let side) = meeting.pattern, run == nil || run?.towards == side else { break }
            run = OneSidedRun(towards: side, length: (run?.length ?? 0) + 1)
        }
        return run
    }

    /// The median of the slopes between all pairs of shares, share per meeting; nil under three shares.
    ///
    /// Theil 1950, Sen 1968. A meeting without a share keeps its place in the order.
    static func theilSen(_ shares: [Double?]) -> Double? {
        let points = shares.enumerated().compactMap { index, share in share.map { (x: Double(index), y: $0) } }
            .suffix(mostForSlope)
        guard points.count >= fewestForSlope else { return nil }
        var slopes: [Double] = []
        slopes.reserveCapacity(points.count * (points.count - 1) / 2)
        for (index, first) in points.enumerated() {
            for second in points.dropFirst(index + 1) { slopes.append((second.y - first.y) / (second.x - first.x)) }
        }
        slopes.sort()
        let middle = slopes.count / 2
        return slopes.count % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2
    }
}
