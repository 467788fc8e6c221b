import Timeline

/// SubRip subtitles: numbered captions, `hh:mm:ss,mmm` with a comma, sorted, without overlap.
///
/// The format has no standard; this is what VideoLAN, FFmpeg and the `srt` package of Python agree on.
public enum SubRip {
    /// The recording that `text` labels; each utterance of a transcript is speech of who is named with it.
    ///
    /// See `CaptionSpeakers` for the ways in which tools name speakers.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: how error messages name the file.
    ///   - recording: what to call the recording.
    /// - Throws: `LabelFormatError.damagedLine` at the first line that breaks the format, or when no caption names a
    ///   speaker.
    public static func document(
        in text: String, path: String = "labels", recording: String = "labels"
    ) throws(LabelFormatError) -> LabelDocument {
        let lines = try LabelLines.lines(of: text, path: path)
        let cues = try CaptionCue.cues(in: lines, dialect: .srt, path: path)
        return try CaptionSpeakers.document(of: cues, format: .srt, recording: recording)
    }

    /// The captions of a recording's labels: one for each stretch in which the same people speak.
    ///
    /// Captions must not overlap, so simultaneous speech is a caption of its own with a line for each person.
    public static func text(of recording: LabelledRecording) -> String {
        let tiers = SpeakerTier.tiers(of: recording.segments, ticksPerSecond: 1000)
        var edges: [(time: Int, begins: Bool, label: String)] = []
        for tier in tiers {
            for span in tier.spans {
                edges.append((span.start, true, tier.label))
                edges.append((span.end, false, tier.label))
            }
        }
        // An end before a start at the same moment, so that people who take turns do not seem to overlap.
        edges.sort { ($0.time, $0.begins ? 1 : 0, $0.label) < ($1.time, $1.begins ? 1 : 0, $1.label) }
        var text = ""
        var number = 0
        var last = 0
        var active: [String] = []
        for edge in edges {
            if edge.time > last, !active.isEmpty {
                number += 1
                let times = [last, edge.time].map { DecimalText.clock(milliseconds: $0, mark: ",") }
                text += "\(number)\n\(times[0]) --> \(times[1])\n"
                text += active.sorted().map { "\(CaptionSpeakers.alone(SegmentCollector.name($0))):\n" }.joined() + "\n"
            }
            last = edge.time
            if edge.begins { active.append(edge.label) } else { active.removeAll { $0 == edge.label } }
        }
        return text
    }
}
