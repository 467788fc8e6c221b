/// One of the two sides of a meeting, as the person who keeps the journal sees it.
public enum Side: String, Sendable, Hashable, CaseIterable, Codable {
    /// The one who keeps the journal.
    case me
    /// The person met.
    case them

    /// The other side.
    public var other: Side { self == .me ? .them : .me }
}

/// One value for each side.
public struct PerSide<Value> {
    /// The value of `Side.me`.
    public var me: Value
    /// The value of `Side.them`.
    public var them: Value

    /// The two values side by side.
    public init(me: Value, them: Value) {
        self.me = me
        self.them = them
    }

    /// Asks for the value of each side, `me` first.
    public init(_ value: (Side) throws -> Value) rethrows {
        me = try value(.me)
        them = try value(.them)
    }

    /// The value of one side.
    public subscript(side: Side) -> Value {
        get { side == .me ? me : them }
        set { if side == .me { me = newValue } else { them = newValue } }
    }
}

extension PerSide: Sendable where Value: Sendable {}
extension PerSide: Equatable where Value: Equatable {}
extension PerSide: Hashable where Value: Hashable {}
