/// Speech against no speech, whoever speaks: components of the detection error rate, seconds.
///
/// Bredin 2017, "pyannote.metrics", detection error rate; scored over the same time as the diarization error.
public struct DetectionError: Sendable, Hashable {
    /// Time in which somebody speaks in the reference, seconds, ≥ 0; two people at once count once.
    public var total: Double
    /// Reference speech where the hypothesis is silent, seconds, ≥ 0.
    public var missed: Double
    /// Hypothesis speech where the reference is silent, seconds, ≥ 0.
    public var falseAlarm: Double

    /// An error with components in seconds, each ≥ 0.
    public init(total: Double = 0, missed: Double = 0, falseAlarm: Double = 0) {
        self.total = total
        self.missed = missed
        self.falseAlarm = falseAlarm
    }

    /// The detection error rate, ≥ 0 and possibly above 1; nil without reference speech.
    public var rate: Double? { total > 0 ? (missed + falseAlarm) / total : nil }
    /// Missed speech as a share of the reference speech, 0...1; nil without reference speech.
    public var missedRate: Double? { total > 0 ? missed / total : nil }
    /// False alarm as a share of the reference speech, ≥ 0; nil without reference speech.
    public var falseAlarmRate: Double? { total > 0 ? falseAlarm / total : nil }

    /// The pooled error of two recordings: components add, so long recordings weigh more.
    public static func + (left: DetectionError, right: DetectionError) -> DetectionError {
        DetectionError(
            total: left.total + right.total, missed: left.missed + right.missed,
            falseAlarm: left.falseAlarm + right.falseAlarm)
    }

    package init(slices: [Slice]) {
        self.init()
        for slice in slices {
            if !slice.reference.isEmpty { total += slice.duration }
            if slice.hypothesis.isEmpty { missed += slice.duration }
            if slice.reference.isEmpty { falseAlarm += slice.duration }
        }
    }
}
