public import Timeline

/// A hypothesis (found by a program) measured against a reference (made by people or by construction).
///
/// Labels on the two sides are free: people are matched one to one so that the matched time is longest, over the whole
/// scored region without collar, as NIST's `md-eval` does. Computed exactly from the boundaries, without a grid, in
/// O(n log n) for n segments.
public struct Score: Sendable, Hashable {
    /// How the diarization and detection errors were counted.
    public var convention: ScoringConvention
    /// Reference label → hypothesis label; people without common speech are absent.
    public var mapping: [String: String]
    /// Missed, false-alarm and confused speech, under `convention`.
    public var diarization: DiarizationError
    /// Speech against no speech, under `convention`.
    public var detection: DetectionError
    /// Jaccard error rate, 0...1, no collar; nil without reference speech.
    ///
    /// Ryant et al. 2019, "The Second DIHARD Diarization Challenge".
    public var jaccardErrorRate: Double?
    /// Absolute error of the talk share of who speaks first in the reference, percentage points, 0...100, no collar.
    ///
    /// nil unless the reference has exactly two people and the hypothesis has speech.
    public var talkShareError: Double?
    /// How well simultaneous speech is found, no collar.
    public var overlap: OverlapDetection
    /// Median distance of a reference start or end from the nearest of the same kind and person, seconds, ≥ 0.
    ///
    /// nil without reference boundaries, or when half of them or more have no counterpart.
    public var medianBoundaryError: Double?

    /// Scores `hypothesis` against `reference`.
    ///
    /// - Parameters:
    ///   - reference: who really speaks when; any number of people, segments of one person may overlap.
    ///   - hypothesis: who was found to speak when; its labels need not be those of the reference.
    ///   - duration: length of the recording, seconds; nil takes the last end on either side.
    ///   - regions: the only time that is scored (UEM); nil scores `[0, duration)`.
    ///   - convention: how boundaries are forgiven.
    public init(
        reference: [LabelledSegment], hypothesis: [LabelledSegment], duration: Double? = nil,
        regions: [Interval]? = nil, convention: ScoringConvention = .nist
    ) {
        let real = SpeakerTracks(reference)
        let found = SpeakerTracks(hypothesis)
        let lastEnd = (reference + hypothesis).map(\.end).max() ?? 0
        let region = IntervalSet(regions ?? [Interval(start: 0, end: duration ?? lastEnd)])
        let slices = Slice.slices(reference: real, hypothesis: found, region: region)
        let times = Cooccurrence(
            slices: slices, referenceCount: real.labels.count, hypothesisCount: found.labels.count)
        let match = times.mapping
        let scored = Slice.slices(
            reference: real, hypothesis: found, region: convention.scoredTime(of: region, reference: real))

        self.convention = convention
        mapping = [:]
        for (label, other) in zip(real.labels, match) {
            if let other { mapping[label] = found.labels[other] }
        }
        diarization = DiarizationError(slices: scored, mapping: match)
        detection = DetectionError(slices: scored)
        jaccardErrorRate = times.jaccardErrorRate
        let first = slices.first { !$0.reference.isEmpty }?.reference.first
        talkShareError = first.flatMap { times.talkShareError(first: $0, mapping: match) }
        overlap = OverlapDetection(slices: slices)
        medianBoundaryError = BoundaryError.median(
            reference: real, hypothesis: found, mapping: match, region: region)
    }
}
