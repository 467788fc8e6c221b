/// What the header of a recording says about its sound.
public struct AudioFormat: Sendable, Hashable {
    /// Frames per second, hertz.
    public var sampleRate: Int
    /// Samples in each frame, ≥ 1.
    public var channelCount: Int
    /// Container and encoding in plain words, for example "WAV, 16-bit PCM".
    public var encoding: String
    /// Frames the header promises; nil if it states none, as recorders that write to a pipe do.
    ///
    /// It is a promise and no more: a cut-off or damaged recording yields another number of frames.
    public var statedFrameCount: Int?

    /// A format as stated.
    public init(sampleRate: Int, channelCount: Int, encoding: String, statedFrameCount: Int? = nil) {
        self.sampleRate = sampleRate
        self.channelCount = channelCount
        self.encoding = encoding
        self.statedFrameCount = statedFrameCount
    }
}
