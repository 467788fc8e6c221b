public import AudioDecoding
public import Diarization
public import Reciprocity

/// Everything that steers the analysis of one recording.
public struct AnalysisParameters: Sendable, Hashable {
    /// What is accepted as a recording.
    public var decoding = AudioDecodingParameters()
    /// Who spoke when.
    public var diarization = DiarizationParameters()
    /// Metrics and verdict.
    public var reciprocity = ReciprocityParameters()
    /// How two tracks are put on one time axis.
    public var trackOffset = TrackOffsetParameters()
    /// How the channels are read.
    public var channelUse = ChannelUse.auto
    /// Threads that work at the same time, at least 1; the result does not depend on it.
    public var threads = 1
    /// Whether to take the hash by which the recording is known again; a tenth of the whole cost.
    public var identifiesRecording = true
    /// Frames read at once from the decoder.
    ///
    /// 8192 frames of two channels stay in the second-level cache.
    public var readFrameCount = 8192

    /// The measured defaults on one thread.
    public init() {}
}
