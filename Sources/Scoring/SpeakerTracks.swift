package import Timeline

/// When each person of one side (reference or hypothesis) speaks.
package struct SpeakerTracks: Sendable {
    /// The labels, sorted, so that ties fall the same way on every run.
    package let labels: [String]
    /// The speech of each label, parallel to `labels`.
    package let speech: [IntervalSet]

    /// The union of the segments of each label; labels without speech are dropped.
    package init(_ segments: [LabelledSegment]) {
        let spoken = Dictionary(grouping: segments.filter { $0.start < $0.end }, by: \.label)
        labels = spoken.keys.sorted()
        speech = labels.map { label in
            IntervalSet((spoken[label] ?? []).map { Interval(start: $0.start, end: $0.end) })
        }
    }
}
