/// One meeting as the journal keeps it: what was noted by hand, what was heard in a recording, or both.
///
/// Nil is "not noted" everywhere, and never the same as none or never.
public struct JournalEntry: Sendable, Hashable {
    /// Unique in the journal.
    public var id: String
    /// The day of the meeting.
    public var date: CalendarDay
    /// Whom I met.
    public var person: PersonName
    /// Length of the meeting, minutes, > 0.
    public var lengthMinutes: Double
    /// Who talked when; the most detailed note of the talking.
    public var blocks: [TalkBlock]?
    /// How finely `blocks` were noted, seconds, > 0; nil means ``defaultResolution``.
    public var resolution: Double?
    /// Speaking time of each side, minutes, ≥ 0; the second most detailed note.
    public var minutes: PerSide<Double>?
    /// My share of the talk, percent, 0...100; the coarsest note.
    public var mySharePercent: Double?
    /// When I was first asked about myself.
    public var firstAskedAboutMe: FirstAsked?
    /// Questions each side asked the other, count; nil where nobody counted.
    public var questions: PerSide<Int?>
    /// Offers of help made in the meeting; empty when there were none.
    public var help: [HelpOffer]?
    /// What was promised or done afterwards; empty when there was nothing.
    public var followUps: [FollowUp]?
    /// I asked them to tell me everything: changes the advice, never the numbers.
    public var invited: Bool
    /// How I felt afterwards, 1...9, 9 is best.
    public var feeling: Int?
    /// Free text.
    public var note: String?
    /// Free labels.
    public var tags: [String]
    /// SHA-256 of the recording or label file the entry belongs to, 64 lower-case hexadecimal digits.
    public var recording: String?
    /// What was heard in the recording; needs `recording`.
    public var analysis: RecordedAnalysis?

    /// Resolution of blocks for which none was noted, seconds: 60 s, whole minutes (seeds/README.md).
    public static let defaultResolution = 60.0

    /// An entry with the required fields; everything else is not noted.
    public init(id: String, date: CalendarDay, person: PersonName, lengthMinutes: Double) {
        self.id = id
        self.date = date
        self.person = person
        self.lengthMinutes = lengthMinutes
        questions = PerSide(me: nil, them: nil)
        invited = false
        tags = []
    }

    /// Whether the talking was noted by hand.
    public var notesTalking: Bool { blocks != nil || minutes != nil || mySharePercent != nil }

    /// Whether it was noted by hand what happened in the meeting; a feeling, a note or a tag can be added to any entry.
    public var notesMeeting: Bool {
        notesTalking || firstAskedAboutMe != nil || questions != PerSide(me: nil, them: nil) || help != nil
            || followUps != nil
    }

    /// Whether anything at all was noted by hand.
    public var isHandKept: Bool { notesMeeting || invited || feeling != nil || note != nil || !tags.isEmpty }
}

/// A person by key and name.
public struct PersonName: Sendable, Hashable {
    /// Ties meetings together; never changes.
    public var key: String
    /// What is shown.
    public var name: String

    /// A person.
    public init(key: String, name: String) {
        self.key = key
        self.name = name
    }
}

/// A stretch of the meeting in which one side talked, half-open `[start, end)` in seconds from the start.
public struct TalkBlock: Sendable, Hashable {
    /// First moment, seconds, ≥ 0.
    public var start: Double
    /// First moment after it, seconds, > `start`.
    public var end: Double
    /// Who talked.
    public var who: Side

    /// A block; times in seconds.
    public init(start: Double, end: Double, who: Side) {
        self.start = start
        self.end = end
        self.who = who
    }
}

/// When I was first asked about myself.
public enum FirstAsked: Sendable, Hashable {
    /// In this minute of the meeting, ≥ 0.
    case minute(Double)
    /// It never happened.
    case never
}

/// An offer of help made in a meeting.
public struct HelpOffer: Sendable, Hashable {
    /// Who offered.
    public var by: Side
    /// What was offered.
    public var what: String

    /// An offer.
    public init(by: Side, what: String) {
        self.by = by
        self.what = what
    }
}

/// Something that one side does for the other after the meeting.
public struct FollowUp: Sendable, Hashable {
    /// What it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        case article, introduction, referral, thanks, business, other
    }

    /// Who does it.
    public var by: Side
    /// What kind of thing it is.
    public var kind: Kind
    /// What exactly; nil when not noted.
    public var what: String?
    /// When it was promised; nil when it came unasked, which is no promise.
    public var promised: CalendarDay?
    /// By when; nil when no day was set.
    public var due: CalendarDay?
    /// When it was done; nil when not yet.
    public var kept: CalendarDay?

    /// A follow-up.
    public init(
        by: Side, kind: Kind, what: String? = nil, promised: CalendarDay? = nil, due: CalendarDay? = nil,
        kept: CalendarDay? = nil
    ) {
        self.by = by
        self.kind = kind
        self.what = what
        self.promised = promised
        self.due = due
        self.kept = kept
    }
}
