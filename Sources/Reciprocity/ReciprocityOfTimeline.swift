public import Timeline

/// Computes all metrics and the verdict of one meeting: the only way from a timeline to a ``Reciprocity``.
///
/// Pure and deterministic, O(n log n) in the number of segments. The result does not depend on the order of the
/// segments nor on where continuous speech is cut into segments, and exchanging the people exchanges the result.
/// Times are read to the nanosecond, so that thresholds mean exactly what they say.
///
/// With `evidence.timeResolution`, a metric finer than the grid is nil: those of pauses, overlaps and single turns
/// when the grid is coarser than `interpausalGap`, the windows when it is coarser than their width, the trajectory
/// than its parts, the hand-over than the least time after it, and all of them when only totals are known.
///
/// - Parameters:
///   - timeline: Who speaks when; segments are united per person and clipped to the meeting.
///   - evidence: What else is known.
///   - parameters: The numbers of the definition, unless they are changed.
public func reciprocity(
    of timeline: Timeline, evidence: MeetingEvidence = MeetingEvidence(),
    parameters: ReciprocityParameters = ReciprocityParameters()
) -> Reciprocity {
    let floor = FloorAnalysis(of: timeline, parameters: parameters)
    var result = Reciprocity(floor, timeline: timeline, evidence: evidence, parameters: parameters)
    if !evidence.isCoarser(than: parameters.interpausalGap) { result.addDetails(of: floor) }
    result.addCourse(of: floor, evidence: evidence)
    result.addCounts(from: evidence)
    result.verdict = result.patternRule(trusting: evidence.segmentation).verdict()
    return result
}

extension Reciprocity {
    /// The amounts; everything else still nil.
    fileprivate init(
        _ floor: FloorAnalysis, timeline: Timeline, evidence: MeetingEvidence, parameters: ReciprocityParameters
    ) {
        let speech = floor.speech.map(\.length)
        let floorSpeech = floor.floorSpeech.map(\.length)
        let talkShare = speech.map { share(of: $0, in: speech.a + speech.b) }
        let floorShare = floorSpeech.map { share(of: $0, in: floorSpeech.a + floorSpeech.b) }
        let none = PerSpeaker<Double?>(a: nil, b: nil)
        self.init(
            duration: seconds(fromNanoseconds: floor.duration), speakingTime: speech.map(seconds(fromNanoseconds:)),
            floorTime: floorSpeech.map(seconds(fromNanoseconds:)),
            talkShare: talkShare, talkShareInterval: evidence.segmentation.interval(around: talkShare),
            talkOfMeeting: speech.map { share(of: $0, in: floor.duration) }, floorShare: floorShare,
            imbalance: floorShare.a.flatMap { a in floorShare.b.map { max(a, $0) } }, states: nil,
            turnCount: .init(a: nil, b: nil), medianTurn: none, p90Turn: none,
            longestMonologue: .init(a: nil, b: nil), interactivity: nil, floorTransferOffset: nil,
            overlapOnsetShare: nil, overlappedTakeovers: none, backchannelRate: none, silenceShare: nil,
            longestSilence: nil, windows: nil, dynamics: nil,
            trajectory: PerSpeaker { _ in Array(repeating: nil, count: max(parameters.trajectoryParts, 0)) },
            firstFloor: .init(a: nil, b: nil), handOver: .init(a: nil, b: nil), questions: .init(a: nil, b: nil),
            questionBalance: none, helpOffered: .init(a: nil, b: nil), followUps: .init(a: nil, b: nil),
            followThrough: none,
            verdict: Verdict(pattern: .insufficient, reasons: [], margin: nil, borderline: false),
            turns: floor.listing(of: timeline), timeResolution: evidence.timeResolution, parameters: parameters)
    }

    /// The metrics of pauses, overlaps and single turns.
    fileprivate mutating func addDetails(of floor: FloorAnalysis) {
        let silences = floor.anySpeech.gaps(upTo: floor.duration).map(\.length)
        if floor.duration > 0 {
            let either = floor.anySpeech.length
            let both = floor.speech.a.length + floor.speech.b.length - either
            let whole = Double(floor.duration)
            states = SpeechStates(
                only: floor.speech.map { Double($0.length - both) / whole }, both: Double(both) / whole,
                neither: Double(floor.duration - either) / whole)
            silenceShare = Double(floor.duration - either) / whole
        }
        longestSilence = silences.filter { $0 >= nanoseconds(fromSeconds: parameters.shortestSilence) }.max()
            .map(seconds(fromNanoseconds:))
        for speaker in Speaker.allCases {
            let lengths = floor.turns.filter { $0.speaker == speaker }.map { seconds(fromNanoseconds: $0.length) }
                .sorted()
            turnCount[speaker] = lengths.isEmpty ? nil : lengths.count
            medianTurn[speaker] = quantile(0.5, ofSorted: lengths)
            p90Turn[speaker] = quantile(0.9, ofSorted: lengths)
        }
        addTransitions(of: floor)
    }

    /// The metrics of changing the floor and of keeping it with backchannels.
    private mutating func addTransitions(of floor: FloorAnalysis) {
        let transitions = FloorTransition.transitions(between: floor.turns)
        floorTransferOffset = FloorTransferOffset(of: transitions, fewest: parameters.fewestTransitions)
        if !transitions.isEmpty, transitions.count >= parameters.fewestTransitions {
            overlapOnsetShare = Double(transitions.count { $0.offset < 0 }) / Double(transitions.count)
        }
        let minutes = duration / 60
        if duration > 0, duration >= parameters.shortestRateBase {
            interactivity = Double(transitions.count) / minutes
            let overlap = nanoseconds(fromSeconds: parameters.takeoverOverlap)
            overlappedTakeovers = PerSpeaker { speaker in
                Double(transitions.count { $0.responder == speaker && $0.offset <= -overlap }) / (minutes / 10)
            }
        }
        backchannelRate = PerSpeaker { speaker in
            let partnerSpeech = seconds(fromNanoseconds: floor.floorSpeech[speaker.partner].length)
            guard partnerSpeech > 0, partnerSpeech >= parameters.shortestRateBase else { return nil }
            return Double(floor.backchannels[speaker].count) / (partnerSpeech / 60)
        }
    }

    /// The metrics of what happened when.
    fileprivate mutating func addCourse(of floor: FloorAnalysis, evidence: MeetingEvidence) {
        if !evidence.knowsOnlyTotals(of: duration) {
            if !evidence.isCoarser(than: parameters.windowWidth) {
                windows = WindowShares(of: floor, parameters: parameters)
                dynamics = windows?.dynamics(parameters: parameters)
            }
            if !evidence.isCoarser(than: duration / Double(max(parameters.trajectoryParts, 1))) {
                trajectory = PerSpeaker { floor.trajectory(of: $0, parts: parameters.trajectoryParts) }
            }
            if !evidence.isCoarser(than: max(parameters.handOverTail, parameters.handOverTailShare * duration)) {
                handOver = PerSpeaker { floor.handOver(to: $0, parameters: parameters) }
            }
            firstFloor = PerSpeaker { floor.firstFloor(of: $0, leastSpeech: parameters.firstFloorSpeech) }
        }
        for speaker in Speaker.allCases {
            let longest = floor.turns.filter { $0.speaker == speaker }
                .max { ($0.length, $1.start) < ($1.length, $0.start) }
            if let longest, !evidence.knowsOnlyTotals(of: duration),
                !evidence.isCoarser(than: seconds(fromNanoseconds: longest.length))
            {
                longestMonologue[speaker] = TimeSpan(
                    start: seconds(fromNanoseconds: longest.start), end: seconds(fromNanoseconds: longest.end))
            }
            switch evidence.firstFloor[speaker] {
            case .at(let time): firstFloor[speaker] = duration > 0 ? .init(time: time, fraction: time / duration) : nil
            case .never: firstFloor[speaker] = nil
            case nil: break
            }
        }
    }

    /// What people counted by hand.
    fileprivate mutating func addCounts(from evidence: MeetingEvidence) {
        questions = evidence.questions
        helpOffered = evidence.helpOffered
        followUps = evidence.followUps
        followThrough = evidence.followUps.map { $0?.followThrough }
        if let ofA = questions.a, let ofB = questions.b, ofA > 0 || ofB > 0 {
            let total = Double(ofA) + Double(ofB)
            questionBalance = PerSpeaker(a: Double(ofB) / total, b: Double(ofA) / total)
        }
    }

    /// The rule of the verdict, filled with these metrics.
    fileprivate func patternRule(trusting segmentation: SegmentationTrust?) -> PatternRule {
        PatternRule(
            parameters: parameters, duration: duration, speech: speakingTime.a + speakingTime.b,
            floorShare: floorShare, handOver: handOver, windows: windows, dynamics: dynamics,
            segmentation: segmentation, uncertainty: uncertainty)
    }

    /// How far the talk share may be off, the larger side of the wider interval; nil without an interval.
    private var uncertainty: Double? {
        Speaker.allCases.compactMap { speaker -> Double? in
            guard let share = talkShare[speaker], let interval = talkShareInterval[speaker] else { return nil }
            return max(interval.upperBound - share, share - interval.lowerBound)
        }.max()
    }
}

extension Optional<SegmentationTrust> {
    /// Where the talk shares really lie; nil when nobody can say.
    fileprivate func interval(around talkShare: PerSpeaker<Double?>) -> PerSpeaker<ClosedRange<Double>?> {
        PerSpeaker { speaker in
            guard let share = talkShare[speaker] else { return nil }
            if let interval = self?.talkShareInterval { return interval[speaker] }
            guard let confusion = self?.estimatedConfusion, confusion >= 0 else { return nil }
            return max(share - confusion, 0)...min(share + confusion, 1)
        }
    }
}
