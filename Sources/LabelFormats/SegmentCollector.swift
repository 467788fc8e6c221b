import Timeline

/// Gathers the segments that a reader finds, by recording, and checks what every format has to keep to.
struct SegmentCollector {
    /// People of one recording at most: a file with more holds words or sentences where names should be.
    ///
    /// The largest public diarization corpora stay below 60 in one recording.
    static let mostSpeakers = 256

    /// Segments of a file at most: every word of four days.
    static let mostSegments = 1_000_000

    /// Bytes of a name at most.
    static let longestName = 1024

    private var count = 0
    private var found: [LabelledRecording] = []
    private var positions: [String: Int] = [:]
    private var labels: [Set<String>] = []

    /// What was gathered, in the order of the first line of each recording.
    var recordings: [LabelledRecording] { found }

    /// Adds a stretch of speech; one without length holds no speech and is left out.
    ///
    /// - Throws: `LabelFormatError.damagedLine` when it ends before it starts, has no name, or is one of too many
    ///   people.
    mutating func add(
        _ label: some StringProtocol, from start: Double, to end: Double, recording: String, at place: FileLine
    ) throws(LabelFormatError) {
        guard end >= start else {
            throw place.damage("the end \(end) lies before the start \(start)", "write the start first, then the end")
        }
        guard label.utf8.count <= Self.longestName else {
            throw place.damage(
                "the name of the speaker has more than \(Self.longestName) bytes", "write who speaks, not what is said")
        }
        let name = Self.name(label)
        guard !name.isEmpty else { throw place.damage("the speaker has no name", "name the speaker") }
        let position = open(recording)
        guard end > start else { return }
        if labels[position].insert(name).inserted, labels[position].count > Self.mostSpeakers {
            throw place.damage(
                "more than \(Self.mostSpeakers) different names, so these are no names of speakers",
                "write who speaks, not what is said")
        }
        count += 1
        guard count <= Self.mostSegments else { throw Self.tooMany(at: place) }
        found[position].segments.append(LabelledSegment(label: name, start: start, end: end))
    }

    /// The failure for a file with too many segments.
    static func tooMany(at place: FileLine) -> LabelFormatError {
        place.damage("more than \(mostSegments) labels", "give a file of labels for a single meeting")
    }

    /// Notes that the file labels `recording`, even if nobody speaks in it.
    ///
    /// - Returns: its place among the recordings.
    @discardableResult
    mutating func open(_ recording: String) -> Int {
        if let position = positions[recording] { return position }
        positions[recording] = found.count
        found.append(LabelledRecording(name: recording, segments: []))
        labels.append([])
        return found.count - 1
    }

    /// Notes the length of a recording, seconds.
    mutating func setDuration(_ duration: Double?, of recording: String) { found[open(recording)].duration = duration }

    /// A name on one line: every run of white space and control characters is one blank, none at the ends.
    static func name(_ label: some StringProtocol) -> String {
        let isPlain = label.utf8.allSatisfy { $0 > 32 && $0 != 127 && $0 < 128 }
        if isPlain { return String(label) }
        return label.unicodeScalars.split {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control || $0 == "\u{FEFF}"
        }.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }
}
