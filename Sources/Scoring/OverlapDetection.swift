/// How well simultaneous speech is found: time in which two or more people speak, seconds, no collar.
public struct OverlapDetection: Sendable, Hashable {
    /// Overlapped time in the reference, seconds, ≥ 0.
    public var reference: Double
    /// Overlapped time in the hypothesis, seconds, ≥ 0.
    public var hypothesis: Double
    /// Overlapped time in both, seconds, ≥ 0.
    public var shared: Double

    /// A comparison with times in seconds, each ≥ 0.
    public init(reference: Double = 0, hypothesis: Double = 0, shared: Double = 0) {
        self.reference = reference
        self.hypothesis = hypothesis
        self.shared = shared
    }

    /// Share of the found overlap that is real, 0...1; nil when none was found.
    public var precision: Double? { hypothesis > 0 ? shared / hypothesis : nil }
    /// Share of the real overlap that was found, 0...1; nil when there is none.
    public var recall: Double? { reference > 0 ? shared / reference : nil }

    /// The pooled comparison of two recordings.
    public static func + (left: OverlapDetection, right: OverlapDetection) -> OverlapDetection {
        OverlapDetection(
            reference: left.reference + right.reference, hypothesis: left.hypothesis + right.hypothesis,
            shared: left.shared + right.shared)
    }

    package init(slices: [Slice]) {
        self.init()
        for slice in slices {
            if slice.reference.count >= 2 { reference += slice.duration }
            if slice.hypothesis.count >= 2 { hypothesis += slice.duration }
            if slice.reference.count >= 2, slice.hypothesis.count >= 2 { shared += slice.duration }
        }
    }
}
