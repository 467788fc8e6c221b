public import Timeline

/// How the floor of one meeting was shared: all metrics, the turns they rest on, and the verdict.
///
/// Made by ``reciprocity(of:evidence:parameters:)`` only. What is undefined is nil, never 0. `T` is the length of the
/// meeting, `U` what a person says, `G` the same without backchannels.
public struct Reciprocity: Sendable, Hashable {
    // MARK: How much

    /// Length of the meeting, seconds, ≥ 0.
    public var duration: Double
    /// Speech of each person, seconds, ≥ 0, simultaneous speech counted for both.
    public var speakingTime: PerSpeaker<Double>
    /// Floor speech of each person, |G|, seconds, ≥ 0: the speaking time without backchannels.
    public var floorTime: PerSpeaker<Double>
    /// Share of all speech, 0...1; nil without speech (Zhang and others 2025).
    public var talkShare: PerSpeaker<Double?>
    /// Where the talk share really lies, within 0...1; nil when nobody can say.
    ///
    /// As the evidence gives it; else talk share ± estimated confusion, since speech given to the wrong person cannot
    /// move the share by more than its own share.
    public var talkShareInterval: PerSpeaker<ClosedRange<Double>?>
    /// Speech as a share of the meeting, 0...1; nil when T = 0; another denominator than `talkShare`.
    public var talkOfMeeting: PerSpeaker<Double?>
    /// The headline: share of the floor speech, 0...1; nil without any (Reece and others 2023, Zhang and others 2025).
    public var floorShare: PerSpeaker<Double?>
    /// The larger floor share, 0.5...1; nil without floor speech (Zhang and others 2025).
    public var imbalance: Double?
    /// Shares of the meeting in which one, both or nobody speaks; nil when T = 0.
    public var states: SpeechStates?

    // MARK: Turns

    /// Number of turns; nil for a person without one.
    public var turnCount: PerSpeaker<Int?>
    /// Median length of the turns, seconds; nil for a person without one.
    public var medianTurn: PerSpeaker<Double?>
    /// 90th percentile of the length of the turns, seconds; nil for a person without one.
    ///
    /// Both percentiles interpolate between ranks: definition 7 of Hyndman & Fan 1996.
    public var p90Turn: PerSpeaker<Double?>
    /// The longest turn, the earlier of equal ones; nil for a person without one.
    ///
    /// From the first word to the last, own pauses included. With coarse times nil when shorter than their grid.
    public var longestMonologue: PerSpeaker<TimeSpan?>
    /// Changes of the floor per minute, ≥ 0, those across a lapse included; nil when T < 60 s.
    public var interactivity: Double?
    /// How quickly the floor passes; nil with fewer than five transitions.
    public var floorTransferOffset: FloorTransferOffset?
    /// Share of the transitions that start in overlap, 0...1; nil with fewer than five (Heldner & Edlund 2010).
    public var overlapOnsetShare: Double?
    /// Transitions to the person with at least 0.20 s of overlap, per 10 minutes, ≥ 0; nil when T < 60 s.
    public var overlappedTakeovers: PerSpeaker<Double?>
    /// Backchannels of the person per minute of the partner's floor speech, ≥ 0; nil under 60 s of it (Yngve 1970).
    public var backchannelRate: PerSpeaker<Double?>
    /// Share of the meeting in which nobody speaks, 0...1; nil when T = 0.
    public var silenceShare: Double?
    /// Longest time nobody speaks, seconds, before the first and after the last word too; nil when none has 0.5 s.
    public var longestSilence: Double?

    // MARK: Course of the meeting

    /// Who leads the windows; nil when T < 150 s or nobody speaks.
    public var windows: WindowShares?
    /// How the lead moves; nil where `windows` is.
    public var dynamics: Dynamics?
    /// Floor share in five equal parts of the meeting, 0...1; nil where a part has no floor speech.
    public var trajectory: PerSpeaker<[Double?]>
    /// When the person first got the floor for 20 s of speech; nil when that never happened.
    ///
    /// Nil too when the evidence knows only totals and has no note of it.
    public var firstFloor: PerSpeaker<FirstFloor?>
    /// The clearest hand-over of the floor to the person in the second half; nil when T < 300 s.
    public var handOver: PerSpeaker<HandOver?>

    // MARK: What people counted

    /// Questions the person asked the other, ≥ 0; nil when nobody counted.
    public var questions: PerSpeaker<Int?>
    /// Share of all questions that were asked to this person by the other, 0...1; nil without questions (Huang and others
    /// 2017).
    public var questionBalance: PerSpeaker<Double?>
    /// Offers of help the person made, ≥ 0; nil when nobody counted.
    public var helpOffered: PerSpeaker<Int?>
    /// Follow-ups the person promised and kept; nil when nobody counted.
    public var followUps: PerSpeaker<FollowUps?>
    /// Share of the promised follow-ups that were kept, 0...1; nil when none was promised.
    public var followThrough: PerSpeaker<Double?>

    // MARK: The verdict and what it rests on

    /// The pattern, its reasons and how safe it is.
    public var verdict: Verdict
    /// Turns, backchannels and overlaps by start.
    public var turns: [Turn]
    /// Grid of the times, seconds; nil when they are exact.
    ///
    /// Metrics finer than this are nil.
    public var timeResolution: Double?
    /// Whether nothing is known of when things were said, only how much: turns and segments then say nothing.
    public var knowsOnlyTotals: Bool { timeResolution.map { $0 >= max(duration, 1e-9) } ?? false }
    /// The parameters of the computation.
    public var parameters: ReciprocityParameters
}

/// Shares of the meeting in each of the four states, 0...1, together 1 (Jaffe & Feldstein 1970).
public struct SpeechStates: Sendable, Hashable {
    /// Only this person speaks.
    public var only: PerSpeaker<Double>
    /// Both speak.
    public var both: Double
    /// Nobody speaks.
    public var neither: Double
}
