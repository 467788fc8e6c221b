/// A stretch of time, half-open `[start, end)` in seconds from the start of the recording.
public struct TimeSpan: Sendable, Hashable {
    /// First moment, seconds.
    public var start: Double
    /// First moment after it, seconds.
    public var end: Double

    /// A stretch of time; times in seconds, `start` before `end`.
    public init(start: Double, end: Double) {
        self.start = start
        self.end = end
    }

    /// Length in seconds.
    public var duration: Double { end - start }
}
