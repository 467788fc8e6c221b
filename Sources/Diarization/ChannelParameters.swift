/// Parameters of recordings with two channels or more.
///
/// Level differences are in decibels, channel 1 minus channel 2.
public struct ChannelParameters: Sendable, Hashable {
    /// With fewer frames of speech in either channel nothing is concluded from their difference.
    public var leastVoiceFrames = 50
    /// At most so many frames of speech are compared, evenly spread.
    public var greatestVoiceFrameCount = 50_000
    /// A channel is dead when its mean log power stays below this in 90 % of its own speech, or of all where it has none.
    public var deadLogPower: Float = -18.5
    /// Channels are the same signal when their spectra differ by less than this (median over speech), decibels.
    public var sameSignalDifference: Float = 0.7
    /// With one person per channel the two levels of the difference lie beyond plus and minus this, decibels.
    public var leastMode: Float = 3
    /// The two levels are at least this far apart, decibels.
    public var leastModeDistance: Float = 9
    /// Each of them holds at least this share of the speech.
    public var leastModeShare = 0.03
    /// A channel's voice counts this far above the other channel's leak, as a part of the distance of the two levels:
    /// a leak of 10 dB leaves 20 dB between them, and its level swings by several decibels from frame to frame.
    public var leakMarginShare: Float = 0.3
    /// The margin is at least and at most this, decibels: with channels far apart a soft voice under a loud one counts.
    public var leakMargins: ClosedRange<Float> = 4...10
    /// Smoothing of the level difference for the decision what the channels are, frames.
    public var kindSmoothing = 11
    /// Smoothing of the level difference for whose voice it is, frames.
    public var gateSmoothing = 15
    /// Groups of channels with at least this share of the most speech any group holds are the same people, heard by
    /// other microphones or in a mixture.
    public var sameSpeechShare = 0.85
    /// Two people who talk with each other speak at once for less than this part of the time that chance would have it:
    /// at most 0.49 in the references of the corpus, about 1 for music and somebody.
    public var greatestTurnOverlap = 0.7
    /// For that, speech counts that is at most this much softer than the loudest of its channel, decibels.
    public var loudDepth: Float = 12
    /// Pauses of one channel shorter than this are bridged, frames: the 0.3 s that usual references take for a pause.
    public var bridgedPause = 30
    /// Speech in one channel shorter than this is dropped, frames.
    public var leastSpeech = 10

    /// The measured defaults.
    public init() {}

    /// The margin with two typical level differences.
    func leakMargin(_ modes: (lower: Float, upper: Float)) -> Float {
        min(max((modes.upper - modes.lower) * leakMarginShare, leakMargins.lowerBound), leakMargins.upperBound)
    }
}

/// Parameters of the evidence of where a sound comes from, with two microphones in one room.
public struct SpatialParameters: Sendable, Hashable {
    /// Axes of the correlation over lags along which places differ most.
    public var axisCount = 4
    /// Rows (100 ms) of speech over which the correlation is averaged to find the axes and the starts.
    public var smoothing = 5
    /// Clusters of places of which each is held against the others as a start.
    public var clusterCount = 4
    /// Exponent of the likelihood of a place: echo and noise move it for longer than a block.
    public var exponent = 0.6
    /// A block speaks for either person by at most this, log odds.
    public var greatestAdvantage = 6.0
    /// Blocks at the mean place of all speech in each person's place.
    public var priorBlocks = 10.0
    /// The axes are found on about this many blocks, evenly spread.
    public var greatestRowCount = 2000
    /// Rounds of the eigenvector iteration and of the clustering.
    public var roundCount = 30

    /// The measured defaults.
    public init() {}
}
