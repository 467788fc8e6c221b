import Reciprocity
import Testing
import Timeline

@Suite("The function from timeline to metrics")
struct ReciprocityOfTimelineTests {
    @Test("The order of the segments does not matter")
    func order() {
        var random = SplitMix64(seed: 7)
        for seed in 0..<300 {
            let timeline = RandomTimeline.timeline(seed: seed)
            let shuffled = Timeline(duration: timeline.duration, segments: timeline.segments.shuffled(using: &random))
            #expect(reciprocity(of: shuffled) == reciprocity(of: timeline), "meeting \(seed)")
        }
    }

    @Test("Cutting a segment into touching pieces does not matter")
    func cut() {
        var random = SplitMix64(seed: 8)
        for seed in 0..<300 {
            let timeline = RandomTimeline.timeline(seed: seed)
            let pieces = timeline.segments.flatMap { segment -> [SpeechSegment] in
                guard segment.start < segment.end else { return [segment] }
                var (first, second) = (segment, segment)
                first.end = Double.random(in: segment.start...segment.end, using: &random)
                second.start = first.end
                return [first, second]
            }
            let found = reciprocity(of: Timeline(duration: timeline.duration, segments: pieces))
            #expect(found == reciprocity(of: timeline), "meeting \(seed)")
        }
    }

    @Test("Exchanging the people exchanges every metric")
    func exchange() {
        for seed in 0..<300 {
            let timeline = RandomTimeline.timeline(seed: seed)
            let (found, other) = (reciprocity(of: timeline), reciprocity(of: timeline.exchanged))
            #expect(Self.exchanged(found) == other, "meeting \(seed)")
        }
    }

    /// The result with the two people exchanged by hand.
    static func exchanged(_ found: Reciprocity) -> Reciprocity {
        var other = found
        other.speakingTime = found.speakingTime.swapped
        other.floorTime = found.floorTime.swapped
        other.talkShare = found.talkShare.swapped
        other.talkOfMeeting = found.talkOfMeeting.swapped
        other.floorShare = found.floorShare.swapped
        other.states?.only = found.states?.only.swapped ?? .init(a: 0, b: 0)
        other.turnCount = found.turnCount.swapped
        other.medianTurn = found.medianTurn.swapped
        other.p90Turn = found.p90Turn.swapped
        other.longestMonologue = found.longestMonologue.swapped
        other.floorTransferOffset?.responder = found.floorTransferOffset?.responder.swapped ?? .init(a: nil, b: nil)
        other.overlappedTakeovers = found.overlappedTakeovers.swapped
        other.backchannelRate = found.backchannelRate.swapped
        other.windows?.led = found.windows?.led.swapped ?? .init(a: 0, b: 0)
        other.windows?.primary = found.windows?.primary?.partner
        for index in other.windows?.shares.indices ?? 0..<0 {
            other.windows?.shares[index].talkShare = found.windows?.shares[index].talkShare.swapped ?? .init(a: 0, b: 0)
        }
        other.trajectory = found.trajectory.swapped
        other.firstFloor = found.firstFloor.swapped
        other.handOver = found.handOver.swapped
        other.verdict = exchanged(found.verdict)
        other.turns = found.turns.map { turn in
            var turn = turn
            turn.speaker = turn.speaker.partner
            return turn
        }.sorted { ($0.start, $0.end, $0.speaker) < ($1.start, $1.end, $1.speaker) }
        return other
    }

    private static func exchanged(_ verdict: Verdict) -> Verdict {
        var other = verdict
        other.pattern =
            switch verdict.pattern {
            case .latePitch(let speaker): .latePitch(speaker.partner)
            case .oneSided(let speaker): .oneSided(speaker.partner)
            case .leaning(let speaker): .leaning(speaker.partner)
            case .twoWay, .insufficient: verdict.pattern
            }
        for index in other.reasons.indices { other.reasons[index].speaker = verdict.reasons[index].speaker?.partner }
        return other
    }

    @Test("Shares add up and lie in their range on random meetings")
    func ranges() {
        for seed in 0..<600 {
            let found = reciprocity(of: RandomTimeline.timeline(seed: seed))
            if let a = found.floorShare.a, let b = found.floorShare.b { #expect(abs(a + b - 1) < 1e-12) }
            if let states = found.states {
                #expect(abs(states.only.a + states.only.b + states.both + states.neither - 1) < 1e-12)
            }
            for speaker in Speaker.allCases { #expect(found.floorTime[speaker] <= found.speakingTime[speaker]) }
            for turn in found.turns {
                #expect(turn.start < turn.end && turn.end <= found.duration && turn.speech <= turn.duration + 1e-9)
            }
        }
    }

    @Test("Eight hours with 20,000 segments take a few milliseconds")
    func speed() {
        let segments = (0..<20_000).map { index in
            let start = Double(index) * 1.44
            return SpeechSegment(
                speaker: index % 3 == 0 ? .b : .a, start: start, end: start + (index % 5 == 0 ? 0.7 : 1.6))
        }
        let timeline = Timeline(duration: 28_800, segments: segments)
        let clock = ContinuousClock()
        let best = (0..<5).map { _ in clock.measure { _ = reciprocity(of: timeline) } }.min()
        // Generous for a busy machine; quadratic work would take seconds.
        #expect((best ?? .seconds(9)) < .milliseconds(400))
    }

    @Test("Hostile times are survived")
    func hostile() {
        let times = [-Double.infinity, -1e300, -1, 0, 0.5, 1e-300, 3, 1e300, .infinity, .nan]
        let segments = times.flatMap { start in
            times.flatMap { end in Speaker.allCases.map { SpeechSegment(speaker: $0, start: start, end: end) } }
        }
        for duration in times {
            let found = reciprocity(of: Timeline(duration: duration, segments: segments))
            #expect(found.speakingTime.a <= found.duration)
        }
    }
}
