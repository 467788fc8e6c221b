/// What one person said in one go, and whether that person had the floor while saying it.
public struct Turn: Sendable, Hashable {
    /// The part a stretch of speech plays in the conversation.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Holds the floor: everything from taking it to giving it up, own pauses included.
        case turn
        /// A short "mhm" while the other keeps the floor (Yngve 1970).
        case backchannel
        /// Longer speech wholly inside the other's speech, which does not win the floor (Heldner & Edlund 2010).
        case overlap
    }

    /// Who speaks.
    public var speaker: Speaker
    /// First moment of speech, seconds.
    public var start: Double
    /// First moment after the last speech, seconds.
    public var end: Double
    /// The part it plays.
    public var kind: Kind
    /// Seconds of speech in it, without the pauses; at most `duration`.
    public var speech: Double
    /// Mean confidence of its speech, 0...1, weighted by length; nil where the source gives none.
    public var confidence: Double?

    /// A turn; times in seconds, `start` before `end`.
    public init(
        speaker: Speaker, start: Double, end: Double, kind: Kind, speech: Double, confidence: Double? = nil
    ) {
        self.speaker = speaker
        self.start = start
        self.end = end
        self.kind = kind
        self.speech = speech
        self.confidence = confidence
    }

    /// Length in seconds, own pauses included.
    public var duration: Double { end - start }
}
