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
        var recordings: [LabelledRecording] = []
        var positions: [String: Int] = [:]
        var firstStrangeLine: Int?
        var holdsRecords = false
        for (index, line) in lines(of: text).enumerated() {
            let fields = line.split { $0 == " " || $0 == "\t" }
            guard let type = fields.first, !type.hasPrefix(";;") else { continue }
            guard recordTypes.contains(String(type)) else {
                firstStrangeLine = firstStrangeLine ?? index + 1
                continue
            }
            holdsRecords = true
            guard type == "SPEAKER" else { continue }
            let place = Place(path: path, line: index + 1)
            guard let segment = try segment(of: fields, at: place) else { continue }
            let name = String(fields[1])
            if let position = positions[name] {
                recordings[position].segments.append(segment)
            } else {
                positions[name] = recordings.count
                recordings.append(LabelledRecording(name: name, segments: [segment]))
            }
        }
        if let firstStrangeLine, !holdsRecords {
            throw Place(path: path, line: firstStrangeLine)
                .damage("no line of the file is an RTTM record", "check that the file is RTTM")
        }
        return recordings
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
    private static let recordTypes: Set<String> = [
        "SPEAKER", "SEGMENT", "NOSCORE", "NO_RT_METADATA", "LEXEME", "NON-LEX", "NON-SPEECH", "FILLER", "EDIT", "IP",
        "SU", "CB", "A/P", "SPKR-INFO",
    ]

    /// Times from here on are damage, not meetings: 10^9 seconds are 31 years.
    private static let latestTime = 1e9

    private static func lines(of text: String) -> [Substring] {
        var rest = Substring(text)
        if rest.unicodeScalars.first == "\u{FEFF}" { rest.unicodeScalars.removeFirst() }
        return rest.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    }

    private static func segment(
        of fields: [Substring], at place: Place
    ) throws(LabelFormatError) -> LabelledSegment? {
        guard fields.count >= 9 else {
            throw place.damage(
                "\(fields.count) fields where RTTM has 9 or 10", "add the missing fields, <NA> where there is no value")
        }
        guard fields.count <= 10 else {
            throw place.damage(
                "\(fields.count) fields where RTTM has 9 or 10", "replace the blanks inside names with _")
        }
        let onset = try number(fields[3], "onset", at: place)
        let duration = try number(fields[4], "duration", at: place)
        guard duration >= 0 else {
            throw place.damage("duration \(fields[4]) is negative", "write onset and duration, in seconds")
        }
        let end = ((onset + duration) * 1e6).rounded() / 1e6
        guard end > onset else { return nil }
        return LabelledSegment(label: String(fields[7]), start: onset, end: end)
    }

    private static func number(
        _ field: Substring, _ name: String, at place: Place
    ) throws(LabelFormatError) -> Double {
        guard let value = DecimalText.number(field) else {
            throw place.damage(
                "\(name) \"\(field)\" is not a number", "write seconds with a decimal dot, such as 12.34")
        }
        guard value.magnitude < latestTime else {
            throw place.damage("\(name) \(field) is out of range", "write seconds from the start of the recording")
        }
        return value
    }

    /// A name as one RTTM field: no white space, never empty.
    private static func field(_ name: String) -> String {
        name.isEmpty ? "<NA>" : String(name.map { $0.isWhitespace ? "_" : $0 })
    }

    /// Where in which file a reader is, to say so in errors.
    private struct Place {
        let path: String
        let line: Int

        func damage(_ problem: String, _ advice: String) -> LabelFormatError {
            .damagedLine(path: path, line: line, problem: problem, advice: advice)
        }
    }

    /// A `SPEAKER` line before printing, times in milliseconds.
    private struct Line: Comparable {
        let start: Int
        let end: Int
        let name: String

        init?(_ segment: LabelledSegment) {
            guard segment.start.magnitude < latestTime, segment.end.magnitude < latestTime else { return nil }
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
