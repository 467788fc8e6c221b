import Timeline

extension FloorAnalysis {
    /// Turns, backchannels and overlaps in seconds, by start, then end, then speaker.
    ///
    /// The confidence of each is the mean over the segments of its speaker that lie in it, weighted by length.
    func listing(of timeline: Timeline) -> [Turn] {
        var all: [(CountedTurn, Turn.Kind)] = turns.map { ($0, .turn) }
        for speaker in Speaker.allCases {
            all += backchannels[speaker].map { (CountedTurn($0), .backchannel) }
            all += overlaps[speaker].map { (CountedTurn($0), .overlap) }
        }
        let confidence = PerSpeaker { WeightedConfidence(of: $0, in: timeline, duration: duration) }
        return all.sorted { ($0.0.start, $0.0.end, $0.0.speaker) < ($1.0.start, $1.0.end, $1.0.speaker) }
            .map { turn, kind in
                Turn(
                    speaker: turn.speaker, start: seconds(fromNanoseconds: turn.start),
                    end: seconds(fromNanoseconds: turn.end), kind: kind,
                    speech: seconds(fromNanoseconds: turn.speech),
                    confidence: confidence[turn.speaker].mean(from: turn.start, to: turn.end))
            }
    }
}

extension FloorAnalysis.CountedTurn {
    /// A unit as a turn of its own.
    fileprivate init(_ unit: InterpausalUnit) {
        self.init(
            speaker: unit.speaker, start: unit.start, end: unit.end, speech: unit.speech,
            lapsesBefore: unit.lapsesBefore)
    }
}

/// One person's segments that carry a confidence, sorted.
private struct WeightedConfidence {
    /// A segment clipped to the meeting.
    private struct Piece {
        var start: Nanoseconds
        var end: Nanoseconds
        var confidence: Double
    }

    private let pieces: [Piece]

    init(of speaker: Speaker, in timeline: Timeline, duration: Nanoseconds) {
        var pieces: [Piece] = []
        for segment in timeline.segments where segment.speaker == speaker {
            let start = max(nanoseconds(fromSeconds: segment.start), 0)
            let end = min(nanoseconds(fromSeconds: segment.end), duration)
            guard let confidence = segment.confidence, start < end else { continue }
            pieces.append(Piece(start: start, end: end, confidence: confidence))
        }
        self.pieces = pieces.sorted { ($0.start, $0.end, $0.confidence) < ($1.start, $1.end, $1.confidence) }
    }

    /// Mean over the segments that start inside a stretch; nil when there is none.
    ///
    /// No segment reaches over the end of the turn it starts in, because a turn is made of whole segments.
    func mean(from start: Nanoseconds, to end: Nanoseconds) -> Double? {
        let first = pieces.firstIndex(passing: { $0.start >= start })
        let last = pieces.firstIndex(passing: { $0.start >= end })
        let inside = pieces[first..<last]
        let length = inside.reduce(0) { $0 + ($1.end - $1.start) }
        guard length > 0 else { return nil }
        return inside.reduce(0.0) { $0 + $1.confidence * Double($1.end - $1.start) } / Double(length)
    }
}
