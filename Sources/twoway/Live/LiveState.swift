import Live
import Reporting
import Timeline

/// How a meeting in progress stands, as other programs and the page read it.
struct LiveState {
    /// How it stands.
    var floor: LiveFloor
    /// Until the planned end, seconds, ≥ 0; nil where nobody said when that is.
    var left: Double?
    /// The reader; nil while nobody knows.
    var me: Speaker?
    /// What to call each, at the start of a sentence.
    var names: PerSpeaker<String>

    /// Members of the JSON form.
    var members: [String: JSONValue] {
        [
            "time": .number(floor.time), "share": Self.pair(PerSpeaker { floor.share(of: $0, in: floor.speech) }),
            "recentShare": Self.pair(PerSpeaker { floor.share(of: $0, in: floor.recentSpeech) }),
            "speech": Self.pair(floor.speech.map { Optional($0) }), "floor": Self.text(floor.holder?.rawValue),
            "held": .number(floor.held), "sinceHeard": Self.pair(floor.sinceHeard), "me": Self.text(me?.rawValue),
            "left": Self.number(left),
        ]
    }

    /// A line of `--json-lines`, with the sign that is given now.
    func line(sign: String?) -> JSONValue { .object(members.merging(["sign": Self.text(sign)]) { $1 }) }

    static func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
    static func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
    static func pair(_ values: PerSpeaker<Double?>) -> JSONValue {
        .object(["A": number(values.a), "B": number(values.b)])
    }
}
