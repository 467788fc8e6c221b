public import Timeline

/// How quickly the floor passes from one person to the other, in seconds, negative for overlap.
///
/// The offset of a transition is the start of the new turn minus the end of the turn before it: a gap when it is
/// ≥ 0, an overlap when it is below (Heldner & Edlund 2010). A median of 0.0–0.3 s is usual (Levinson & Torreira
/// 2015). Silences of any length count; a lapse only ends turns.
public struct FloorTransferOffset: Sendable, Hashable {
    /// The offsets of a set of transitions in two numbers.
    public struct Summary: Sendable, Hashable {
        /// Middle offset, seconds.
        public var median: Double
        /// Third minus first quartile, seconds, ≥ 0.
        public var interquartileRange: Double
        /// Number of transitions.
        public var count: Int
    }

    /// Over all transitions.
    public var all: Summary
    /// Over the transitions to this person; nil with fewer than five of them.
    public var responder: PerSpeaker<Summary?>
}

/// A change of the floor from one person to the other.
struct FloorTransition: Sendable, Hashable {
    /// Who takes the floor.
    var responder: Speaker
    /// Start of the new turn minus end of the old one.
    var offset: Nanoseconds

    /// The changes between consecutive turns of different people.
    static func transitions(between turns: [FloorAnalysis.CountedTurn]) -> [FloorTransition] {
        zip(turns, turns.dropFirst()).compactMap { before, after in
            guard before.speaker != after.speaker else { return nil }
            return FloorTransition(responder: after.speaker, offset: after.start - before.end)
        }
    }
}

extension Reciprocity {
    /// The offset of each transition to a person, in the order of the meeting, seconds, negative for overlap.
    ///
    /// What `floorTransferOffset` summarises; empty where that is nil.
    public var transferOffsets: PerSpeaker<[Double]> {
        guard floorTransferOffset != nil else { return PerSpeaker(a: [], b: []) }
        let held = turns.filter { $0.kind == .turn }
        return PerSpeaker { speaker in
            zip(held, held.dropFirst()).filter { $0.speaker != $1.speaker && $1.speaker == speaker }
                .map { seconds(fromNanoseconds: nanoseconds(fromSeconds: $1.start) - nanoseconds(fromSeconds: $0.end)) }
        }
    }
}

extension FloorTransferOffset {
    /// The offsets of a meeting; nil with fewer than `fewest` transitions.
    init?(of transitions: [FloorTransition], fewest: Int) {
        guard let all = Summary(of: transitions, fewest: fewest) else { return nil }
        self.all = all
        responder = PerSpeaker { speaker in
            Summary(of: transitions.filter { $0.responder == speaker }, fewest: fewest)
        }
    }
}

extension FloorTransferOffset.Summary {
    /// The two numbers; nil with fewer than `fewest` transitions.
    fileprivate init?(of transitions: [FloorTransition], fewest: Int) {
        let offsets = transitions.map { seconds(fromNanoseconds: $0.offset) }.sorted()
        guard offsets.count >= fewest,
            let median = quantile(0.5, ofSorted: offsets),
            let first = quantile(0.25, ofSorted: offsets),
            let third = quantile(0.75, ofSorted: offsets)
        else { return nil }
        self.init(median: median, interquartileRange: third - first, count: offsets.count)
    }
}
