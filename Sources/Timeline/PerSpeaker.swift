/// One value for each of the two people.
///
/// Coded as an object with the keys `A` and `B`; a missing value is an explicit null.
public struct PerSpeaker<Value> {
    /// The value of `Speaker.a`.
    public var a: Value
    /// The value of `Speaker.b`.
    public var b: Value

    /// The two values side by side.
    public init(a: Value, b: Value) {
        self.a = a
        self.b = b
    }

    /// Asks for the value of each person in turn, `a` first.
    public init(_ value: (Speaker) throws -> Value) rethrows {
        a = try value(.a)
        b = try value(.b)
    }

    /// The value of one person.
    public subscript(speaker: Speaker) -> Value {
        get { speaker == .a ? a : b }
        set { if speaker == .a { a = newValue } else { b = newValue } }
    }

    /// The two values changed by the same rule.
    public func map<Other>(_ change: (Value) throws -> Other) rethrows -> PerSpeaker<Other> {
        PerSpeaker<Other>(a: try change(a), b: try change(b))
    }

    /// The same values with the two people exchanged.
    public var swapped: PerSpeaker { PerSpeaker(a: b, b: a) }
}

extension PerSpeaker: Sendable where Value: Sendable {}
extension PerSpeaker: Equatable where Value: Equatable {}
extension PerSpeaker: Hashable where Value: Hashable {}

/// The two keys of a coded `PerSpeaker`.
private enum SpeakerKey: String, CodingKey {
    case a = "A"
    case b = "B"
}

extension PerSpeaker: Encodable where Value: Encodable {
    /// Writes `{"A": …, "B": …}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: SpeakerKey.self)
        try container.encode(a, forKey: .a)
        try container.encode(b, forKey: .b)
    }
}

extension PerSpeaker: Decodable where Value: Decodable {
    /// Reads `{"A": …, "B": …}`; both keys are required.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: SpeakerKey.self)
        a = try container.decode(Value.self, forKey: .a)
        b = try container.decode(Value.self, forKey: .b)
    }
}
