/// How boundaries are forgiven; printed beside every number, because rates of different conventions do not compare.
public struct ScoringConvention: Sendable, Hashable, CustomStringConvertible {
    /// Time not scored on each side of every reference boundary, seconds, finite, ≥ 0.
    ///
    /// This is the collar of NIST's `md-eval`; `pyannote.metrics` counts both sides, so its `collar` is twice this.
    public let collar: Double

    /// The convention of NIST's evaluations: 0.25 s on each side (RT-09 evaluation plan, section 3).
    public static let nist = ScoringConvention(collar: 0.25)

    /// The convention of DIHARD II: no collar.
    public static let strict = ScoringConvention(collar: 0)

    /// A convention with `collar` seconds, finite and ≥ 0, on each side; overlapped speech is always scored.
    public init(collar: Double) {
        precondition(collar.isFinite && collar >= 0, "a collar is finite and not negative")
        self.collar = collar
    }

    /// Such as `collar 0.25 s each side (NIST), overlap scored`.
    public var description: String {
        collar > 0 ? "collar \(collar) s each side (NIST), overlap scored" : "no collar, overlap scored"
    }

    /// `region` without the collars around the boundaries of `reference`.
    package func scoredTime(of region: IntervalSet, reference: SpeakerTracks) -> IntervalSet {
        guard collar > 0 else { return region }
        let collars = reference.speech.flatMap(\.intervals).flatMap { interval in
            [interval.start, interval.end].map { Interval(start: $0 - collar, end: $0 + collar) }
        }
        return region.subtracting(IntervalSet(collars))
    }
}
