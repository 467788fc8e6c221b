package import Timeline

/// Where turns begin and end beside the first and the last frame that was taken for speech.
package struct TurnEdges {
    private let start: Double
    private let end: Double

    /// Edges of turns as `parameters` have them.
    package init(_ parameters: VoiceActivityParameters) {
        (start, end) = (parameters.startWidening, parameters.endWidening)
    }

    /// `segments`, in order, widened where silence borders on them, within 0...`duration`; in order again.
    ///
    /// - Parameter sharesChannel: whether a turn that follows another's without silence stays as it is: there the border
    ///   between them was looked for, and not that with silence.
    package func widened(_ segments: [SpeechSegment], sharesChannel: Bool, duration: Double) -> [SpeechSegment] {
        var latestEnd: [Speaker: Double] = [:]
        return segments.indices.map { index in
            let segment = segments[index]
            func isHeard(_ speaker: Speaker) -> Bool { sharesChannel || speaker == segment.speaker }
            let before = latestEnd.reduce(-.infinity) { isHeard($1.key) ? max($0, $1.value) : $0 }
            let following = segments[(index + 1)...].prefix { $0.start <= segment.end + end }
            let isFollowed =
                before > segment.end || following.contains { isHeard($0.speaker) && $0.end > segment.end }
            var widened = segment
            if before < segment.start - start { widened.start = max(segment.start - start, 0) }
            if !isFollowed { widened.end = min(segment.end + end, duration) }
            latestEnd[segment.speaker] = max(latestEnd[segment.speaker] ?? segment.end, segment.end)
            return widened
        }.inOrder()
    }
}
