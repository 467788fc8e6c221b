public import Timeline

/// The shape of a meeting in one word, always with a direction.
public enum Pattern: Sendable, Hashable {
    /// Too short, too little speech, or not to be trusted: no verdict.
    case insufficient
    /// This person was asked right before it was time to leave.
    case latePitch(Speaker)
    /// This person had the floor and the other never did.
    case oneSided(Speaker)
    /// Both had the floor; the description says how and is no ranking. Nil when the windows are undefined.
    case twoWay(TwoWayDescription?)
    /// This person had more of the floor, but the other had some.
    case leaning(Speaker)

    /// The name in reports for programs.
    public var name: String {
        switch self {
        case .insufficient: "insufficient"
        case .latePitch: "latePitch"
        case .oneSided: "oneSided"
        case .twoWay: "twoWay"
        case .leaning: "leaning"
        }
    }

    /// The person in brackets: who was asked late, or who had the floor; nil for patterns without a direction.
    public var towards: Speaker? {
        switch self {
        case .latePitch(let speaker), .oneSided(let speaker), .leaning(let speaker): speaker
        case .insufficient, .twoWay: nil
        }
    }
}

/// How two people share the floor about equally; a description, not a ranking (Zhang and others 2025).
public enum TwoWayDescription: String, Sendable, Hashable, CaseIterable {
    /// Most stretches of a few minutes are balanced in themselves.
    case backAndForth
    /// Long turns of both take each other's place.
    case alternating
    /// Neither of these.
    case mixed
}

/// One comparison that the verdict rests on.
public struct PatternReason: Sendable, Hashable {
    /// What is compared.
    public enum Measure: String, Sendable, Hashable, CaseIterable {
        /// Length of the meeting, seconds.
        case duration
        /// Speech of both together, seconds.
        case speech
        /// Whether the segmentation was trusted; no value.
        case trusted
        /// Estimated share of the speech given to the wrong person, 0...1.
        case estimatedConfusion
        /// Floor share of the person, 0...1.
        case floorShare
        /// Floor share of the person before the hand-over, 0...1.
        case handOverEarly = "handOver.early"
        /// Floor share of the person after the hand-over, 0...1.
        case handOverLate = "handOver.late"
        /// Moment of the hand-over to the person as a share of the meeting, 0...1.
        case handOverFraction = "handOver.fraction"
        /// Share of the windows the person leads, 0...1.
        case windowsLed = "windows.led"
    }

    /// How the value lies to the threshold.
    public enum Relation: String, Sendable, Hashable, CaseIterable {
        case less = "<"
        case atMost = "<="
        case atLeast = ">="
        case greater = ">"
    }

    /// What is compared.
    public var measure: Measure
    /// Whose value it is; nil for the meeting as a whole.
    public var speaker: Speaker?
    /// The value, in the unit of the measure; nil for `trusted`.
    public var value: Double?
    /// How it lies to the threshold; nil for `trusted`.
    public var relation: Relation?
    /// The threshold, in the unit of the measure; nil for `trusted`.
    public var threshold: Double?
}

/// A pattern with the tests that fired and how safe it is.
public struct Verdict: Sendable, Hashable {
    /// The pattern.
    public var pattern: Pattern
    /// The comparisons that led to it, all of them true.
    public var reasons: [PatternReason]
    /// How far the shares are from giving another pattern, in share units, ≥ 0; nil for `insufficient`.
    ///
    /// The smallest change of floor share, or of floor share before or after the hand-over, that would meet another
    /// row of the rule, each share taken by itself; what is no share (times, windows) is held fixed.
    public var margin: Double?
    /// Whether the margin is smaller than the uncertainty of the share; false where the uncertainty is unknown.
    public var borderline: Bool
}
