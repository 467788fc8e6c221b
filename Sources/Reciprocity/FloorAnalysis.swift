import Timeline

/// A timeline taken apart: who spoke, who held the floor, and in which turns.
struct FloorAnalysis: Sendable {
    /// A turn whose times are exact; see `Turn` for the meaning.
    struct CountedTurn: Sendable, Hashable {
        var speaker: Speaker
        var start: Nanoseconds
        var end: Nanoseconds
        var speech: Nanoseconds
        var lapsesBefore: Int
        var length: Nanoseconds { end - start }
    }

    /// Length of the meeting.
    let duration: Nanoseconds
    /// All each person says inside the meeting, `U_p`.
    let speech: PerSpeaker<SpeechUnion>
    /// All that is said by anybody.
    let anySpeech: SpeechUnion
    /// What each person says without backchannels, `G_p`; speech inside the other's speech stays in.
    let floorSpeech: PerSpeaker<SpeechUnion>
    /// Backchannels of each person, sorted.
    let backchannels: PerSpeaker<[InterpausalUnit]>
    /// Units that hold no floor because they lie wholly inside a unit of the other, sorted.
    ///
    /// Containment is judged unit by unit, so that speech during a pause of the other is a turn. Two units with the
    /// same start and end lie inside each other: nobody holds the floor there.
    let overlaps: PerSpeaker<[InterpausalUnit]>
    /// The turns of both people by start.
    ///
    /// Starts and ends both ascend, since no turn's unit contains another.
    let turns: [CountedTurn]

    /// Takes a timeline apart, O(n log n) in the number of segments.
    init(of timeline: Timeline, parameters: ReciprocityParameters) {
        let duration = max(nanoseconds(fromSeconds: timeline.duration), 0)
        let speech = PerSpeaker { SpeechUnion(of: $0, in: timeline) }
        let anySpeech = speech.a.union(with: speech.b)
        let shortestLapse = nanoseconds(fromSeconds: parameters.shortestLapse)
        let lapses = anySpeech.gaps(upTo: duration).filter { $0.length >= shortestLapse }.map(\.start)
        let gap = nanoseconds(fromSeconds: parameters.interpausalGap)
        let units = PerSpeaker {
            InterpausalUnit.units(of: $0, speech: speech[$0], lapses: lapses, bridging: gap)
        }
        let rule = BackchannelRule(
            units: units, longest: nanoseconds(fromSeconds: parameters.longestBackchannel))
        let backchannels = units.map { $0.filter(rule.isBackchannel) }
        let kept = units.map { $0.filter { !rule.isBackchannel($0) } }
        let overlaps = PerSpeaker { speaker in
            kept[speaker].filter { Self.isInside($0, oneOf: kept[speaker.partner]) }
        }
        let holding = PerSpeaker { speaker in
            kept[speaker].filter { !Self.isInside($0, oneOf: kept[speaker.partner]) }
        }
        self.duration = duration
        self.speech = speech
        self.anySpeech = anySpeech
        self.backchannels = backchannels
        self.overlaps = overlaps
        floorSpeech = PerSpeaker { speech[$0].removing(backchannels[$0]) }
        turns = Self.runs(of: (holding.a + holding.b).sorted { $0.start < $1.start })
    }

    /// Whether a unit lies wholly inside one of the other person's units, which are sorted and disjoint.
    private static func isInside(_ unit: InterpausalUnit, oneOf others: [InterpausalUnit]) -> Bool {
        let next = others.firstIndex(passing: { $0.start > unit.start })
        return next > 0 && unit.isInside(others[next - 1])
    }

    /// Maximal runs of one speaker's units without a lapse.
    private static func runs(of units: [InterpausalUnit]) -> [CountedTurn] {
        var turns: [CountedTurn] = []
        for unit in units {
            if let last = turns.last, last.speaker == unit.speaker, last.lapsesBefore == unit.lapsesBefore {
                turns[turns.count - 1].end = unit.end
                turns[turns.count - 1].speech += unit.speech
            } else {
                turns.append(
                    CountedTurn(
                        speaker: unit.speaker, start: unit.start, end: unit.end, speech: unit.speech,
                        lapsesBefore: unit.lapsesBefore))
            }
        }
        return turns
    }

    /// Share of the floor speech of `speaker` between two moments; nil when nobody holds the floor there.
    func floorShare(of speaker: Speaker, from start: Nanoseconds, to end: Nanoseconds) -> Double? {
        let own = floorSpeech[speaker].length(from: start, to: end)
        return share(of: own, in: own + floorSpeech[speaker.partner].length(from: start, to: end))
    }
}
