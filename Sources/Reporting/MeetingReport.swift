public import Reciprocity
public import Timeline

/// All that is reported about one meeting; the text, JSON and CSV forms are made from it.
public struct MeetingReport: Sendable {
    /// Version of the program.
    public var version: String
    /// The sound file; nil when the meeting comes from labels.
    public var recording: RecordingFacts?
    /// How the speech was given to the two people; nil when the meeting comes from labels.
    public var diarization: DiarizationFacts?
    /// The speech segments as found.
    public var timeline: Timeline
    /// The metrics, turns and verdict of `timeline`.
    public var reciprocity: Reciprocity
    /// What to call each person; nil where nobody has said.
    public var names: PerSpeaker<String?>
    /// Which of the two is the reader, who is addressed as "you"; nil where nobody has said.
    public var me: Speaker?
    /// Which enrolled voices were looked for, and where they were found.
    public var recognition: [RecognitionFacts] = []
    /// Heading of the text form; nil for the file name of the recording.
    public var title: String?

    /// A report.
    public init(
        version: String, recording: RecordingFacts? = nil, diarization: DiarizationFacts? = nil, timeline: Timeline,
        reciprocity: Reciprocity, names: PerSpeaker<String?> = .init(a: nil, b: nil), me: Speaker? = nil,
        title: String? = nil
    ) {
        self.version = version
        self.recording = recording
        self.diarization = diarization
        self.timeline = timeline
        self.reciprocity = reciprocity
        self.names = names
        self.me = me
        self.title = title
    }
}

/// What is known of a sound file.
public struct RecordingFacts: Sendable, Hashable {
    /// Where it is, as the reader named it.
    public var path: String
    /// SHA-256 of its bytes, 64 lower-case hexadecimal digits; nil when not computed.
    public var sha256: String?
    /// Length, seconds, ≥ 0.
    public var duration: Double
    /// Samples per second of each channel, hertz.
    public var sampleRate: Int
    /// Number of channels, ≥ 1.
    public var channels: Int
    /// Container and sample encoding in words, such as "WAV, 16 bit".
    public var encoding: String

    /// Facts of a sound file.
    public init(
        path: String, sha256: String?, duration: Double, sampleRate: Int, channels: Int, encoding: String
    ) {
        self.path = path
        self.sha256 = sha256
        self.duration = duration
        self.sampleRate = sampleRate
        self.channels = channels
        self.encoding = encoding
    }
}

/// How speech was given to the two people.
public struct DiarizationFacts: Sendable, Hashable {
    /// What the decision rests on.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// The sound of the voices in one mixed channel.
        case mono
        /// A channel, or file, of each person's own.
        case separate
        /// Where in the room the voices come from.
        case spatial
    }

    /// What the decision rests on.
    public var mode: Mode
    /// Number of people found, 0...2.
    public var speakers: Int
    /// Estimated share of the speech given to the wrong person, 0...1; nil when nobody can say.
    public var estimatedConfusion: Double?
    /// Whether a verdict may be built on it.
    public var trusted: Bool
    /// What went less than well, each one sentence for the reader.
    public var warnings: [String]

    /// How speech was given to the two people.
    public init(
        mode: Mode, speakers: Int, estimatedConfusion: Double?, trusted: Bool, warnings: [String] = []
    ) {
        self.mode = mode
        self.speakers = speakers
        self.estimatedConfusion = estimatedConfusion
        self.trusted = trusted
        self.warnings = warnings
    }
}
