import Timeline

/// Web Video Text Tracks: captions with a voice span for each stretch of speech.
///
/// W3C, "WebVTT: The Web Video Text Tracks Format", Candidate Recommendation 2019.
public enum WebVTT {
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
        guard lines.first?.fields.first == "WEBVTT" else {
            throw FileLine(path: path, line: 1).damage(
                "the file does not start with WEBVTT", "write it as the first line")
        }
        let cues = try CaptionCue.cues(in: lines, dialect: .vtt, path: path)
        return try CaptionSpeakers.document(of: cues, format: .vtt, recording: recording)
    }

    /// The captions of a recording's labels by time, each with its voice span and the name as its words.
    public static func text(of recording: LabelledRecording) -> String {
        let cues = recording.segments.compactMap { segment in
            SpeakerTier.span(of: segment, ticksPerSecond: 1000).map {
                (span: $0, name: SegmentCollector.name(segment.label))
            }
        }.sorted { ($0.span.start, $0.span.end, $0.name) < ($1.span.start, $1.span.end, $1.name) }
        return "WEBVTT\n"
            + cues.map { cue in
                let start = DecimalText.clock(milliseconds: cue.span.start, mark: ".")
                let end = DecimalText.clock(milliseconds: cue.span.end, mark: ".")
                let name = CaptionSpeakers.escaped(cue.name)
                return "\n\(start) --> \(end)\n<v \(name)>\(name)</v>\n"
            }.joined()
    }
}
