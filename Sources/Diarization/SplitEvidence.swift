/// What speaks for or against a split of the speech between two voices.
public struct SplitEvidence: Sendable, Hashable {
    /// Mean agreement of the splits found from other starts, 0...1.
    public var agreement: Double
    /// Squared Mahalanobis distance of the two mean cepstra under their pooled covariance, ≥ 0.
    public var separation: Double
    /// Log likelihood ratio of two people against one, per run of speech, under the speaker prior; below 0 one person
    /// is likelier.
    public var likelihoodRatio: Double
    /// Logarithm of the squared distance of the two voices in speaker space, axes weighted by what they tell.
    public var speakerDistance: Double
    /// Share of the weighted speech of the person with less, 0...0.5.
    public var smallerSide: Double
    /// Mean posterior of the person not chosen, 0...0.5.
    public var meanDoubt: Double
    /// Speech that was split, seconds.
    public var speech: Double
    /// Speech expected in what was taken for silence, as a share of the speech found, 0...
    public var missedSpeech = 0.0
    /// Silence expected in what was taken for speech, the same way.
    public var falseSpeech = 0.0
    /// What speaks for a third person.
    public var thirdVoice = ThirdVoice.none
}
