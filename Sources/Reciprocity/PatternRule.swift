import Timeline

/// The transparent rule from metrics to a verdict, tested in the order of the definition.
struct PatternRule: Sendable {
    var parameters: ReciprocityParameters
    /// Length of the meeting, seconds.
    var duration: Double
    /// Speech of both together, seconds.
    var speech: Double
    /// nil when nobody has the floor.
    var floorShare: PerSpeaker<Double?>
    var handOver: PerSpeaker<HandOver?>
    var windows: WindowShares?
    var dynamics: Dynamics?
    var segmentation: SegmentationTrust?
    /// How far the share may be off, 0...1; nil when nobody can say.
    var uncertainty: Double?

    /// The verdict.
    func verdict() -> Verdict {
        let doubts = reasonsToWithhold()
        guard doubts.isEmpty, let shareOfA = floorShare.a, let shareOfB = floorShare.b else {
            return Verdict(pattern: .insufficient, reasons: doubts, margin: nil, borderline: false)
        }
        // With equal shares nobody is short of the floor; every test below then comes out the same for both.
        let short: Speaker = shareOfB <= shareOfA ? .b : .a
        let share = min(shareOfA, shareOfB)
        let (pattern, reasons) = patternAndReasons(short: short, share: share)
        let margin = margin(of: pattern, short: short, share: share)
        return Verdict(
            pattern: pattern, reasons: reasons, margin: margin,
            borderline: uncertainty.map { margin < $0 } ?? false)
    }

    /// Step 0: what forbids a verdict.
    private func reasonsToWithhold() -> [PatternReason] {
        var reasons: [PatternReason] = []
        if duration < parameters.shortestMeeting {
            reasons.append(reason(.duration, nil, duration, .less, parameters.shortestMeeting))
        }
        if speech < parameters.leastSpeech {
            reasons.append(reason(.speech, nil, speech, .less, parameters.leastSpeech))
        }
        if let confusion = segmentation?.estimatedConfusion, confusion > parameters.highestConfusion {
            reasons.append(reason(.estimatedConfusion, nil, confusion, .greater, parameters.highestConfusion))
        } else if segmentation?.trusted == false {
            reasons.append(PatternReason(measure: .trusted))
        }
        return reasons
    }

    /// Steps 1 to 4.
    private func patternAndReasons(short: Speaker, share: Double) -> (Pattern, [PatternReason]) {
        let limits = parameters
        if isLatePitch(short: short, share: share), let handOver = handOver[short] {
            return (
                .latePitch(short),
                [
                    reason(.floorShare, short, share, .less, limits.latePitchFloorShare),
                    reason(.handOverEarly, short, handOver.early, .atMost, limits.latePitchEarlyShare),
                    reason(.handOverLate, short, handOver.late, .atLeast, limits.latePitchLateShare),
                    reason(.handOverFraction, short, handOver.fraction, .atLeast, limits.latePitchEarliest),
                ]
            )
        }
        let long = short.partner
        if share >= limits.twoWayFloorShare {
            return (
                .twoWay(description),
                [
                    reason(.floorShare, short, share, .atLeast, limits.twoWayFloorShare),
                    reason(.floorShare, long, floorShare[long], .atMost, 1 - limits.twoWayFloorShare),
                ]
            )
        }
        var reasons = [reason(.floorShare, short, share, .less, limits.twoWayFloorShare)]
        if isDominated(by: long), let windows {
            reasons.append(reason(.windowsLed, long, windows.led[long], .atLeast, limits.dominatingWindows))
        }
        if share <= limits.oneSidedFloorShare {
            reasons.append(reason(.floorShare, short, share, .atMost, limits.oneSidedFloorShare))
        }
        if reasons.count > 1 { return (.oneSided(long), reasons) }
        reasons.append(reason(.floorShare, short, share, .greater, limits.oneSidedFloorShare))
        if let windows {
            reasons.append(reason(.windowsLed, long, windows.led[long], .less, limits.dominatingWindows))
        }
        return (.leaning(long), reasons)
    }

    private func reason(
        _ measure: PatternReason.Measure, _ speaker: Speaker?, _ value: Double?, _ relation: PatternReason.Relation,
        _ threshold: Double
    ) -> PatternReason {
        PatternReason(measure: measure, speaker: speaker, value: value, relation: relation, threshold: threshold)
    }

    /// Step 1.
    private func isLatePitch(short: Speaker, share: Double) -> Bool {
        guard let handOver = handOver[short] else { return false }
        return share < parameters.latePitchFloorShare && handOver.early <= parameters.latePitchEarlyShare
            && handOver.late >= parameters.latePitchLateShare && handOver.fraction >= parameters.latePitchEarliest
    }

    private func isDominated(by speaker: Speaker) -> Bool {
        windows.map { $0.led[speaker] >= parameters.dominatingWindows } ?? false
    }

    /// A meeting of equal shares in which one side leads throughout by little is described as mixed.
    private var description: TwoWayDescription? {
        switch dynamics {
        case .backAndForth: .backAndForth
        case .alternating: .alternating
        case .mixed, .dominatingThroughout: .mixed
        case nil: nil
        }
    }

    /// The smallest change of a share that would give another pattern.
    private func margin(of pattern: Pattern, short: Speaker, share: Double) -> Double {
        let limits = parameters
        if case .latePitch = pattern, let handOver = handOver[short] {
            return min(
                limits.latePitchFloorShare - share, limits.latePitchEarlyShare - handOver.early,
                handOver.late - limits.latePitchLateShare)
        }
        // Below the two-way limit the lower limit decides only where the windows do not.
        let oneSidedLimit = isDominated(by: short.partner) ? limits.twoWayFloorShare : limits.oneSidedFloorShare
        let distance =
            switch pattern {
            case .oneSided: oneSidedLimit - share
            case .leaning: min(share - oneSidedLimit, limits.twoWayFloorShare - share)
            default: share - limits.twoWayFloorShare
            }
        return min(distance, distanceToLatePitch(short: short, share: share) ?? distance)
    }

    /// How far the worst of the shares is from a late pitch; nil where the time of the hand-over forbids one.
    private func distanceToLatePitch(short: Speaker, share: Double) -> Double? {
        guard let handOver = handOver[short], handOver.fraction >= parameters.latePitchEarliest else { return nil }
        return max(
            share - parameters.latePitchFloorShare, handOver.early - parameters.latePitchEarlyShare,
            parameters.latePitchLateShare - handOver.late, 0)
    }
}
