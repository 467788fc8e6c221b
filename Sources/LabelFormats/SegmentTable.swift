import Timeline

/// Segments as comma-separated values (RFC 4180): a row per stretch of speech, times in seconds with a decimal dot.
///
/// Written are the columns `start`, `end` and `speaker`, and `recording` before them when there are several. Read are
/// commas, semicolons or tabs, any order of columns, the usual other names for them (`columnNames`), a duration instead
/// of an end, and tables of start, end and speaker without a first row of names.
public enum SegmentTable {
    /// The recordings that `text` holds labels of, in the order of their first row.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: how error messages name the file.
    ///   - recording: what to call the recording when no column does.
    /// - Throws: `LabelFormatError.damagedLine` at the first row that breaks the format.
    public static func document(
        in text: String, path: String = "labels", recording: String = "labels"
    ) throws(LabelFormatError) -> LabelDocument {
        var rows = CSVRows(text: text, path: path)
        var found = SegmentCollector()
        guard let first = try rows.next() else { return LabelDocument(format: .csv, recordings: []) }
        var columns = Columns(start: 0, end: 1, speaker: 2, count: 3)
        if holdsSegment(first.fields) {
            columns.count = first.fields.count
            try add(first, columns, recording, to: &found, path: path)
        } else {
            columns = try Columns(names: first.fields, at: FileLine(path: path, line: first.line))
            if columns.recording == nil { found.open(recording) }
        }
        while let row = try rows.next() { try add(row, columns, recording, to: &found, path: path) }
        return LabelDocument(format: .csv, recordings: found.recordings)
    }

    /// The table of `recordings`, times to the microsecond, sorted by start, end and name.
    public static func text(of recordings: [LabelledRecording]) -> String {
        let isMany = recordings.count > 1
        var text = (isMany ? "recording," : "") + "start,end,speaker\n"
        for recording in recordings {
            let rows = recording.segments.compactMap { segment in
                SpeakerTier.span(of: segment, ticksPerSecond: 1e6).map { (span: $0, name: segment.label) }
            }.sorted { ($0.span.start, $0.span.end, $0.name) < ($1.span.start, $1.span.end, $1.name) }
            for row in rows {
                if isMany { text += CSVRows.quoted(SegmentCollector.name(recording.name)) + "," }
                text += DecimalText.shortSeconds(microseconds: row.span.start) + ","
                text += DecimalText.shortSeconds(microseconds: row.span.end) + ","
                text += CSVRows.quoted(SegmentCollector.name(row.name)) + "\n"
            }
        }
        return text
    }

    /// Whether a first row names the columns that segments need.
    static func namesColumns(_ fields: [String]) -> Bool {
        (try? Columns(names: fields, at: FileLine(path: "", line: 1))) != nil
    }

    /// Whether a row is a segment: two numbers, then something else.
    static func holdsSegment(_ fields: [String]) -> Bool {
        fields.count >= 3 && DecimalText.number(fields[0].trimmed) != nil
            && DecimalText.number(fields[1].trimmed) != nil
    }

    /// Names of columns, lower case, by what they mean.
    static let columnNames: [Column: Set<String>] = [
        .start: [
            "start", "begin", "onset", "start_time", "starttime", "start time", "start_s", "start (s)", "tmin", "xmin",
            "from",
        ],
        .end: ["end", "stop", "offset", "end_time", "endtime", "end time", "end_s", "end (s)", "tmax", "xmax", "to"],
        .duration: ["duration", "dur", "length", "duration_s", "duration (s)"],
        .speaker: ["speaker", "label", "name", "who", "speaker_id", "speaker_name", "person", "tier", "participant"],
        .recording: ["recording", "file", "uri", "filename", "file_id", "audio"],
    ]

    /// What a column can mean.
    enum Column: Sendable, Hashable, CaseIterable {
        case start, end, duration, speaker, recording
    }

    /// Where in a row what stands.
    private struct Columns {
        var start: Int
        var end: Int?
        var duration: Int?
        var speaker: Int
        var recording: Int?
        var count: Int

        init(start: Int, end: Int, speaker: Int, count: Int) {
            (self.start, self.end, self.speaker, self.count) = (start, end, speaker, count)
        }

        init(names: [String], at place: FileLine) throws(LabelFormatError) {
            let lower = names.map { SegmentCollector.name($0).lowercased() }
            func position(_ column: Column) -> Int? {
                lower.firstIndex { columnNames[column]?.contains($0) == true }
            }
            (end, duration, recording, count) = (
                position(.end), position(.duration), position(.recording), names.count
            )
            guard let start = position(.start), let speaker = position(.speaker), end != nil || duration != nil else {
                throw place.damage(
                    "the first row names no columns for start, end and speaker",
                    "write start,end,speaker as the first row")
            }
            (self.start, self.speaker) = (start, speaker)
        }
    }

    private static func add(
        _ row: CSVRows.Row, _ columns: Columns, _ recording: String, to found: inout SegmentCollector, path: String
    ) throws(LabelFormatError) {
        let place = FileLine(path: path, line: row.line)
        guard row.fields.count == columns.count else {
            throw place.damage(
                "\(row.fields.count) fields where the first row has \(columns.count)",
                "put quotes around a field that holds a comma; write decimals with a dot")
        }
        let start = try LabelTime.seconds(row.fields[columns.start].trimmed, "start", at: place)
        let end: Double
        if let column = columns.end {
            end = try LabelTime.seconds(row.fields[column].trimmed, "end", at: place)
        } else {
            let duration = try LabelTime.seconds(row.fields[columns.duration ?? 0].trimmed, "duration", at: place)
            end = max(start, ((start + duration) * 1e6).rounded() / 1e6)
        }
        let name = columns.recording.map { SegmentCollector.name(row.fields[$0]) } ?? recording
        try found.add(row.fields[columns.speaker], from: start, to: end, recording: name, at: place)
    }
}
