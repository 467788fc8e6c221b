import Timeline

/// Segments as JSON, in the shape of the program's own results.
///
/// Written is `{"recording": {"name", "duration"}, "segments": [{"speaker", "start", "end"}]}`, for several recordings an
/// array of these. Read are that, the results of `analyze` and `batch`, WhisperX (`segments` with `speaker`), the
/// results of pyannoteAI (`diarization`), and a bare array of segments.
public enum SegmentJSON {
    /// The recordings that `text` holds labels of.
    ///
    /// Segments without speaker are left out with a warning, and so are recordings of a batch that failed.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: how error messages name the file.
    ///   - recording: what to call a recording when the file does not say it.
    /// - Throws: `LabelFormatError.damagedLine` at the first value that breaks the format.
    public static func document(
        in text: String, path: String = "labels", recording: String = "labels"
    ) throws(LabelFormatError) -> LabelDocument {
        var reader = Reader(path: path, recording: recording)
        for node in try JSONNode.documents(in: text, path: path) {
            let meetings = node.values?.filter { $0["segments"] != nil || $0["error"] != nil } ?? []
            if meetings.isEmpty { try reader.add(node) }
            for meeting in meetings { try reader.add(meeting) }
        }
        var warnings = LabelDocument.warnings(unnamed: reader.unnamed, of: reader.count, "segments")
        if reader.failed > 0 {
            warnings.append("\(reader.failed) recordings that could not be analysed are left out")
        }
        return LabelDocument(format: .json, recordings: reader.found.recordings, warnings: warnings)
    }

    /// The JSON text of `recordings`; times are written in full.
    public static func text(of recordings: [LabelledRecording]) -> String {
        guard recordings.count != 1 else { return object(recordings[0], indent: "") + "\n" }
        guard !recordings.isEmpty else { return "[]\n" }
        return "[\n" + recordings.map { "  " + object($0, indent: "  ") }.joined(separator: ",\n") + "\n]\n"
    }

    private static func object(_ recording: LabelledRecording, indent: String) -> String {
        let rows = recording.segments.filter { $0.start.isFinite && $0.end.isFinite && max($0.start, 0) < $0.end }
            .sorted { ($0.start, $0.end, $0.label) < ($1.start, $1.end, $1.label) }
            .map { segment in
                "\n\(indent)    {\"end\": \(digits(segment.end)), \"speaker\": \(quoted(segment.label)), "
                    + "\"start\": \(digits(max(segment.start, 0)))}"
            }.joined(separator: ",")
        let duration = recording.duration.map(digits) ?? "null"
        return "{\n\(indent)  \"recording\": {\"duration\": \(duration), \"name\": \(quoted(recording.name))},\n"
            + "\(indent)  \"segments\": [\(rows)\(rows.isEmpty ? "" : "\n\(indent)  ")]\n\(indent)}"
    }

    /// The fewest digits that read back to the same number.
    private static func digits(_ value: Double) -> String {
        let digits = value.description
        return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in SegmentCollector.name(text).unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// Gathers the segments of all documents of a file.
    private struct Reader {
        let path: String
        let recording: String
        var found = SegmentCollector()
        var count = 0
        var unnamed = 0
        var failed = 0

        init(path: String, recording: String) {
            self.path = path
            self.recording = recording
        }

        mutating func add(_ node: JSONNode) throws(LabelFormatError) {
            let segments = node["segments"] ?? node["diarization"] ?? node
            guard let segments = segments.values ?? node["segments"]?.values ?? node["output"]?["diarization"]?.values
            else {
                guard node["error"] == nil else {
                    failed += 1
                    return
                }
                throw FileLine(path: path, line: node.line).damage(
                    "there is no list of segments",
                    "give an object with \"segments\", each with \"speaker\", \"start\" and \"end\"")
            }
            let name = name(of: node)
            found.open(name)
            if let duration = node["recording"]?["duration"] {
                let length = try seconds(duration, "duration")
                found.setDuration(length > 0 ? length : nil, of: name)
            }
            for segment in segments { try add(segment, names: node["names"], recording: name) }
        }

        private mutating func add(
            _ segment: JSONNode, names: JSONNode?, recording: String
        ) throws(LabelFormatError) {
            let place = FileLine(path: path, line: segment.line)
            guard case .object = segment.content else {
                throw place.damage("a segment is no object", "write {\"speaker\": ..., \"start\": ..., \"end\": ...}")
            }
            count += 1
            let start = try time("start", of: segment)
            let end = try time("end", of: segment)
            guard let speaker = segment["speaker"] else {
                guard end >= start else {
                    throw place.damage(
                        "the end \(end) lies before the start \(start)", "write the start first, then the end")
                }
                unnamed += 1
                return
            }
            let label: String
            switch speaker.content {
            case .string(let text): label = names?[text]?.string ?? text
            case .number(let digits): label = String(digits)
            default:
                throw FileLine(path: path, line: speaker.line).damage(
                    "a speaker is no text", "write the name in quotes")
            }
            try found.add(label, from: start, to: end, recording: recording, at: place)
        }

        private func time(_ key: String, of segment: JSONNode) throws(LabelFormatError) -> Double {
            guard let node = segment[key] else {
                throw FileLine(path: path, line: segment.line).damage(
                    "a segment has no \(key)", "add \"\(key)\" in seconds")
            }
            return try seconds(node, key)
        }

        private func seconds(_ node: JSONNode, _ name: String) throws(LabelFormatError) -> Double {
            let place = FileLine(path: path, line: node.line)
            guard case .number(let digits) = node.content else {
                throw place.damage("\(name) is not a number", "write seconds without quotes, such as 12.34")
            }
            return try LabelTime.seconds(digits, name, at: place)
        }

        /// The name of a recording; of a path the last part without ending.
        private func name(of node: JSONNode) -> String {
            if let name = node["recording"]?["name"]?.string { return SegmentCollector.name(name) }
            guard let path = node["recording"]?["path"]?.string else { return recording }
            return LabelDocument.baseName(path)
        }
    }
}
