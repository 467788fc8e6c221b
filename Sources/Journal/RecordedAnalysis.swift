public import Reciprocity
public import Timeline

/// What was heard in the recording of a meeting, or read from its labels: enough to compute the same metrics again.
public struct RecordedAnalysis: Sendable, Hashable {
    /// Where the timeline comes from.
    public enum Source: String, Sendable, Hashable, CaseIterable, Codable {
        /// The program analysed a recording.
        case recording
        /// Somebody else's label file.
        case labels
    }

    /// Where the timeline comes from.
    public var source: Source
    /// Name of the file, without its folder.
    public var name: String
    /// Who spoke when, in the order of the analysis.
    public var timeline: Timeline
    /// Which speaker is the one who keeps the journal.
    public var me: Speaker
    /// How far the segmentation can be trusted; nil for labels taken as they are.
    public var trust: SegmentationTrust?
    /// Grid of the times, seconds, > 0; nil when they are exact.
    public var timeResolution: Double?
    /// The sound file; nil for labels.
    public var sound: SoundFacts?

    /// What is known of the sound and of how the voices were told apart.
    public struct SoundFacts: Sendable, Hashable {
        /// Samples per second of each channel, hertz.
        public var sampleRate: Int
        /// Number of channels, ≥ 1.
        public var channels: Int
        /// Container and encoding in words.
        public var encoding: String
        /// What told the people apart: `mono`, `separate` or `spatial`.
        public var mode: String
        /// Number of people found, 0...2.
        public var speakers: Int
        /// What went less than well, each one sentence.
        public var warnings: [String]

        /// Facts of a sound file.
        public init(
            sampleRate: Int, channels: Int, encoding: String, mode: String, speakers: Int, warnings: [String]
        ) {
            self.sampleRate = sampleRate
            self.channels = channels
            self.encoding = encoding
            self.mode = mode
            self.speakers = speakers
            self.warnings = warnings
        }
    }

    /// What was heard.
    public init(
        source: Source, name: String, timeline: Timeline, me: Speaker, trust: SegmentationTrust? = nil,
        timeResolution: Double? = nil, sound: SoundFacts? = nil
    ) {
        self.source = source
        self.name = name
        self.timeline = timeline
        self.me = me
        self.trust = trust
        self.timeResolution = timeResolution
        self.sound = sound
    }
}
