public import Timeline

/// How an enrolled voice compared with the two people of a meeting.
public struct RecognitionFacts: Sendable, Hashable {
    /// Whose voice it is; "me" is the reader.
    public var name: String
    /// Who it is: "A", "B", "absent" (neither), "notSure", or "notCompared" where too little is known of either.
    public var decision: String
    /// Probability of each being that person, 0...1; nil where not compared.
    public var probability: PerSpeaker<Double>?
    /// Probability of neither being that person, 0...1; nil where not compared.
    public var absence: Double?

    /// An outcome.
    public init(name: String, decision: String, probability: PerSpeaker<Double>?, absence: Double?) {
        self.name = name
        self.decision = decision
        self.probability = probability
        self.absence = absence
    }

    var json: JSONValue {
        .object([
            "name": .string(name), "decision": .string(decision),
            "probability": probability.map { .object(["A": .number($0.a), "B": .number($0.b)]) } ?? .null,
            "absence": JSONValue(absence),
        ])
    }
}
