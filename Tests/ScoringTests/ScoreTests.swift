import Scoring
import Testing
import Timeline

@Suite("Score")
struct ScoreTests {
    // time 0    5    10   15   20   25   30
    // a    ##########     #####
    // b              ##########               a and b overlap 15...20
    // x     #########     #####               starts 1 s late
    // y              #####     #####          silent 15...20, false alarm 20...25
    private let reference = [
        LabelledSegment(label: "a", start: 0, end: 10), LabelledSegment(label: "a", start: 15, end: 20),
        LabelledSegment(label: "b", start: 10, end: 20),
    ]
    private let hypothesis = [
        LabelledSegment(label: "x", start: 1, end: 10), LabelledSegment(label: "x", start: 15, end: 20),
        LabelledSegment(label: "y", start: 10, end: 15), LabelledSegment(label: "y", start: 20, end: 25),
    ]

    @Test("Every number of a drawn meeting can be counted off")
    func drawn() {
        let score = Score(reference: reference, hypothesis: hypothesis, duration: 30, convention: .strict)
        #expect(score.mapping == ["a": "x", "b": "y"])
        #expect(score.diarization == DiarizationError(total: 25, missed: 6, falseAlarm: 5, confusion: 0))
        #expect(score.diarization.rate == 11.0 / 25)
        #expect(score.detection == DetectionError(total: 20, missed: 1, falseAlarm: 5))
        // a: 14 s in both of 15 s in either; b: 5 of 15.
        #expect(abs((score.jaccardErrorRate ?? 9) - (1 - (14.0 / 15 + 5.0 / 15) / 2)) < 1e-12)
        // a has 15 of 25 s, x has 14 of 24 s.
        #expect(abs((score.talkShareError ?? 99) - 100 * (15.0 / 25 - 14.0 / 24)) < 1e-9)
        #expect(score.overlap == OverlapDetection(reference: 5, hypothesis: 0, shared: 0))
        #expect(score.overlap.precision == nil)
        #expect(score.overlap.recall == 0)
        // Starts: a 0 → 1 (1 s), a 15 → 15 (0), b 10 → 10 (0). Ends: a 10 (0), a 20 (0), b 20 → 15 or 25 (5 s).
        #expect(score.medianBoundaryError == 0)
    }

    // Collars of 0.25 s at 0, 10, 15, 20: 0...0.25, 9.75...10.25, 14.75...15.25 and 19.75...20.25 are out.
    @Test("A collar takes its time away on both sides of every reference boundary")
    func collar() {
        let score = Score(reference: reference, hypothesis: hypothesis, duration: 30, convention: .nist)
        #expect(score.convention.description == "collar 0.25 s each side (NIST), overlap scored")
        #expect(score.diarization == DiarizationError(total: 23, missed: 5.25, falseAlarm: 4.75, confusion: 0))
        #expect(score.detection == DetectionError(total: 18.5, missed: 0.75, falseAlarm: 4.75))
    }

    @Test("Touching segments of one person have no boundary between them")
    func merging() {
        let halves = [LabelledSegment(label: "a", start: 0, end: 4), LabelledSegment(label: "a", start: 4, end: 10)]
        let score = Score(reference: halves, hypothesis: [], duration: 10)
        #expect(score.diarization.total == 9.5)
    }

    // time 0    5    10
    // a    #####
    // b         #####
    // x    ##########
    @Test("One voice for two people is confusion, and the share is wholly that person's")
    func merged() {
        let pair = [LabelledSegment(label: "a", start: 0, end: 6), LabelledSegment(label: "b", start: 6, end: 10)]
        let one = [LabelledSegment(label: "x", start: 0, end: 10)]
        let score = Score(reference: pair, hypothesis: one, convention: .strict)
        #expect(score.diarization == DiarizationError(total: 10, missed: 0, falseAlarm: 0, confusion: 4))
        #expect(score.talkShareError == 40)
        #expect(score.medianBoundaryError == nil)
        #expect(score.jaccardErrorRate == 1 - 0.6 / 2)
    }

    @Test("Only the regions are scored")
    func regions() {
        let score = Score(
            reference: reference, hypothesis: hypothesis,
            regions: [Interval(start: 0, end: 5), Interval(start: 20, end: 22)], convention: .strict)
        #expect(score.diarization == DiarizationError(total: 5, missed: 1, falseAlarm: 2, confusion: 0))
        #expect(score.talkShareError == nil)
    }

    @Test("Without reference speech there is no rate; without hypothesis speech everything is missed")
    func empty() {
        let nothing = Score(reference: [], hypothesis: hypothesis, duration: 30)
        #expect(nothing.diarization.rate == nil)
        #expect(nothing.detection.rate == nil)
        #expect(nothing.jaccardErrorRate == nil)
        #expect(nothing.talkShareError == nil)
        #expect(nothing.medianBoundaryError == nil)
        #expect(nothing.diarization.falseAlarm == 24)
        let deaf = Score(reference: reference, hypothesis: [], duration: 30)
        #expect(deaf.diarization.rate == 1)
        #expect(deaf.detection.missedRate == 1)
        #expect(deaf.jaccardErrorRate == 1)
        #expect(deaf.talkShareError == nil)
        #expect(deaf.medianBoundaryError == nil)
    }

    @Test("Errors of two recordings add by seconds")
    func pooling() {
        let sum = DiarizationError(total: 10, missed: 1) + DiarizationError(total: 30, confusion: 3)
        #expect(sum.rate == 0.1)
    }
}
