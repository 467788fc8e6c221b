/// One of the two people of a one-to-one meeting.
///
/// While nobody has said who is who, `a` is whoever speaks first.
public enum Speaker: String, Sendable, Hashable, CaseIterable, Comparable {
    case a = "A"
    case b = "B"

    /// The conversation partner of this person.
    public var partner: Speaker { self == .a ? .b : .a }

    /// `a` before `b`.
    public static func < (left: Speaker, right: Speaker) -> Bool { left.rawValue < right.rawValue }
}
