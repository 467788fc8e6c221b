public import Diarization
public import Reciprocity

/// What a recording is, apart from what is said in it.
public struct RecordingIdentity: Sendable, Hashable {
    /// The path as given, or "standard input".
    public var path: String
    /// SHA-256 of the bytes as stored, lower-case hexadecimal (FIPS 180-4); nil where it was not asked for.
    public var sha256: String?
    /// Length of the sound, seconds.
    public var duration: Double
    /// Frames per second, hertz.
    public var sampleRate: Int
    /// Samples in each frame.
    public var channelCount: Int
    /// Container and encoding in plain words.
    public var encoding: String

    /// A recording.
    public init(
        path: String, sha256: String?, duration: Double, sampleRate: Int, channelCount: Int, encoding: String
    ) {
        (self.path, self.sha256, self.duration) = (path, sha256, duration)
        (self.sampleRate, self.channelCount, self.encoding) = (sampleRate, channelCount, encoding)
    }
}

/// A whole analysis: the recording, who spoke when, and what that means.
public struct RecordingAnalysis: Sendable, Hashable {
    /// The recording itself.
    public var recording: RecordingIdentity
    /// Who spoke when; its warnings include those of the decoder.
    public var diarization: Diarization
    /// Metrics and verdict.
    public var reciprocity: Reciprocity
}
