/// Speech given to nobody, to the wrong person, or found where there is none: components of the error rate, seconds.
///
/// NIST RT-09 evaluation plan, section 3: with n reference and m hypothesis people speaking, of whom c match,
/// a second counts max(0, n − m) missed, max(0, m − n) false alarm and min(n, m) − c confusion.
public struct DiarizationError: Sendable, Hashable {
    /// Reference speech, seconds, ≥ 0; two people at once count twice.
    public var total: Double
    /// Reference speech that nobody has in the hypothesis, seconds, ≥ 0.
    public var missed: Double
    /// Hypothesis speech beyond the reference, seconds, ≥ 0.
    public var falseAlarm: Double
    /// Speech given to the wrong person, seconds, ≥ 0.
    public var confusion: Double

    /// An error with components in seconds, each ≥ 0.
    public init(total: Double = 0, missed: Double = 0, falseAlarm: Double = 0, confusion: Double = 0) {
        self.total = total
        self.missed = missed
        self.falseAlarm = falseAlarm
        self.confusion = confusion
    }

    /// The diarization error rate, ≥ 0 and possibly above 1; nil without reference speech.
    public var rate: Double? { share(missed + falseAlarm + confusion) }
    /// Missed speech as a share of the reference speech, 0...1; nil without reference speech.
    public var missedRate: Double? { share(missed) }
    /// False alarm as a share of the reference speech, ≥ 0; nil without reference speech.
    public var falseAlarmRate: Double? { share(falseAlarm) }
    /// Confusion as a share of the reference speech, 0...1; nil without reference speech.
    public var confusionRate: Double? { share(confusion) }

    /// The pooled error of two recordings: components add, so long recordings weigh more.
    public static func + (left: DiarizationError, right: DiarizationError) -> DiarizationError {
        DiarizationError(
            total: left.total + right.total, missed: left.missed + right.missed,
            falseAlarm: left.falseAlarm + right.falseAlarm, confusion: left.confusion + right.confusion)
    }

    /// The error over `slices`; `mapping[r]` is the hypothesis person of reference person r.
    package init(slices: [Slice], mapping: [Int?]) {
        self.init()
        for slice in slices {
            let (spoken, found) = (slice.reference.count, slice.hypothesis.count)
            let correct = slice.reference.count { person in
                mapping[person].map { slice.hypothesis.contains($0) } ?? false
            }
            total += slice.duration * Double(spoken)
            missed += slice.duration * Double(max(0, spoken - found))
            falseAlarm += slice.duration * Double(max(0, found - spoken))
            confusion += slice.duration * Double(min(spoken, found) - correct)
        }
    }

    private func share(_ seconds: Double) -> Double? { total > 0 ? seconds / total : nil }
}
