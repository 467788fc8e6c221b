public import Reciprocity
import Timeline

/// The pattern of a meeting as the person who keeps the journal sees it.
public enum MeetingPattern: Sendable, Hashable {
    /// No verdict: nothing noted, too short, too little speech, or not to be trusted.
    case insufficient
    /// This side was asked right before it was time to leave.
    case latePitch(Side)
    /// This side had the floor and the other never did.
    case oneSided(Side)
    /// Both had the floor.
    case twoWay(TwoWayDescription?)
    /// This side had more of the floor, but the other had some.
    case leaning(Side)

    /// The pattern of speakers seen from one of them.
    init(_ pattern: Pattern, me: Speaker) {
        func side(_ speaker: Speaker) -> Side { speaker == me ? .me : .them }
        switch pattern {
        case .insufficient: self = .insufficient
        case .latePitch(let speaker): self = .latePitch(side(speaker))
        case .oneSided(let speaker): self = .oneSided(side(speaker))
        case .twoWay(let description): self = .twoWay(description)
        case .leaning(let speaker): self = .leaning(side(speaker))
        }
    }

    /// The pattern from its parts; nil when they do not fit.
    init?(name: String, towards: Side?, description: TwoWayDescription?) {
        switch (name, towards) {
        case ("insufficient", _): self = .insufficient
        case ("latePitch", let side?): self = .latePitch(side)
        case ("oneSided", let side?): self = .oneSided(side)
        case ("twoWay", _): self = .twoWay(description)
        case ("leaning", let side?): self = .leaning(side)
        default: return nil
        }
    }

    /// The name in results for programs, and of `--pattern`.
    public var name: String {
        switch self {
        case .insufficient: "insufficient"
        case .latePitch: "latePitch"
        case .oneSided: "oneSided"
        case .twoWay: "twoWay"
        case .leaning: "leaning"
        }
    }

    /// All names.
    public static let names = ["twoWay", "leaning", "latePitch", "oneSided", "insufficient"]

    /// The side in brackets; nil for patterns without a direction.
    public var towards: Side? {
        switch self {
        case .latePitch(let side), .oneSided(let side), .leaning(let side): side
        case .insufficient, .twoWay: nil
        }
    }

    /// How both had the floor; nil for other patterns and where nobody can say.
    public var twoWayDescription: TwoWayDescription? {
        if case .twoWay(let description) = self { description } else { nil }
    }
}
