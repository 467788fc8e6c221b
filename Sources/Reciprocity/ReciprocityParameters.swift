/// Every number that steers the metrics and the pattern, with its unit and where it comes from.
public struct ReciprocityParameters: Sendable, Hashable {
    // MARK: From speech to turns

    /// Longest pause inside an inter-pausal unit, seconds: 0.20 s (Heldner & Edlund 2010: shorter silences are
    /// part of speaking, such as the closure of a "p").
    public var interpausalGap = 0.20
    /// Longest backchannel, seconds: 1.0 s (Yngve 1970; "Backbiter" of Reece and others 2023).
    public var longestBackchannel = 1.0
    /// Shortest mutual silence that ends a turn, seconds: 10 s (a lapse: Sacks, Schegloff & Jefferson 1974).
    public var shortestLapse = 10.0
    /// Shortest mutual silence that `longestSilence` reports, seconds: 0.5 s.
    public var shortestSilence = 0.5

    // MARK: When a metric is defined

    /// Shortest meeting, and least speech of the partner, for a rate per minute, seconds: 60 s.
    public var shortestRateBase = 60.0
    /// Fewest floor transitions for a statistic of their timing, count: 5.
    public var fewestTransitions = 5
    /// Overlap from which a transition is an overlapped takeover, seconds: 0.20 s, the mirror of `interpausalGap`.
    public var takeoverOverlap = 0.20
    /// Least speech in a turn that counts as having got the floor, seconds: 20 s (the origin story).
    public var firstFloorSpeech = 20.0

    // MARK: Windows

    /// Width of a window, seconds: 150 s (Zhang and others 2025).
    public var windowWidth = 150.0
    /// Distance between the starts of windows, seconds, at least 0.001: 30 s (Zhang and others 2025).
    public var windowStep = 30.0
    /// Share of the speech of a window above which one side leads it, 0.5...1: 0.60 (Zhang and others 2025).
    public var windowLead = 0.60
    /// Least share of windows led by one side to dominate throughout, 0...1: 0.75 (Zhang and others 2025).
    public var dominatingWindows = 0.75
    /// Least share of balanced windows for back-and-forth, 0...1: 0.60 (Zhang and others 2025).
    public var balancedWindows = 0.60
    /// Share of windows led by the secondary speaker above which long turns alternate, 0...1: 0.25
    /// (Zhang and others 2025).
    public var secondaryWindows = 0.25

    // MARK: Course of the meeting

    /// Number of equal parts of the trajectory, count: 5.
    public var trajectoryParts = 5
    /// Shortest meeting for a hand-over of the floor, seconds: 300 s.
    public var handOverShortestMeeting = 300.0
    /// Earliest hand-over, share of the meeting, 0...1: 0.5.
    public var handOverEarliest = 0.5
    /// Least time after a hand-over, seconds: 120 s; the larger of this and `handOverTailShare` holds.
    public var handOverTail = 120.0
    /// Least time after a hand-over, share of the meeting, 0...1: 0.05.
    public var handOverTailShare = 0.05
    /// Distance between the hand-over times tried, seconds, at least 0.001: 15 s.
    public var handOverStep = 15.0

    // MARK: The pattern

    /// Shortest meeting with a pattern, seconds: 300 s.
    public var shortestMeeting = 300.0
    /// Least speech, of both together, for a pattern, seconds: 120 s.
    public var leastSpeech = 120.0
    /// Estimated confusion above which the verdict is withheld, share of the speech, 0...1: 0.10 (confusion makes
    /// unfair meetings look fair: a share s becomes s + c(1 − 2s)).
    public var highestConfusion = 0.10
    /// Floor share below which a person can be the one asked late, 0...1: 0.50.
    public var latePitchFloorShare = 0.50
    /// Highest floor share before the hand-over of a late pitch, 0...1: 0.25.
    public var latePitchEarlyShare = 0.25
    /// Least floor share after the hand-over of a late pitch, 0...1: 0.50.
    public var latePitchLateShare = 0.50
    /// Earliest hand-over of a late pitch, share of the meeting, 0...1: 0.65.
    public var latePitchEarliest = 0.65
    /// Floor share from which, with its mirror image, the meeting is two-way, 0...0.5: 0.35 (76 % of the chats
    /// between strangers in CANDOR lie between 0.35 and 0.65: Zhang and others 2025).
    public var twoWayFloorShare = 0.35
    /// Floor share at or below which a meeting is one-sided whatever the windows say, 0...0.5: 0.25.
    public var oneSidedFloorShare = 0.25

    /// The values of the definition.
    public init() {}
}
