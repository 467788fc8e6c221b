/// A half-open stretch of time `[start, end)`, seconds.
public struct Interval: Sendable, Hashable {
    /// First moment inside, seconds.
    public var start: Double
    /// First moment after it, seconds.
    public var end: Double

    /// The stretch from `start` to `end`, seconds; empty unless `start < end`.
    public init(start: Double, end: Double) {
        self.start = start
        self.end = end
    }
}
