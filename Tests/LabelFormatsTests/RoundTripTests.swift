import LabelFormats
import Reciprocity
import Testing
import Timeline

@Suite("Round trip of all label formats")
struct RoundTripTests {
    static let formats = LabelFormat.allCases.filter { $0.isWritable && $0 != .uem }

    /// Meetings for each format.
    private static let meetings = 0..<1000

    @Test("A meeting on the grid of a format has the same metrics after writing and reading", arguments: formats)
    func sameMetrics(format: LabelFormat) throws {
        for seed in Self.meetings {
            let (segments, duration) = RandomMeeting.recording(seed: seed, step: max(format.resolution, 1e-6))
            let read = try Self.roundTrip(segments, duration, format)
            #expect(read.duration == (format == .textgrid || format == .json ? duration : nil))
            let before = TwoPersonTimeline(of: Self.written(segments, format), duration: duration)
            let after = TwoPersonTimeline(of: read.segments, duration: duration)
            try #require(after.names == before.names, "meeting \(seed)")
            try #require(reciprocity(of: after.timeline) == reciprocity(of: before.timeline), "meeting \(seed)")
        }
    }

    @Test("Off the grid, no boundary moves by more than half a step", arguments: formats)
    func halfAStep(format: LabelFormat) throws {
        // Beside the step, the rounding of Double itself.
        let tolerance = format.resolution / 2 + 1e-9
        for seed in Self.meetings {
            let (segments, duration) = RandomMeeting.recording(seed: seed, step: nil)
            let read = try Self.roundTrip(segments, duration, format)
            let written = Self.written(segments, format)
            let edges = Dictionary(grouping: written, by: \.label).mapValues {
                $0.flatMap { [$0.start, $0.end] }.sorted()
            }
            // In SRT a segment also ends where somebody else begins or stops.
            let others = format == .srt ? written.flatMap { [$0.start, $0.end] }.sorted() : nil
            for segment in read.segments {
                let own = try #require(others ?? edges[segment.label])
                for moment in [segment.start, segment.end] {
                    try #require(Self.distance(of: moment, from: own) <= tolerance, "meeting \(seed) at \(moment)")
                }
            }
            let before = reciprocity(of: TwoPersonTimeline(of: written, duration: duration).timeline)
            let after = reciprocity(of: TwoPersonTimeline(of: read.segments, duration: duration).timeline)
            for speaker in Speaker.allCases {
                let moved = abs(before.speakingTime[speaker] - after.speakingTime[speaker])
                try #require(moved <= Double(2 * segments.count) * tolerance, "meeting \(seed)")
            }
        }
    }

    @Test("Writing what was read gives the same bytes", arguments: formats)
    func sameBytes(format: LabelFormat) throws {
        for seed in 0..<50 {
            let (segments, duration) = RandomMeeting.recording(seed: seed, step: nil)
            let text = Self.text(segments, duration, format)
            let read = try LabelDocument(text: text, path: "meeting.txt")
            try #require(
                LabelDocument.text(
                    of: read.recordings.isEmpty ? [LabelledRecording(name: "meeting", segments: [])] : read.recordings,
                    as: format) == text)
        }
    }

    @Test("What the formats write is recognised without a name", arguments: formats)
    func recognised(format: LabelFormat) throws {
        let (segments, duration) = RandomMeeting.recording(seed: 4, step: nil)
        #expect(LabelFormat(content: Self.text(segments, duration, format)) == format)
    }

    @Test("A recording without speech is read back as one", arguments: formats)
    func silence(format: LabelFormat) throws {
        let text = Self.text([], 5, format)
        let read = try LabelDocument(text: text, path: "meeting.\(format.fileExtensions[0])")
        #expect(read.recordings.flatMap(\.segments).isEmpty)
    }

    private static func text(_ segments: [LabelledSegment], _ duration: Double, _ format: LabelFormat) -> String {
        let recording = LabelledRecording(name: "meeting", segments: segments, duration: duration)
        return LabelDocument.text(of: [recording], as: format)
    }

    private static func roundTrip(
        _ segments: [LabelledSegment], _ duration: Double, _ format: LabelFormat
    ) throws -> LabelledRecording {
        let read = try LabelDocument(text: text(segments, duration, format), path: "meeting.txt")
        #expect(read.warnings.isEmpty)
        return read.recordings.first ?? LabelledRecording(name: "meeting", segments: [])
    }

    /// The segments as the format can hold them: RTTM has no blanks in names.
    private static func written(_ segments: [LabelledSegment], _ format: LabelFormat) -> [LabelledSegment] {
        guard format == .rttm else { return segments }
        return segments.map {
            LabelledSegment(label: $0.label.replacing(" ", with: "_"), start: $0.start, end: $0.end)
        }
    }

    private static func distance(of moment: Double, from sorted: [Double]) -> Double {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < moment { low = middle + 1 } else { high = middle }
        }
        return sorted[max(low - 1, 0)...min(low, sorted.count - 1)].map { abs($0 - moment) }.min() ?? .infinity
    }
}
