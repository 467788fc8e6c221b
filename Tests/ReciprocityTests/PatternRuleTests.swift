import Reciprocity
import Testing
import Timeline

@Suite("The pattern")
struct PatternRuleTests {
    /// Meetings with one character for 10 s.
    static func verdict(a: String, b: String, trust: SegmentationTrust? = nil) -> Verdict {
        reciprocity(of: drawn(a: a, b: b, step: 10), evidence: MeetingEvidence(segmentation: trust)).verdict
    }

    static func measures(_ verdict: Verdict) -> [PatternReason.Measure] { verdict.reasons.map(\.measure) }

    @Test("Too short, too little speech or not trusted is no verdict, and every cause is named")
    func insufficient() {
        let short = Self.verdict(a: times(29, "A"), b: "")
        #expect(short.pattern == .insufficient)
        #expect(short.reasons == reasons(short, [(.duration, 290, .less, 300)]))
        #expect(short.margin == nil)
        let sparse = Self.verdict(a: "AAAAA" + times(60, "."), b: "......BBBBBB")
        #expect(Self.measures(sparse) == [.speech])
        let long = times(50, "A")
        let confused = SegmentationTrust(trusted: true, estimatedConfusion: 0.11)
        #expect(Self.measures(Self.verdict(a: long, b: "", trust: confused)) == [.estimatedConfusion])
        let doubted = SegmentationTrust(trusted: false)
        #expect(Self.measures(Self.verdict(a: long, b: "", trust: doubted)) == [.trusted])
        let fine = SegmentationTrust(trusted: true, estimatedConfusion: 0.10)
        #expect(Self.verdict(a: long, b: "", trust: fine).pattern == .oneSided(.a))
        #expect(Self.measures(Self.verdict(a: "A", b: "", trust: doubted)) == [.duration, .speech, .trusted])
    }

    private func reasons(
        _ verdict: Verdict, _ rows: [(PatternReason.Measure, Double, PatternReason.Relation, Double)]
    ) -> [PatternReason] {
        verdict.reasons.filter { reason in
            rows.contains {
                $0 == (reason.measure, reason.value ?? .nan, reason.relation ?? .less, reason.threshold ?? .nan)
            }
        }
    }

    @Test("Asked right before it was time to leave")
    func latePitch() {
        // 600 s; B has the floor from 450 s on: 25 % of it, nothing before, all after.
        let verdict = Self.verdict(a: times(45, "A") + times(15, "."), b: times(45, ".") + times(15, "B"))
        #expect(verdict.pattern == .latePitch(.b))
        #expect(Self.measures(verdict) == [.floorShare, .handOverEarly, .handOverLate, .handOverFraction])
        #expect(verdict.margin == 0.25)
    }

    @Test("The same talk in the middle is one-sided, not late")
    func early() {
        let verdict = Self.verdict(
            a: times(15, "A") + times(15, ".") + times(30, "A"), b: times(15, ".") + times(15, "B") + times(30, "."))
        #expect(verdict.pattern == .oneSided(.a))
        #expect(verdict.margin == 0)
    }

    @Test("One-sided in either direction")
    func oneSided() {
        let rows = (times(12, "AAAA."), times(12, "....B"))
        #expect(Self.verdict(a: rows.0, b: rows.1).pattern == .oneSided(.a))
        #expect(Self.verdict(a: rows.1, b: rows.0).pattern == .oneSided(.b))
    }

    @Test("From 0.35 to 0.65 it is two-way, the ends included")
    func twoWay() throws {
        // 13 to 7 in every 20 characters.
        let verdict = Self.verdict(a: times(5, "AA.AA.AA.A.AA.AA.AA."), b: times(5, "..B..B..B.B..B..B..B"))
        #expect(verdict.pattern == .twoWay(.backAndForth) || verdict.pattern == .twoWay(.mixed))
        #expect(verdict.margin == 0)
        let quick = Self.verdict(a: times(30, "A."), b: times(30, ".B"))
        #expect(quick.pattern == .twoWay(.backAndForth))
        #expect(abs(try #require(quick.margin) - 0.15) < 1e-12)
    }

    @Test("A call is close when the share may be off by more than the margin")
    func borderline() {
        let rows = (times(12, "AAA.."), times(12, "...BB"))
        let sure = SegmentationTrust(trusted: true, estimatedConfusion: 0.04)
        let unsure = SegmentationTrust(trusted: true, estimatedConfusion: 0.06)
        #expect(abs((Self.verdict(a: rows.0, b: rows.1).margin ?? 0) - 0.05) < 1e-12)
        #expect(!Self.verdict(a: rows.0, b: rows.1).borderline)
        #expect(!Self.verdict(a: rows.0, b: rows.1, trust: sure).borderline)
        #expect(Self.verdict(a: rows.0, b: rows.1, trust: unsure).borderline)
    }

    // MARK: Against the table

    /// The numbers the rule looks at, seen from the person short of the floor.
    struct Row {
        var share: Double
        var early: Double?
        var late: Double?
        var fraction: Double?
        var dominated: Bool

        /// The table of the definition.
        var name: String {
            if let early, let late, let fraction, share < 0.5, early <= 0.25, late >= 0.5, fraction >= 0.65 {
                return "latePitch"
            }
            if share < 0.35, dominated || share <= 0.25 { return "oneSided" }
            return share >= 0.35 ? "twoWay" : "leaning"
        }

        /// The same with every share moved by a step up, down or not at all: 27 neighbours.
        func moved(by step: Double) -> [Row] {
            let steps = [-step, 0, step]
            return steps.flatMap { first in
                steps.flatMap { second in
                    steps.map { third in
                        var row = self
                        row.share += first
                        row.early = early.map { $0 + second }
                        row.late = late.map { $0 + third }
                        return row
                    }
                }
            }
        }
    }

    @Test("Random meetings agree with the table, and the margin is the smallest step that changes it")
    func table() throws {
        var names: [String: Int] = [:]
        for seed in 0..<1200 {
            let found = reciprocity(of: RandomTimeline.timeline(seed: seed))
            guard found.duration >= 300, found.speakingTime.a + found.speakingTime.b >= 120 else {
                #expect(found.verdict.pattern == .insufficient)
                continue
            }
            let a = try #require(found.floorShare.a)
            let b = try #require(found.floorShare.b)
            let short: Speaker = b <= a ? .b : .a
            let handOver = found.handOver[short]
            let row = Row(
                share: min(a, b), early: handOver?.early, late: handOver?.late, fraction: handOver?.fraction,
                dominated: (found.windows?.led[short.partner] ?? 0) >= 0.75)
            let name = found.verdict.pattern.name
            names[name, default: 0] += 1
            #expect(name == row.name, "meeting \(seed)")
            let margin = try #require(found.verdict.margin)
            #expect(margin >= 0)
            #expect(row.moved(by: margin - 1e-9).allSatisfy { $0.name == name }, "meeting \(seed)")
            #expect(row.moved(by: margin + 1e-9).contains { $0.name != name }, "meeting \(seed)")
            #expect(found.verdict.reasons.allSatisfy(isTrue), "meeting \(seed)")
        }
        // The draw would prove nothing if it missed a row of the table.
        for name in ["latePitch", "oneSided", "twoWay", "leaning"] { #expect(names[name, default: 0] >= 5, "\(names)") }
    }

    private func isTrue(_ reason: PatternReason) -> Bool {
        guard let value = reason.value, let threshold = reason.threshold else { return false }
        return switch reason.relation {
        case .less: value < threshold
        case .atMost: value <= threshold
        case .atLeast: value >= threshold
        case .greater: value > threshold
        case nil: false
        }
    }
}
