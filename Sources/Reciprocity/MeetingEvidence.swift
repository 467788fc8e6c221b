public import Timeline

/// What is known about a meeting besides who spoke when.
///
/// Everything is optional: a recording brings `segmentation`, a hand-kept entry the rest.
public struct MeetingEvidence: Sendable, Hashable {
    /// How far the segmentation can be trusted; nil for labels taken as they are.
    public var segmentation: SegmentationTrust?
    /// Grid on which the times were noted, seconds, > 0; nil when they are exact.
    ///
    /// A metric finer than this is nil. An entry that knows only totals has the length of the meeting here.
    public var timeResolution: Double?
    /// When each person was first asked about themself; nil when the timeline has to tell.
    public var firstFloor: PerSpeaker<NotedFirstFloor?>
    /// Questions each person asked the other, count; nil when nobody counted.
    public var questions: PerSpeaker<Int?>
    /// Offers of help each person made, count; nil when nobody counted.
    public var helpOffered: PerSpeaker<Int?>
    /// Follow-ups of each person; nil when nobody counted.
    public var followUps: PerSpeaker<FollowUps?>

    /// Evidence; without arguments nothing but the timeline is known.
    public init(
        segmentation: SegmentationTrust? = nil, timeResolution: Double? = nil,
        firstFloor: PerSpeaker<NotedFirstFloor?> = .init(a: nil, b: nil),
        questions: PerSpeaker<Int?> = .init(a: nil, b: nil),
        helpOffered: PerSpeaker<Int?> = .init(a: nil, b: nil),
        followUps: PerSpeaker<FollowUps?> = .init(a: nil, b: nil)
    ) {
        self.segmentation = segmentation
        self.timeResolution = timeResolution
        self.firstFloor = firstFloor
        self.questions = questions
        self.helpOffered = helpOffered
        self.followUps = followUps
    }

    /// Whether the times are too coarse for a metric that rests on details of the given length.
    func isCoarser(than detail: Double) -> Bool { (timeResolution ?? 0) > detail }

    /// Whether nothing is known of when things were said, only how much.
    func knowsOnlyTotals(of duration: Double) -> Bool { (timeResolution ?? 0) >= max(duration, 1e-9) }
}

/// How far "who spoke when" can be trusted.
public struct SegmentationTrust: Sendable, Hashable {
    /// Whether a verdict may be built on it.
    public var trusted: Bool
    /// Estimated share of the speech given to the wrong person, 0...1; nil when nobody can say.
    public var estimatedConfusion: Double?
    /// Where the talk share of each person really lies, within 0...1; nil when nobody can say.
    public var talkShareInterval: PerSpeaker<ClosedRange<Double>>?

    /// Trust in a segmentation.
    public init(
        trusted: Bool, estimatedConfusion: Double? = nil, talkShareInterval: PerSpeaker<ClosedRange<Double>>? = nil
    ) {
        self.trusted = trusted
        self.estimatedConfusion = estimatedConfusion
        self.talkShareInterval = talkShareInterval
    }
}

/// A note of when a person was first asked about themself.
public enum NotedFirstFloor: Sendable, Hashable {
    /// At this time, seconds from the start.
    case at(Double)
    /// It never happened.
    case never
}

/// Follow-ups of one person after a meeting: an article, an introduction, a thank-you.
public struct FollowUps: Sendable, Hashable {
    /// How many were promised, ≥ 0.
    public var promised: Int
    /// How many of them were kept, ≥ 0.
    public var kept: Int

    /// Follow-ups promised and kept.
    public init(promised: Int, kept: Int) {
        self.promised = promised
        self.kept = kept
    }

    /// The share that was kept, 0...1; nil when nothing was promised.
    public var followThrough: Double? { promised > 0 ? Double(kept) / Double(promised) : nil }
}
