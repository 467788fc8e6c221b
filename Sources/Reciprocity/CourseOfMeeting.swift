import Timeline

/// When a person first got the floor.
public struct FirstFloor: Sendable, Hashable {
    /// Start of the first turn with at least 20 s of speech, seconds.
    public var time: Double
    /// The same as a share of the meeting, 0...1.
    public var fraction: Double
}

/// The moment at which the floor passes to a person most clearly.
public struct HandOver: Sendable, Hashable {
    /// The moment, seconds; in the second half of the meeting.
    public var time: Double
    /// The same as a share of the meeting, 0.5...1.
    public var fraction: Double
    /// Floor share of the person before it, 0...1.
    public var early: Double
    /// Floor share of the person after it, 0...1.
    public var late: Double
}

extension FloorAnalysis {
    /// Floor share of a person in equal parts of the meeting; nil for a part without floor speech.
    func trajectory(of speaker: Speaker, parts: Int) -> [Double?] {
        let parts = max(parts, 0)
        return (0..<parts).map { part in
            let start = Int(Double(duration) * Double(part) / Double(parts))
            let end = part + 1 == parts ? duration : Int(Double(duration) * Double(part + 1) / Double(parts))
            return floorShare(of: speaker, from: start, to: end)
        }
    }

    /// The first turn of a person with enough speech, pauses not counted; nil when there is none.
    func firstFloor(of speaker: Speaker, leastSpeech: Double) -> FirstFloor? {
        let least = nanoseconds(fromSeconds: leastSpeech)
        guard let turn = turns.first(where: { $0.speaker == speaker && $0.speech >= least }) else { return nil }
        return FirstFloor(
            time: seconds(fromNanoseconds: turn.start), fraction: Double(turn.start) / Double(duration))
    }

    /// The split that maximises late minus early floor share of a person; the earliest of equal ones.
    ///
    /// Splits with no floor speech on one side are left out. The difference may be negative: it is the best there is.
    ///
    /// - Returns: nil when the meeting is shorter than `handOverShortestMeeting` or no split is left.
    func handOver(to speaker: Speaker, parameters: ReciprocityParameters) -> HandOver? {
        guard duration > 0, duration >= nanoseconds(fromSeconds: parameters.handOverShortestMeeting) else { return nil }
        let length = seconds(fromNanoseconds: duration)
        let earliest = nanoseconds(fromSeconds: parameters.handOverEarliest * length)
        let tail = max(parameters.handOverTail, parameters.handOverTailShare * length)
        let latest = duration - nanoseconds(fromSeconds: tail)
        let step = max(nanoseconds(fromSeconds: parameters.handOverStep), 1_000_000)
        // Differences of shares closer than this are equal: they are rounding, not conversation.
        let equal = 1e-12
        var best: HandOver?
        for split in stride(from: earliest, through: latest, by: step) {
            guard let early = floorShare(of: speaker, from: 0, to: split),
                let late = floorShare(of: speaker, from: split, to: duration)
            else { continue }
            if let best, late - early <= best.late - best.early + equal { continue }
            best = HandOver(
                time: seconds(fromNanoseconds: split), fraction: Double(split) / Double(duration), early: early,
                late: late)
        }
        return best
    }
}
