public import SpectralAnalysis

/// Everything that steers who-spoke-when.
///
/// Defaults are those the accuracy figures were measured with.
public struct DiarizationParameters: Sendable, Hashable {
    /// Frames, bands, harmonicity.
    public var spectral = SpectralParameters()
    /// Speech or not.
    public var voiceActivity = VoiceActivityParameters()
    /// Which of two people.
    public var segmentation = SegmentationParameters()
    /// Where both speak.
    public var overlap = OverlapParameters()
    /// Where it comes from, with two microphones in one room.
    public var spatial = SpatialParameters()
    /// What two channels, or more, mean.
    public var channels = ChannelParameters()
    /// How far to trust it.
    public var confidence = ConfidenceParameters()
    /// Whether to measure the voices of people on channels of their own; those parted by voice cost nothing more.
    public var measuresVoices = false

    /// The measured defaults.
    public init() {}
}

/// Parameters of voice activity detection.
///
/// Levels are natural logarithms of power; 1 is 4.3 dB.
public struct VoiceActivityParameters: Sendable, Hashable {
    /// With no power above this nothing was recorded yet, or nothing more: about the rounding noise of 16 bits.
    public var outerSilence: Float = -20
    /// A mean over the bands below this is digital silence, which says nothing about how loud the meeting is; the rounding
    /// noise of 16 bits lies just under it.
    public var digitalSilence: Float = -22
    /// Loud is what the level exceeds in this share of the frames that are not digital silence...
    public var loudShare = 0.05
    /// ...but for so many frames at most (30 s): minutes of talk in an hour of quiet are loud too.
    public var loudFrames = 3000
    /// Log powers further than this below loud speech (39 dB) are taken for that: at any recording level the same.
    public var quietDepth: Float = 9
    /// Smoothing of log powers before quantiles are taken, frames.
    public var levelSmoothing = 5
    /// Block of the noise floor, frames.
    public var floorBlock = 25
    /// Quantile of a block that stands for its floor (quantile-based noise estimation, Stahl and others, 2000).
    public var floorQuantile = 0.2
    /// The floor is the least block within this many blocks on either side: 5 s, longer than a breath of speech.
    public var floorReach = 20
    /// Moving average over the floor afterwards, blocks.
    public var floorSmoothing = 20
    /// The floor is not taken further than this below loud speech.
    public var floorDepth: Float = 8
    /// All noise is brought to the floor that a band has this share of the time at most, 0...1.
    public var commonFloorQuantile = 0.9
    /// A band counts only above the floor by this much; quantiles of noise lie about so far under its mean.
    public var floorMargin: Float = 0.5
    /// Signal-to-noise ratio of a band is limited to this.
    public var greatestRatio: Float = 6
    /// Factor from score to log odds per frame in the decoder: frames are far from independent.
    public var scoreScale = 0.25
    /// Added after scaling; speech must be a little more likely than not.
    public var scoreOffset = -0.1
    /// Cost of each change between speech and silence, log odds.
    public var switchCost = 4.0
    /// Least length of a stretch of speech or silence in the decoder, frames.
    public var leastRun = 10
    /// Speech is widened by this on both sides, frames.
    public var padding = 0
    /// Within speech, frames whose level lies this far (26 dB) below the highest near them are its edge or a pause.
    public var edgeDepth: Float = 6
    /// How near, frames, the frame itself in the middle.
    public var edgeWindow = 61
    /// Pauses shorter than this are speech, frames, where speech ends as fast as near a microphone.
    public var bridgedPause = 35
    /// Where the level takes longer than this to fall by `edgeDepth`, frames, as many fewer are bridged.
    ///
    /// In a room and in noise a pause looks shorter than it is.
    public var unechoedFall: Float = 15
    /// At least this is bridged, frames.
    public var leastBridgedPause = 25
    /// How fast the level falls is what its fall over `fallWindow` exceeds in this share of the frames.
    public var fallShare = 0.02
    /// Window over which the fall is measured, frames.
    public var fallWindow = 10
    /// Speech shorter than this is dropped, frames.
    public var leastSpeech = 10
    /// Turns that begin after silence do so this much before their first frame, seconds, and those that end in silence
    /// do so...
    ///
    /// Of recordings near a microphone whose references cut pauses (real, same-channel and simulated) starts are found 6 to
    /// 18 ms late in the mean, 1 to 14 in the median, and ends 17 to 30 ms early, 2 to 19 in the median.
    public var startWidening = 0.01
    /// ...this much after their last one, seconds; neither where fewer pauses are bridged: rooms blur the edges.
    public var endWidening = 0.02
    /// Window in which the spectrum is looked at for standing still, frames.
    public var steadyWindow = 41
    /// Bands count down to this far below the strongest one of a frame.
    public var steadyDepth: Float = 4
    /// A mean change from frame to frame below this is a tone, not a voice, log power per band.
    public var greatestSteadyChange: Float = 0.045
    /// Block whose greatest powers, together with those of the block before, do not beat, frames.
    public var toneBlock = 5
    /// Window in which a tone is looked for, blocks: 0.3 s, for it must lie in the shortest rings, of 0.4 s.
    public var toneWindow = 6
    /// Bands down to this far (22 dB) below the strongest one...
    public var toneDepth: Float = 5
    /// ...lie within so many neighbours in a tone.
    public var greatestToneBandCount = 4
    /// The strongest band of a tone has its peak here or above, hertz: below lie voices whose overtones are filtered away.
    public var leastToneFrequency = 300.0
    /// A spread of the greatest powers, down to `steadyDepth`, below this is a tone, not a voice, log power per band.
    public var greatestToneSpread: Float = 0.11
    /// Window in which music on hold is looked for, frames.
    public var musicWindow = 400
    /// What changes less than this from frame to frame is held like a note, log power per band.
    public var greatestMusicChange: Float = 0.28
    /// At least this share of the window sounds like speech, 0...1...
    public var leastMusicSound = 0.75
    /// ...and more than this share of that is held.
    public var leastMusicShare = 0.65
    /// With more than this share of the background held there is a hum and no music.
    public var greatestHeldBackground = 0.5
    /// Window in which music is followed to its first and last note, frames.
    public var musicEdgeWindow = 100
    /// There so much of the window sounds...
    public var leastEdgeSound = 0.1
    /// ...and so much of that is held.
    public var leastEdgeShare = 0.5
    /// Window in which sound without voice is looked for, frames...
    public var voicelessWindow = 400
    /// ...which moves on by this, frames.
    public var voicelessStep = 25
    /// At least this share of the window sounds like speech, 0...1.
    public var leastVoicelessSound = 0.5
    /// Loud are frames less than this (10 dB) below the highest near them, log power.
    public var loudDepth: Float = 2.3
    /// Voiced are loud frames with a smoothed harmonicity above this...
    public var leastVoicedHarmonicity: Float = 0.6
    /// ...over so many frames.
    public var voicedSmoothing = 5
    /// With a smaller share of voiced frames among the loud ones than this...
    ///
    /// Of 4 s of speech at least 0.30, 0.37 in noise of 10 to 18 dB, 0.79 in real recordings; of nine in ten windows of made-up
    /// typing at most 0.16.
    public var greatestVoicelessShare: Float = 0.28
    /// ...and than this part of the recording's ordinary share there is no voice.
    public var greatestRelativeVoicelessShare: Float = 0.4
    /// Ordinary is what this share of the windows stays under.
    public var ordinaryVoicedQuantile = 0.75
    /// Around a frame of such sound that is not speech either, in so many frames...
    public var voicelessEdgeWindow = 101
    /// ...a smaller share is voiced than this.
    public var greatestEdgeVoicedShare: Float = 0.4
    /// Score of such frames, and of steady ones: against them no neighbourhood speaks.
    public var steadyScore: Float = -20
    /// Recordings shorter than this have no turns, seconds.
    public var leastDuration = 0.5
    /// With fewer frames of speech in all there are no turns.
    public var leastVoiceFrames = 30
    /// A recording whose smoothed level spans less than this (5 % to 95 %) is steady noise or hum, not speech.
    public var leastLevelSpan: Float = 1

    /// The measured defaults.
    public init() {}
}

/// Parameters of the two-speaker segmentation.
public struct SegmentationParameters: Sendable, Hashable {
    /// Frames per block of statistics: 100 ms.
    public var blockLength = 10
    /// Frames count fully when their smoothed harmonicity is above this: vowels carry the voice.
    public var voicedHarmonicity: Float = 0.5
    /// Weight of the other frames.
    public var unvoicedWeight = 0.1
    /// Smoothing of harmonicity for the weights, frames.
    public var harmonicitySmoothing = 5
    /// Lengths of the runs that are clustered for a start, weighted frames; one start each.
    ///
    /// Three: beside the starts in speaker space eleven choose the same splits (mean DER of seven sets of recordings within
    /// 0.02 %, 20.01 to 19.94 % on the practice conversations).
    public var startRunLengths: [Double] = [100, 150, 200]
    /// Runs of these lengths, weighted frames, are clustered into `partCount`, and each cluster against all others is a
    /// start: so is a person found who speaks little, whom two equal halves pass over.
    public var partedRunLengths: [Double] = [75, 130]
    /// Clusters of which each is held against the others.
    public var partCount = 4
    /// At most this many runs are clustered: the cost does not grow with the recording.
    public var greatestRunCount = 150.0
    /// Lengths of the runs that are clustered in speaker space, weighted frames.
    public var spaceRunLengths: [Double] = [75, 100, 150, 200]
    /// What a run counts in speaker space, 0...1; a start for each.
    public var spaceOccupancies: [Double] = [0.15, 0.3, 0.6]
    /// A run ends at a pause once it holds this share of its length, 0...1: so it is seldom two people's.
    public var leastRunShareAtPause = 0.5
    /// Length of the runs on which a finished split is judged under the prior, weighted frames.
    public var judgedRunLength = 100.0
    /// What such a run counts, 0...1.
    public var judgedOccupancy = 0.3
    /// A side with fewer such runs is not parted in search of a third voice.
    public var leastPartedRunCount = 4
    /// The voices are searched on at most this many blocks (5 minutes of speech): the cost of the search does not grow
    /// with the recording.
    public var greatestSearchBlockCount = 3000
    /// The search takes stretches of this many blocks (30 s of speech), so that turns stay whole.
    public var searchStretchBlockCount = 300
    /// Share of the global variance added to the covariance of a run.
    public var startRegularisation = 0.02
    /// Posterior given to the blocks of a cluster.
    public var startConfidence = 0.98
    /// Share of the global variance added to the covariance of a speaker.
    public var regularisation = 0.01
    /// Pseudo-frames of the global mean and covariance in each speaker model.
    public var priorFrames = 200.0
    /// Speech around a block that places it in speaker space, weighted frames.
    public var voiceWindow = 100.0
    /// What such a window counts towards a person's place, 0...1: frames are far from independent.
    public var voiceOccupancy = 0.3
    /// That window ends at a pause once it reaches this share of its half in that direction, 0...1.
    public var leastWindowShareAtPause = 0.5
    /// Weight of the place in speaker space beside the block likelihoods.
    public var voiceWeight = 0.3
    /// Exponent of the block likelihoods: neighbouring frames say almost the same.
    public var likelihoodExponent = 0.055
    /// The same once the voices are known, for who speaks when.
    public var decodingExponent = 0.09
    /// Least turn, blocks.
    public var leastTurnBlocks = 6
    /// Log probability of ending a turn in a block once its least length is reached.
    public var leaveLogProbability = -5.0
    /// Probability that the other person speaks after a pause: in the recordings it was measured on 0.2 to 0.5.
    public var pauseChangeProbability = 0.3
    /// The same where the turn before the pause is shorter than the least one: a word of its own, but little evidence.
    public var earlyPauseChangeProbability = 0.1
    /// Passes of the refinement at most.
    public var greatestIterationCount = 15
    /// The refinement stops when the log likelihood changes by less than this share.
    public var convergence = 1e-5
    /// Weight of the separation of the speakers in the choice among refined starts.
    public var separationWeight = 0.1
    /// Weight of `SplitEvidence.speakerDistance` in that choice: two people are farther apart than two vowels.
    public var speakerDistanceWeight = 0.25
    /// Separation counts up to here.
    public var greatestSeparation = 8.0
    /// Separation counts only when the smaller side has more than this share of weighted frames.
    public var leastSide = 0.04

    /// The measured defaults.
    public init() {}
}

/// Parameters of the search for overlapped speech; the weights of its score are in `OverlapScore`.
public struct OverlapParameters: Sendable, Hashable {
    /// A person with less speech than this, frames (12 s), is not known well enough to be heard under the other.
    public var leastSpeech = 1200
    /// Frames from one sample of the speech to the next...
    public var sampleSteps = 2...4
    /// ...as many as leave about this many samples.
    public var greatestSampleCount = 40_000
    /// Components of a person's mixture, up to 32.
    public var componentCount = 32
    /// Samples per component at least.
    public var rowsPerComponent = 30
    /// A mixture is learnt on at most this many samples.
    public var greatestTrainingCount = 3000
    /// Rounds of expectation and maximisation.
    public var roundCount = 8
    /// Samples in each component that look like the person's speech as a whole...
    public var priorRows = 8
    /// ...with this share of its variance.
    public var priorVariance: Float = 0.3
    /// Least variance of a band, squared natural logarithm of power.
    public var leastVariance: Float = 0.15
    /// Least variance of a band as a share of the variance of all the person's speech.
    public var leastVarianceShare: Float = 0.05
    /// Log density of a band that does not fit at all: 0.01.
    public var leastLogDensity: Float = -4.60517
    /// Log density of a band in which the other person may be louder, with the level at the mean...
    public var maskedAtMean: Float = -2
    /// ...more by this for each deviation above it...
    public var maskedSlope: Float = 0.95
    /// ...and at most this.
    public var maskedMost: Float = -1.2
    /// Slope of the logistic function that stands for the normal distribution, within 0.01.
    public var logisticSlope: Float = 1.702
    /// Least density of a band in which one of two people is heard.
    public var leastPairDensity: Float = 1e-4
    /// Components of each person that are paired, up to 8.
    public var chosenCount = 6
    /// Frames to either side of the short windows.
    public var shortReach = 20
    /// Frames to either side of the long window.
    public var longReach = 40
    /// Frames of the whole recording in a person's typical gain.
    public var shrinkage = 500
    /// Score, log odds, from which on a frame speaks for both.
    public var leastScore: Float = 0.75
    /// A frame speaks for or against it by at most this.
    public var greatestGain: Float = 3
    /// A frame of silence speaks against it by this.
    public var silenceCost: Float = 0.3
    /// What a stretch costs: the sum of its frames must be more.
    public var stretchCost = 8.0
    /// Least stretch, frames.
    public var leastFrames = 40

    /// The measured defaults.
    public init() {}
}
