private import RealModule
public import Timeline

/// Numbers by which an enrolled voice is recognised.
public struct VoiceRecognitionParameters: Sendable, Hashable {
    /// Log odds per unit of evidence and at none, that a given one of two people is the enrolled one, for telephone
    /// recordings; fitted on the development corpus (`twoway score --voices`).
    public var telephoneCalibration = Calibration(slope: 0.71, offset: -5.6)
    /// The same for recordings with more band.
    public var wideCalibration = Calibration(slope: 0.75, offset: -3.5)
    /// Below this probability it is "not sure".
    public var leastProbability = 0.9
    /// With less speech than this nobody is recognised, weighted seconds.
    public var leastSpeech = 3.0

    /// Share of recordings in which the evidence tells nothing, because the voices were not parted rightly; it keeps
    /// probabilities honest and the calibration from resting on such recordings.
    static let uninformative = 0.03

    /// A straight line from evidence to log odds.
    public struct Calibration: Sendable, Hashable {
        /// Log odds per unit of evidence.
        public var slope: Double
        /// Log odds without evidence.
        public var offset: Double

        /// A line.
        public init(slope: Double, offset: Double) { (self.slope, self.offset) = (slope, offset) }
    }

    /// The measured defaults.
    public init() {}

    /// The calibration for a band.
    public func calibration(_ band: VoiceStatistics.Band) -> Calibration {
        band == .telephone ? telephoneCalibration : wideCalibration
    }
}

/// Which of the two people of a recording an enrolled voice is.
public struct VoiceRecognition: Sendable, Hashable {
    /// What is decided.
    public enum Decision: Sendable, Hashable {
        /// It is this one.
        case speaker(Speaker)
        /// It is neither of the two.
        case absent
        /// Neither probable enough.
        case notSure
    }

    /// Log likelihood ratio of each being the enrolled person, against neither; before calibration.
    public var evidence: PerSpeaker<Double>
    /// Probability of each being the enrolled person, 0...1.
    public var probability: PerSpeaker<Double>
    /// Probability that it is neither, 0...1.
    public var absence: Double
    /// What follows.
    public var decision: Decision

    /// Compares an enrolled voice with the people of a recording; nil where their bands differ or there is too little
    /// speech.
    ///
    /// With one person only, B is hardly probable.
    public init?(
        of enrolled: [VoiceStatistics], among voices: RecordedVoices, parameters: VoiceRecognitionParameters = .init()
    ) {
        let pair = voices.each.map { [$0.a, $0.b] } ?? [voices.all]
        guard let known = enrolled.first(where: { $0.band == voices.all.band }),
            ([known] + pair).allSatisfy({ $0.weight >= 100 * parameters.leastSpeech })
        else { return nil }
        let ratios = VoiceModel.of(known.band).evidence(print: known, pair: pair)
        evidence = PerSpeaker(a: ratios[0], b: ratios.count > 1 ? ratios[1] : -.infinity)
        let line = parameters.calibration(known.band)
        (probability, absence) = Self.probabilities(evidence, line)
        let best: Speaker = probability.b > probability.a ? .b : .a
        if probability[best] >= parameters.leastProbability {
            decision = .speaker(best)
        } else {
            decision = absence >= parameters.leastProbability ? .absent : .notSure
        }
    }

    /// Probabilities of the two and of neither.
    public static func probabilities(
        _ evidence: PerSpeaker<Double>, _ line: VoiceRecognitionParameters.Calibration
    ) -> (each: PerSpeaker<Double>, neither: Double) {
        let odds = evidence.map { $0 == -.infinity ? $0 : line.slope * $0 + line.offset }
        let highest = max(odds.a, odds.b, 0)
        let weights = odds.map { Double.exp($0 - highest) }
        let none = Double.exp(-highest)
        let total = weights.a + weights.b + none
        let (sure, rest) = (1 - VoiceRecognitionParameters.uninformative, VoiceRecognitionParameters.uninformative / 3)
        return (weights.map { sure * $0 / total + rest }, sure * none / total + rest)
    }
}
