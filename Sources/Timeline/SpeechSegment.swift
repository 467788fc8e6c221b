/// A stretch of speech of one person, half-open `[start, end)` in seconds from the start of the recording.
public struct SpeechSegment: Sendable, Hashable {
    /// Who speaks.
    public var speaker: Speaker
    /// First moment of speech, seconds.
    public var start: Double
    /// First moment after the speech, seconds.
    public var end: Double
    /// Posterior probability, 0...1, that `speaker` is the right person; nil where the source gives none.
    public var confidence: Double?

    /// A stretch of speech; times in seconds, `start` before `end`.
    public init(speaker: Speaker, start: Double, end: Double, confidence: Double? = nil) {
        self.speaker = speaker
        self.start = start
        self.end = end
        self.confidence = confidence
    }

    /// Length in seconds.
    public var duration: Double { end - start }
}

extension Sequence<SpeechSegment> {
    /// The segments by start, then end, then speaker.
    public func inOrder() -> [SpeechSegment] {
        sorted { ($0.start, $0.end, $0.speaker) < ($1.start, $1.end, $1.speaker) }
    }
}
