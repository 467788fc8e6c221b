package import Timeline

/// Where turns begin and end beside the first and the last frame that was taken for speech.
package struct TurnEdges {
    private let start: Double
    private let end: Double

    /// Edges of turns as `parameters` have them.
    package init(_ parameters: VoiceActivityParameters) {
        (start, end) = (parameters.startWidening, parameters.endWidening)
    }

    /// `segments` of one channel, in order, widened where silence borders on them that is longer than both, within
    /// 0...`duration`; in order again.
    ///
    /// Where one follows another without silence the border between the two was looked for, and it stays.
    package func widened(_ segments: [SpeechSegment], duration: Double) -> [SpeechSegment] {
        // The latest end of those that begin before the segment, and the first that does not.
        var (before, next) = (-Double.infinity, 0)
        return segments.indices.map { index in
            let segment = segments[index]
            while segments[next].start < segment.start {
                before = max(before, segments[next].end)
                next += 1
            }
            let isFollowed =
                before > segment.end
                || segments[(index + 1)...].prefix { $0.start < segment.end + start + end }
                    .contains { $0.end > segment.end }
            var widened = segment
            if before <= segment.start - start - end { widened.start = max(segment.start - start, 0) }
            if !isFollowed { widened.end = min(segment.end + end, duration) }
            return widened
        }.inOrder()
    }
}
