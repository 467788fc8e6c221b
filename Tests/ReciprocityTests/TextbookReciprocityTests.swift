import Reciprocity
import Testing
import Timeline

/// The fast function against the definition counted millisecond by millisecond.
@Suite("Every metric agrees with the textbook on random meetings")
struct TextbookReciprocityTests {
    /// Both computations of meeting number `seed`.
    static func both(_ seed: Int) -> (Reciprocity, TextbookReciprocity) {
        let timeline = RandomTimeline.timeline(seed: seed)
        return (reciprocity(of: timeline), TextbookReciprocity(of: timeline))
    }

    /// Equal to 1e-9, or both undefined.
    static func near(_ left: Double?, _ right: Double?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return abs(left - right) <= 1e-9 * max(1, abs(right))
    }

    @Test("600 meetings, all metrics", arguments: 0..<12)
    func metrics(block: Int) {
        for seed in block * 50..<(block + 1) * 50 {
            let (fast, slow) = Self.both(seed)
            let wrong =
                Self.wrongAmounts(fast, slow) + Self.wrongTurns(fast, slow) + Self.wrongTransitions(fast, slow)
                + Self.wrongCourse(fast, slow)
            #expect(wrong.isEmpty, "meeting \(seed): \(wrong)")
        }
    }

    @Test("The random meetings contain everything the definition speaks of")
    func coverage() {
        var kinds: [Turn.Kind: Int] = [:]
        var dynamics: [Dynamics?: Int] = [:]
        var defined = (offsets: 0, responder: 0, firstFloor: 0, handOver: 0, lapses: 0)
        for seed in 0..<600 {
            let found = reciprocity(of: RandomTimeline.timeline(seed: seed))
            for turn in found.turns { kinds[turn.kind, default: 0] += 1 }
            dynamics[found.dynamics, default: 0] += 1
            if found.floorTransferOffset != nil { defined.offsets += 1 }
            if found.floorTransferOffset?.responder.b != nil { defined.responder += 1 }
            if found.firstFloor.a != nil { defined.firstFloor += 1 }
            if found.handOver.a != nil { defined.handOver += 1 }
            let holding = found.turns.filter { $0.kind == .turn }.map(\.speaker)
            if zip(holding, holding.dropFirst()).contains(where: { $0 == $1 }) { defined.lapses += 1 }
        }
        for kind in Turn.Kind.allCases { #expect(kinds[kind, default: 0] > 500, "\(kinds)") }
        for label in Dynamics.allCases { #expect(dynamics[label, default: 0] > 5, "\(dynamics)") }
        #expect(min(defined.offsets, defined.responder, defined.firstFloor, defined.handOver, defined.lapses) > 50)
    }

    static func wrongAmounts(_ fast: Reciprocity, _ slow: TextbookReciprocity) -> [String] {
        var wrong: [String] = []
        func check(_ name: String, _ left: Double?, _ right: Double?) {
            if !near(left, right) { wrong.append("\(name) \(left as Any) should be \(right as Any)") }
        }
        for speaker in Speaker.allCases {
            check("speakingTime", fast.speakingTime[speaker], slow.speakingTime(speaker))
            check("talkShare", fast.talkShare[speaker], slow.talkShare(speaker))
            let ofMeeting = slow.cells == 0 ? nil : slow.speakingTime(speaker) / slow.duration
            check("talkOfMeeting", fast.talkOfMeeting[speaker], ofMeeting)
            check("floorShare", fast.floorShare[speaker], slow.floorShare(speaker))
        }
        check("imbalance", fast.imbalance, slow.floorShare(.a).map { max($0, 1 - $0) })
        check("only A", fast.states?.only.a, slow.state(true, false))
        check("only B", fast.states?.only.b, slow.state(false, true))
        check("both", fast.states?.both, slow.state(true, true))
        check("neither", fast.states?.neither, slow.state(false, false))
        check("silenceShare", fast.silenceShare, slow.state(false, false))
        check("longestSilence", fast.longestSilence, slow.longestSilence)
        return wrong
    }

    static func wrongTurns(_ fast: Reciprocity, _ slow: TextbookReciprocity) -> [String] {
        var wrong: [String] = []
        for speaker in Speaker.allCases {
            let lengths = slow.turnLengths(speaker)
            if fast.turnCount[speaker] != (lengths.isEmpty ? nil : lengths.count) { wrong.append("turnCount") }
            if !near(fast.medianTurn[speaker], TextbookReciprocity.quantile(0.5, lengths)) {
                wrong.append("medianTurn")
            }
            if !near(fast.p90Turn[speaker], TextbookReciprocity.quantile(0.9, lengths)) { wrong.append("p90Turn") }
            if fast.longestMonologue[speaker] != slow.longestMonologue(speaker) { wrong.append("longestMonologue") }
            if !near(fast.firstFloor[speaker]?.time, slow.firstFloor(speaker)) { wrong.append("firstFloor") }
            let fraction = slow.firstFloor(speaker).map { $0 / slow.duration }
            if !near(fast.firstFloor[speaker]?.fraction, fraction) { wrong.append("firstFloor.fraction") }
            if !near(fast.backchannelRate[speaker], slow.backchannelRate(speaker)) { wrong.append("backchannelRate") }
        }
        let expected =
            slow.turns.map { "\($0.start)-\($0.end) \($0.speaker) turn" }
            + slow.backchannels.map { "\($0.start)-\($0.end) \($0.speaker) backchannel" }
            + slow.overlaps.map { "\($0.start)-\($0.end) \($0.speaker) overlap" }
        let found = fast.turns.map { turn in
            "\(Int((turn.start * 1000).rounded()))-\(Int((turn.end * 1000).rounded())) \(turn.speaker) \(turn.kind)"
        }
        if expected.sorted() != found.sorted() { wrong.append("turns") }
        return wrong
    }

    static func wrongTransitions(_ fast: Reciprocity, _ slow: TextbookReciprocity) -> [String] {
        var wrong: [String] = []
        let offsets = slow.offsets(to: nil)
        func compare(_ name: String, _ summary: FloorTransferOffset.Summary?, _ offsets: [Int]) {
            let seconds = offsets.map { Double($0) / 1000 }
            let isDefined = seconds.count >= 5
            if (summary != nil) != isDefined { wrong.append("\(name) defined") }
            guard let summary, isDefined else { return }
            let quartiles = [0.25, 0.75].compactMap { TextbookReciprocity.quantile($0, seconds) }
            if !near(summary.median, TextbookReciprocity.quantile(0.5, seconds)) { wrong.append("\(name) median") }
            if !near(summary.interquartileRange, quartiles[1] - quartiles[0]) { wrong.append("\(name) IQR") }
            if summary.count != seconds.count { wrong.append("\(name) count") }
        }
        compare("offset", fast.floorTransferOffset?.all, offsets)
        if offsets.count >= 5 {
            for speaker in Speaker.allCases {
                let own = slow.offsets(to: speaker)
                compare("offset \(speaker)", fast.floorTransferOffset?.responder[speaker], own)
            }
        }
        let onsets = offsets.count < 5 ? nil : Double(offsets.count { $0 < 0 }) / Double(offsets.count)
        if !near(fast.overlapOnsetShare, onsets) { wrong.append("overlapOnsetShare") }
        let isLong = slow.cells >= 60_000
        let changes = isLong ? Double(offsets.count) / (slow.duration / 60) : nil
        if !near(fast.interactivity, changes) { wrong.append("interactivity") }
        for speaker in Speaker.allCases {
            let count = slow.offsets(to: speaker).count { $0 <= -200 }
            let rate = isLong ? Double(count) / (slow.duration / 600) : nil
            if !near(fast.overlappedTakeovers[speaker], rate) { wrong.append("overlappedTakeovers") }
        }
        return wrong
    }

    static func wrongCourse(_ fast: Reciprocity, _ slow: TextbookReciprocity) -> [String] {
        var wrong: [String] = []
        let leaders = slow.windowLeaders
        if fast.windows?.count != (leaders.isEmpty ? nil : leaders.count) { wrong.append("windows.count") }
        if !leaders.isEmpty {
            let of = { (who: Speaker?) in Double(leaders.count { $0 == who }) / Double(leaders.count) }
            if !near(fast.windows?.led.a, of(.a)) || !near(fast.windows?.led.b, of(.b)) { wrong.append("windows.led") }
            if !near(fast.windows?.balanced, of(nil)) { wrong.append("windows.balanced") }
        }
        for speaker in Speaker.allCases {
            // Fifths end on a cell only when the meeting is a multiple of five cells long.
            if slow.cells % 5 == 0 {
                let fifth = slow.cells / 5
                for part in 0..<5 {
                    let range = part * fifth..<(part + 1) * fifth
                    let expected = TextbookReciprocity.share(slow.floor, of: speaker, in: range)
                    if !near(fast.trajectory[speaker][part], expected) { wrong.append("trajectory") }
                }
            }
            let handOver = slow.handOver(speaker)
            if !near(fast.handOver[speaker]?.time, handOver?.time) { wrong.append("handOver.time") }
            if !near(fast.handOver[speaker]?.early, handOver?.early) { wrong.append("handOver.early") }
            if !near(fast.handOver[speaker]?.late, handOver?.late) { wrong.append("handOver.late") }
        }
        return wrong
    }
}
