import Timeline

/// What a label file of any format holds.
public struct LabelDocument: Sendable, Hashable {
    /// The format it is written in.
    public var format: LabelFormat
    /// Who speaks when, by recording; empty in a file of regions.
    public var recordings: [LabelledRecording]
    /// Regions to be scored, by recording; empty unless the file is UEM.
    public var regions: [UEM.Map] = []
    /// Sentences for the user about content that could not be used; empty when all was.
    public var warnings: [String] = []

    /// The content of a label file.
    public init(
        format: LabelFormat, recordings: [LabelledRecording], regions: [UEM.Map] = [], warnings: [String] = []
    ) {
        self.format = format
        self.recordings = recordings
        self.regions = regions
        self.warnings = warnings
    }

    /// Reads the file at `path`, whatever its format.
    ///
    /// - Throws: as `LabelFile.text(atPath:)` and `init(text:path:)`.
    public init(atPath path: String) throws(LabelFormatError) {
        try self.init(text: LabelFile.text(atPath: path), path: path)
    }

    /// Reads a text, whatever its format; the content decides, and only where it says nothing the name.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: its name, for messages, for the recording where the file does not name it, and as a hint.
    /// - Throws: `LabelFormatError.damagedLine` when no format fits, or at the first line that breaks the format.
    public init(text: String, path: String) throws(LabelFormatError) {
        let named = LabelFormat(fileName: path)
        guard let format = LabelFormat(content: text) ?? named else {
            let body = LabelLines.withoutByteOrderMark(text)
            guard let first = body.utf8.firstIndex(where: { $0 > UInt8(ascii: " ") }) else {
                // Nobody speaks in an empty file.
                self.init(format: .rttm, recordings: [])
                return
            }
            let before = LabelLines.lines(of: body[..<first], atMost: LabelLines.mostLines)
            throw FileLine(path: path, line: before.count).damage(
                "the line begins no label format that is known",
                "give one of: " + LabelFormat.allCases.map(\.name).joined(separator: ", "))
        }
        let name = Self.baseName(path)
        switch format {
        case .rttm: self.init(format: .rttm, recordings: try RTTM.recordings(in: text, path: path))
        case .uem: self.init(format: .uem, recordings: [], regions: try UEM.maps(in: text, path: path))
        case .audacity: self = try AudacityLabels.document(in: text, path: path, recording: name)
        case .textgrid: self = try TextGrid.document(in: text, path: path, recording: name)
        case .eaf: self = try EAF.document(in: text, path: path, recording: name)
        case .vtt: self = try WebVTT.document(in: text, path: path, recording: name)
        case .srt: self = try SubRip.document(in: text, path: path, recording: name)
        case .csv: self = try SegmentTable.document(in: text, path: path, recording: name)
        case .json: self = try SegmentJSON.document(in: text, path: path, recording: name)
        case .transcript: self = try SpeakerTranscript.document(in: text, path: path, recording: name)
        }
    }

    /// The text of `recordings` in a format that can be written.
    ///
    /// As UEM, a recording is one region from 0 to its length or, where that is not known, to its last label.
    ///
    /// - Precondition: `format.isWritable`, and a single recording unless `format.holdsSeveralRecordings`.
    public static func text(of recordings: [LabelledRecording], as format: LabelFormat) -> String {
        precondition(format.isWritable, "\(format.name) is only read")
        precondition(recordings.count == 1 || format.holdsSeveralRecordings, "\(format.name) holds one recording")
        switch format {
        case .rttm: return recordings.map { RTTM.text(of: $0.segments, recording: $0.name) }.joined()
        case .uem:
            return UEM.text(
                of: recordings.map { recording in
                    let end = recording.duration ?? recording.segments.map(\.end).max() ?? 0
                    return UEM.Map(recording: recording.name, regions: [TimeSpan(start: 0, end: end)])
                })
        case .csv: return SegmentTable.text(of: recordings)
        case .json: return SegmentJSON.text(of: recordings)
        case .audacity: return AudacityLabels.text(of: recordings[0])
        case .textgrid: return TextGrid.text(of: recordings[0])
        case .eaf: return EAF.text(of: recordings[0])
        case .vtt: return WebVTT.text(of: recordings[0])
        case .srt: return SubRip.text(of: recordings[0])
        case .transcript: return ""
        }
    }

    /// The warning about what names no speaker; none when all does.
    static func warnings(unnamed: Int, of count: Int, _ things: String) -> [String] {
        unnamed == 0 ? [] : ["\(unnamed) of \(count) \(things) name no speaker and are left out"]
    }

    /// The last part of a path without its ending.
    static func baseName(_ path: String) -> String {
        let last = path.split { $0 == "/" || $0 == "\\" }.last ?? ""
        guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return String(last) }
        return String(last[..<dot])
    }
}
