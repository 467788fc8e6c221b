import Timeline

/// Praat's TextGrid: one interval tier per speaker, each tiling the whole time, empty text for silence.
///
/// Read are the long and the short text form (to a reader that keeps to Praat's rules they are the same) and the
/// chronological one; points are skipped. Praat manual, "TextGrid file formats".
public enum TextGrid {
    /// The recording that `text` labels; its length is the end of the grid.
    ///
    /// A tier is a speaker. In a file with a single tier that holds names (it is called so, see `namesTiers`) each
    /// text is a speaker instead. Intervals marked as silence (`silenceMarks`) hold no speech.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: how error messages name the file.
    ///   - recording: what to call the recording.
    /// - Throws: `LabelFormatError.damagedLine` at the first line that breaks the format.
    public static func document(
        in text: String, path: String = "labels", recording: String = "labels"
    ) throws(LabelFormatError) -> LabelDocument {
        var reader = TextGridReader(text: text, path: path)
        let grid = try reader.grid()
        let spoken = grid.tiers.filter(\.holdsIntervals)
        let holdsNames = spoken.count == 1 && namesTiers.contains(spoken[0].name.lowercased())
        var found = SegmentCollector()
        found.open(recording)
        for tier in spoken {
            for interval in tier.intervals where !isSilence(interval.text, in: tier.name) {
                try found.add(
                    holdsNames ? interval.text : tier.name, from: interval.start, to: interval.end,
                    recording: recording, at: interval.place)
            }
        }
        found.setDuration(grid.end > 0 ? grid.end : nil, of: recording)
        return LabelDocument(format: .textgrid, recordings: found.recordings)
    }

    /// The long text form in UTF-8, times to the microsecond; the text of each interval of speech is the name.
    ///
    /// Praat allows no grid without length and no grid without tier: an empty recording is 1 ms long, and one without
    /// speech has a single silent tier.
    public static func text(of recording: LabelledRecording) -> String {
        let tiers = SpeakerTier.tiers(of: recording.segments, ticksPerSecond: ticksPerSecond)
        let length = LabelledSegment(label: "", start: 0, end: recording.duration ?? 0)
        let duration = SpeakerTier.span(of: length, ticksPerSecond: ticksPerSecond)?.end ?? 0
        let end = max(duration, tiers.compactMap(\.spans.last?.end).max() ?? 0, shortest)
        let shown = tiers.isEmpty ? [SpeakerTier(label: "speech", spans: [])] : tiers
        let limits = { (indent: String, start: Int, end: Int) in
            "\(indent)xmin = \(DecimalText.shortSeconds(microseconds: start)) \n"
                + "\(indent)xmax = \(DecimalText.shortSeconds(microseconds: end)) \n"
        }
        var text = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n" + limits("", 0, end)
        text += "tiers? <exists> \nsize = \(shown.count) \nitem []: \n"
        for (index, tier) in shown.enumerated() {
            let intervals = tiling(tier.spans, end: end)
            text += "    item [\(index + 1)]:\n        class = \"IntervalTier\" \n"
            text += "        name = \(quoted(tier.label)) \n" + limits("        ", 0, end)
            text += "        intervals: size = \(intervals.count) \n"
            for (number, interval) in intervals.enumerated() {
                text += "        intervals [\(number + 1)]:\n"
                text += limits("            ", interval.span.start, interval.span.end)
                text += "            text = \(interval.isSpeech ? quoted(tier.label) : "\"\"") \n"
            }
        }
        return text
    }

    /// Texts of intervals in which nobody speaks: nothing, Praat's own "silent", and the marks of forced aligners.
    static let silenceMarks: Set<String> = [
        "", "silent", "silence", "sil", "<sil>", "sp", "<eps>", "<p:>", "#", "<nonspeech>", "nonspeech",
    ]

    /// Names of a tier whose texts are names of speakers, lower case.
    static let namesTiers: Set<String> = [
        "speaker", "speakers", "spk", "diarization", "diarisation", "label", "labels",
    ]

    private static let ticksPerSecond = 1e6
    /// Microseconds.
    private static let shortest = 1000

    /// A person may be called like a mark of silence: a text that is the tier's own name is speech.
    private static func isSilence(_ text: String, in tier: String) -> Bool {
        silenceMarks.contains(text.trimmed.lowercased()) && (text.trimmed.isEmpty || text.trimmed != tier.trimmed)
    }

    private static func tiling(_ spans: [SpeakerTier.Span], end: Int) -> [(span: SpeakerTier.Span, isSpeech: Bool)] {
        var intervals: [(span: SpeakerTier.Span, isSpeech: Bool)] = []
        var reached = 0
        for span in spans {
            if span.start > reached { intervals.append((SpeakerTier.Span(start: reached, end: span.start), false)) }
            intervals.append((span, true))
            reached = span.end
        }
        if reached < end { intervals.append((SpeakerTier.Span(start: reached, end: end), false)) }
        return intervals
    }

    /// Quotes are doubled; judged by scalars, because a quote with a combining mark is another `Character`.
    private static func quoted(_ name: String) -> String {
        var quoted = "\""
        for scalar in SegmentCollector.name(name).unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
