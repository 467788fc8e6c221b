/// Who speaks when in a meeting of two: the one value from which all metrics are computed.
///
/// Segments of one person may touch or overlap each other and may reach outside the meeting;
/// whoever computes with them takes the union per person and clips it to `[0, duration)`.
public struct Timeline: Sendable, Hashable {
    /// Length of the whole meeting, seconds, ≥ 0.
    public var duration: Double
    /// Stretches of speech, in any order; overlap between the two people is simultaneous speech.
    public var segments: [SpeechSegment]

    /// A timeline of `duration` seconds.
    public init(duration: Double, segments: [SpeechSegment]) {
        self.duration = duration
        self.segments = segments
    }
}
