import Timeline

/// A meeting drawn as one row of characters per person; every run of characters other than "." is one segment.
func drawn(a: String, b: String, step: Double = 1) -> Timeline {
    var segments: [SpeechSegment] = []
    for (speaker, row) in [(Speaker.a, a), (.b, b)] {
        var start: Int?
        for (index, character) in (row + ".").enumerated() {
            if character != ".", start == nil { start = index }
            if character == ".", let first = start {
                segments.append(SpeechSegment(speaker: speaker, start: Double(first) * step, end: Double(index) * step))
                start = nil
            }
        }
    }
    return Timeline(duration: Double(max(a.count, b.count)) * step, segments: segments)
}

/// `row` repeated.
func times(_ count: Int, _ row: String) -> String { String(repeating: row, count: count) }

extension Timeline {
    /// The same meeting with the two people exchanged.
    var exchanged: Timeline {
        Timeline(
            duration: duration,
            segments: segments.map { segment in
                var segment = segment
                segment.speaker = segment.speaker.partner
                return segment
            })
    }
}
