/// Times at round steps along an axis.
struct TimeAxis {
    /// Length, seconds, > 0.
    var duration: Double

    /// Seconds between two ticks.
    static let roundSteps: [Double] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400,
    ]

    /// At most `count` times, from 0, none in the last part of a step before the end.
    func ticks(atMost count: Int) -> [Double] {
        let step = Self.roundSteps.first { duration / $0 < Double(count) } ?? duration
        return Array(stride(from: 0, to: duration, by: max(step, 0.001)))
    }
}
