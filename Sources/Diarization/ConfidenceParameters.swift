private import RealModule

/// How doubt is put into numbers.
///
/// The logistic calibration was learnt on 159 practice conversations mixed from voices that are in no recording the
/// program is measured on (`Benchmarks/SpeakerPrior`). The widths of the interval are near the least loss of the 90 % quantile
/// (Koenker and Bassett 1978) of the development recordings and excerpts of them, of which 125 of 137 read by voice
/// are covered; of 87 practice conversations, whose references count pauses as speech, 66, of 32 made-up rooms with two
/// microphones 27, of 153 parts of 10, 20 and 40 s 125. The limits of trust were set on the same.
public struct ConfidenceParameters: Sendable, Hashable {
    /// A feature of the calibration: `weight · (value − mean) / deviation` is added to the log odds.
    public struct Term: Sendable, Hashable {
        /// Mean over the practice conversations.
        public var mean: Double
        /// Standard deviation over the practice conversations.
        public var deviation: Double
        /// Weight of the standardised feature.
        public var weight: Double
    }
    /// `SplitEvidence.agreement`: where starts disagree, luck decides.
    public var agreement = Term(mean: 0.799, deviation: 0.161, weight: -0.909)
    /// `SplitEvidence.speakerDistance`: voices close to each other are confused.
    public var speakerDistance = Term(mean: 3.520, deviation: 0.509, weight: -0.713)
    /// Log odds with both features at their mean; the estimate is half the logistic function, 0...0.5.
    public var bias = -2.802
    /// Up to this estimated confusion a verdict may rest on the split.
    public var trustedConfusion = 0.10
    /// Below this separation of the voices the split is not trusted.
    public var trustedSeparation = 2.0
    /// A talk share less certain than this (half width of its interval) cannot carry a verdict.
    public var trustedShareUncertainty = 0.055
    /// Below this likelihood ratio of two people against one, only one voice is reported.
    ///
    /// It lets 83 % of single voices be known as such, and none of 33 right splits of the development recordings be
    /// lost.
    public var leastLikelihoodRatio = 0.0
    /// A third voice is reported from this log likelihood ratio per run on.
    ///
    /// With the next two it names 11 of 16 recordings put together from two conversations of 60 s each, and 1 of 32
    /// with two people (dishes in the background).
    public var thirdVoiceGainPerRun = 1.75
    /// And from this log likelihood ratio in all on.
    public var thirdVoiceGain = 15.0
    /// And from this share of the runs on: overlapped speech, too, sounds like somebody else.
    public var thirdVoiceShare = 0.08
    /// Half width of the 90 % interval of the talk share that remains however long and clear the recording is: most of
    /// the speech over the other's speech is given to one person only.
    public var shareUncertainty = 0.02
    /// What a short recording adds, times one over the root of the seconds of speech, summed in squares.
    public var shareUncertaintyPerRoot = 0.05
    /// What each unit of estimated confusion adds.
    public var shareUncertaintyPerConfusion = 1.2
    /// What each unit of `SplitEvidence.missedSpeech` adds: a soft voice is missed more often than a loud one, so what is
    /// missed may all be one person's.
    public var shareUncertaintyPerMissedSpeech = 0.42
    /// The same with one person per channel, where nobody is confused: what remains...
    public var channelShareUncertainty = 0.02
    /// ...and what a short recording adds.
    ///
    /// Set on 55 recordings and parts of 10, 20 and 40 s, of which 53 are covered, and on 40 parts of the real ones, of
    /// which 36 are.
    public var channelShareUncertaintyPerRoot = 0.2

    /// The calibrated defaults.
    public init() {}

    /// Whether the speech given to two people is likely that of three or more.
    public func hasThirdVoice(_ third: ThirdVoice) -> Bool {
        third.gainPerRun >= thirdVoiceGainPerRun && third.gain >= thirdVoiceGain
            && third.share >= thirdVoiceShare
    }

    /// Expected share of the speech given to the wrong person, 0...0.5.
    public func estimatedConfusion(_ evidence: SplitEvidence) -> Double {
        func part(_ term: Term, _ value: Double) -> Double { term.weight * (value - term.mean) / term.deviation }
        let odds = bias + part(agreement, evidence.agreement) + part(speakerDistance, evidence.speakerDistance)
        return 0.5 / (1 + Double.exp(-odds))
    }

    /// Half width of the 90 % interval of the talk share, for `speech` seconds of speech of which `missedSpeech`, a share,
    /// may be missing.
    public func shareUncertainty(confusion: Double, speech: Double, missedSpeech: Double) -> Double {
        Self.width(shareUncertainty, shareUncertaintyPerRoot, speech) + shareUncertaintyPerConfusion * confusion
            + shareUncertaintyPerMissedSpeech * missedSpeech
    }

    /// The same with one person per channel.
    public func shareUncertainty(onChannels speech: Double) -> Double {
        Self.width(channelShareUncertainty, channelShareUncertaintyPerRoot, speech)
    }

    private static func width(_ rest: Double, _ perRoot: Double, _ speech: Double) -> Double {
        (rest * rest + perRoot * perRoot / max(speech, 1)).squareRoot()
    }
}
