import Timeline

/// The speech of one person on a grid of whole ticks, as formats with a tier per speaker hold it.
struct SpeakerTier: Sendable, Hashable {
    /// A stretch of whole ticks, half-open.
    struct Span: Sendable, Hashable {
        var start: Int
        var end: Int
    }

    /// Who speaks.
    let label: String
    /// When: sorted, not empty, without overlap; stretches may touch.
    let spans: [Span]

    /// One tier per person, in the order of their first words, then by name.
    ///
    /// Start and end are rounded each, so rounding never opens a gap between stretches that touch. Speech before 0
    /// is cut off, what rounds to nothing is left out, and stretches of one person that overlap become one.
    ///
    /// - Parameter ticksPerSecond: resolution of the grid.
    static func tiers(of segments: [LabelledSegment], ticksPerSecond: Double) -> [SpeakerTier] {
        var spans: [String: [Span]] = [:]
        for segment in segments {
            guard let span = span(of: segment, ticksPerSecond: ticksPerSecond) else { continue }
            spans[segment.label, default: []].append(span)
        }
        return spans.map { SpeakerTier(label: $0.key, spans: united($0.value)) }
            .sorted { ($0.spans[0].start, $0.label) < ($1.spans[0].start, $1.label) }
    }

    /// A segment on the grid; nil when nothing of it is left.
    static func span(of segment: LabelledSegment, ticksPerSecond: Double) -> Span? {
        guard segment.start.magnitude < LabelTime.limit, segment.end.magnitude < LabelTime.limit else { return nil }
        let start = Int((max(segment.start, 0) * ticksPerSecond).rounded())
        let end = Int((segment.end * ticksPerSecond).rounded())
        return start < end ? Span(start: start, end: end) : nil
    }

    private static func united(_ spans: [Span]) -> [Span] {
        var united: [Span] = []
        for span in spans.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            if let last = united.last, span.start < last.end {
                united[united.count - 1].end = max(last.end, span.end)
            } else {
                united.append(span)
            }
        }
        return united
    }
}
