public import Timeline

/// Rich Transcription Time Marked labels: one `SPEAKER` line per stretch of speech.
///
/// `SPEAKER <recording> <channel> <onset> <duration> <NA> <NA> <name> <NA> <NA>`, fields parted by blanks or tabs,
/// times in seconds. NIST, "The 2009 (RT-09) Rich Transcription Meeting Recognition Evaluation Plan", appendix A.
public enum RTTM {
    /// The recordings that `text` holds labels of, in the order of their first line.
    ///
    /// Other record types of the standard, `;;` comments and blank lines are skipped; nine or ten fields, LF or
    /// CRLF and a byte order mark are all taken. A duration of 0 is legal and holds no speech. Ends are rounded
    /// to the microsecond, so that onset 1.1 and duration 2.2 end at 3.3 exactly as a format with end times says.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: how error messages name the file.
    /// - Throws: `LabelFormatError.damagedLine` at the first line that breaks the format, or at the first line of a
    ///   text in which no line is an RTTM record.
    public static func recordings(
        in text: String, path: String = "labels"
    ) throws(LabelFormatError) -> [LabelledRecording] {
        var found = SegmentCollector()
        var firstStrangeLine: Int?
        var holdsRecords = false
        for (index, line) in try LabelLines.lines(of: text, path: path).enumerated() {
            let fields = line.fields
            guard let type = fields.first, !type.hasPrefix(";;") else { continue }
            guard recordTypes.contains(String(type)) else {
                firstStrangeLine = firstStrangeLine ?? index + 1
                continue
            }
            holdsRecords = true
            guard type == "SPEAKER" else { continue }
            try add(fields, to: &found, at: FileLine(path: path, line: index + 1))
        }
        if let firstStrangeLine, !holdsRecords {
            throw FileLine(path: path, line: firstStrangeLine)
                .damage("no line of the file is an RTTM record", "check that the file is RTTM")
        }
        return found.recordings
    }

    /// The recordings that the file at `path` holds labels of.
    ///
    /// - Throws: as `LabelFile.text(atPath:)` and `recordings(in:path:)`.
    public static func recordings(atPath path: String) throws(LabelFormatError) -> [LabelledRecording] {
        try recordings(in: LabelFile.text(atPath: path), path: path)
    }

    /// The RTTM text of one recording, times with three decimals, sorted by start, end and name.
    ///
    /// Start and end are rounded to the millisecond and the duration is their difference, so rounding never opens
    /// a gap between two segments that touch. White space in names becomes `_`, which RTTM needs. Segments that
    /// round to nothing or are not finite are left out.
    public static func text(of segments: [LabelledSegment], recording name: String) -> String {
        let lines = segments.compactMap(Line.init).sorted()
        let recording = field(name)
        return lines.map { line in
            let onset = DecimalText.seconds(milliseconds: line.start)
            let duration = DecimalText.seconds(milliseconds: line.end - line.start)
            return "SPEAKER \(recording) 1 \(onset) \(duration) <NA> <NA> \(line.name) <NA> <NA>\n"
        }.joined()
    }

    /// Every record type of RT-09, so that a file of another kind is told from an RTTM file without speakers.
    static let recordTypes: Set<String> = [
        "SPEAKER", "SEGMENT", "NOSCORE", "NO_RT_METADATA", "LEXEME", "NON-LEX", "NON-SPEECH", "FILLER", "EDIT", "IP",
        "SU", "CB", "A/P", "SPKR-INFO",
    ]

    private static func add(
        _ fields: [Substring], to found: inout SegmentCollector, at place: FileLine
    ) throws(LabelFormatError) {
        guard fields.count >= 9 else {
            throw place.damage(
                "\(fields.count) fields where RTTM has 9 or 10", "add the missing fields, <NA> where there is no value")
        }
        guard fields.count <= 10 else {
            throw place.damage(
                "\(fields.count) fields where RTTM has 9 or 10", "replace the blanks inside names with _")
        }
        let onset = try LabelTime.seconds(fields[3], "onset", at: place)
        let duration = try LabelTime.seconds(fields[4], "duration", at: place)
        let end = ((onset + duration) * 1e6).rounded() / 1e6
        try found.add(fields[7], from: onset, to: max(onset, end), recording: String(fields[1]), at: place)
    }

    /// A name as one RTTM field: no white space, never empty.
    static func field(_ name: String) -> String {
        let scalars = name.unicodeScalars.map {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control ? "_" : $0
        }
        return scalars.isEmpty ? "<NA>" : String(String.UnicodeScalarView(scalars))
    }

    /// A `SPEAKER` line before printing, times in milliseconds.
    private struct Line: Comparable {
        let start: Int
        let end: Int
        let name: String

        init?(_ segment: LabelledSegment) {
            guard segment.start.magnitude < LabelTime.limit, segment.end.magnitude < LabelTime.limit else { return nil }
            start = DecimalText.milliseconds(segment.start)
            end = DecimalText.milliseconds(segment.end)
            name = field(segment.label)
            guard end > start else { return nil }
        }

        static func < (left: Line, right: Line) -> Bool {
            (left.start, left.end, left.name) < (right.start, right.end, right.name)
        }
    }
}
