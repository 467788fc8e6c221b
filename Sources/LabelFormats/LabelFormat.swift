/// The forms of label files.
public enum LabelFormat: String, Sendable, Hashable, CaseIterable {
    /// NIST's Rich Transcription Time Marked; see `RTTM`.
    case rttm
    /// NIST's unpartitioned evaluation map; see `UEM`. It holds regions, no speakers.
    case uem
    /// Labels of Audacity; see `AudacityLabels`.
    case audacity
    /// Praat's TextGrid; see `TextGrid`.
    case textgrid
    /// ELAN's annotation format; see `EAF`.
    case eaf
    /// Web Video Text Tracks; see `WebVTT`.
    case vtt
    /// SubRip subtitles; see `SubRip`.
    case srt
    /// A table with start, end and speaker; see `SegmentTable`.
    case csv
    /// Segments as JSON; see `SegmentJSON`.
    case json
    /// Text with a name and a time before each utterance; see `SpeakerTranscript`. It is only read.
    case transcript

    /// What people call the format.
    public var name: String {
        switch self {
        case .rttm: "RTTM"
        case .uem: "UEM"
        case .audacity: "Audacity labels"
        case .textgrid: "Praat TextGrid"
        case .eaf: "ELAN EAF"
        case .vtt: "WebVTT"
        case .srt: "SRT"
        case .csv: "CSV"
        case .json: "JSON"
        case .transcript: "a transcript with names and times"
        }
    }

    /// Extensions of file names, lower case, the usual one first.
    public var fileExtensions: [String] {
        switch self {
        case .rttm: ["rttm"]
        case .uem: ["uem"]
        case .audacity: ["aud"]
        case .textgrid: ["textgrid"]
        case .eaf: ["eaf"]
        case .vtt: ["vtt"]
        case .srt: ["srt"]
        case .csv: ["csv", "tsv"]
        case .json: ["json", "jsonl"]
        case .transcript: []
        }
    }

    /// The format that a file name promises; nil when it promises none, as `.txt` does.
    public init?(fileName: String) {
        let name = fileName.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let ending = name[name.index(after: dot)...].lowercased()
        guard let format = Self.allCases.first(where: { $0.fileExtensions.contains(ending) }) else { return nil }
        self = format
    }

    /// Whether one file can label several recordings.
    public var holdsSeveralRecordings: Bool {
        switch self {
        case .rttm, .uem, .csv, .json: true
        case .audacity, .textgrid, .eaf, .vtt, .srt, .transcript: false
        }
    }

    /// Whether files of this format can be written.
    public var isWritable: Bool { self != .transcript }

    /// The smallest step of time that the format can write, seconds; 0 when times are written in full.
    public var resolution: Double {
        switch self {
        case .rttm, .uem, .eaf, .vtt, .srt: 1e-3
        case .audacity, .textgrid, .csv: 1e-6
        case .json: 0
        case .transcript: 1
        }
    }
}
