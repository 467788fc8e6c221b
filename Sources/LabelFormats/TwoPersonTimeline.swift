public import Timeline

/// The meeting of two that free labels describe, with the names behind `A` and `B`.
///
/// `A` is whoever of the two speaks first, on a tie the label that sorts first. Of more than two labels the two
/// with the most speech stay, and `warnings` says what was left out. One or no label is fine.
public struct TwoPersonTimeline: Sendable, Hashable {
    /// Who speaks when; segments are clipped to the meeting and sorted by start, end and speaker.
    public var timeline: Timeline
    /// The label of each person that speaks.
    public var names: [Speaker: String]
    /// Sentences for the user about labels that could not be used; empty when all were.
    public var warnings: [String]

    /// Speech labelled this far past the end, seconds, means that labels and recording do not belong together;
    /// less is rounding and padding.
    private static let toleratedOverrun = 1.0

    /// The meeting that `segments` describe.
    ///
    /// - Parameters:
    ///   - segments: any number of labels, any order; parts outside `[0, duration)` are cut off.
    ///   - duration: length of the meeting, seconds, finite and ≥ 0; nil takes the last end.
    ///   - chosen: labels of people who are kept before all others; labels without speech count for nothing.
    public init(of segments: [LabelledSegment], duration: Double? = nil, keeping chosen: [String] = []) {
        precondition(duration.map { $0.isFinite && $0 >= 0 } ?? true, "a duration is finite and not negative")
        let lastEnd = max(0, segments.map(\.end).max() ?? 0)
        let length = duration ?? lastEnd
        warnings = []
        if lastEnd > length + Self.toleratedOverrun {
            warnings.append(
                "labels run to \(Self.tenths(lastEnd)) s, the recording ends at \(Self.tenths(length)) s: "
                    + "do they belong together?")
        }
        let clipped = segments.map {
            LabelledSegment(label: $0.label, start: max(0, $0.start), end: min(length, $0.end))
        }.filter { $0.start < $0.end }
        let speech = Dictionary(grouping: clipped, by: \.label).mapValues(Self.coveredTime)
        func rank(_ label: String) -> Int { chosen.firstIndex(of: label) ?? chosen.count }
        let ranked = speech.sorted {
            (rank($0.key), $1.value, $0.key) < (rank($1.key), $0.value, $1.key)
        }
        if ranked.count > 2 {
            let kept = ranked.prefix(2).map { "\($0.key) (\(Self.tenths($0.value)) s)" }
            let lost = Self.tenths(ranked.dropFirst(2).map(\.value).reduce(0, +))
            let reason =
                switch ranked.prefix(2).count(where: { chosen.contains($0.key) }) {
                case 0: "the two who speak most"
                case 1: "the one who was named and who speaks most of the others"
                default: "the two who were named"
                }
            warnings.append(
                "\(ranked.count) people speak; kept \(reason), \(kept.joined(separator: " and ")), "
                    + "left out \(lost) s of the others")
        }
        let pair = Set(ranked.prefix(2).map(\.key))
        let kept = clipped.filter { pair.contains($0.label) }
        let first = kept.min { ($0.start, $0.label) < ($1.start, $1.label) }?.label
        names = [:]
        for label in pair { names[label == first ? .a : .b] = label }
        let spoken = kept.map {
            SpeechSegment(speaker: $0.label == first ? .a : .b, start: $0.start, end: $0.end)
        }
        timeline = Timeline(
            duration: length,
            segments: spoken.inOrder())
    }

    /// Seconds in which at least one of `segments` is active.
    private static func coveredTime(_ segments: [LabelledSegment]) -> Double {
        var covered = 0.0
        var reached = -Double.infinity
        for segment in segments.sorted(by: { $0.start < $1.start }) where segment.end > reached {
            covered += segment.end - max(segment.start, reached)
            reached = segment.end
        }
        return covered
    }

    private static func tenths(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }
}

extension Timeline {
    /// The segments with free labels, as label files want them.
    ///
    /// - Parameter names: the label of each person; `A` and `B` where absent.
    public func labelled(names: [Speaker: String] = [:]) -> [LabelledSegment] {
        segments.map {
            LabelledSegment(label: names[$0.speaker] ?? $0.speaker.rawValue, start: $0.start, end: $0.end)
        }
    }
}
