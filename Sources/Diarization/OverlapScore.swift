/// The logistic score of two people speaking at once: seven features, learnt on made-up conversations
/// (`Benchmarks/SpeakerPrior/train_overlap_score.py`).
enum OverlapScore {
    /// Score with every feature at 0.
    static let bias: Float = -6.14253
    /// How much better both together fit than one, in units of the person's own spread; mean over 0.4 s.
    static let gain: Float = -0.270069
    /// The same over 0.8 s.
    static let gainLong: Float = 3.27525
    /// Logarithm of 1 and how much better the other person fits.
    static let otherFits: Float = 5.15455
    /// Strongest band, in deviations from the person's mean.
    static let level: Float = 2.21848
    /// Harmonicity, likewise.
    static let harmonicity: Float = -0.127906
    /// Log likelihood of the better fitting person, likewise.
    static let fit: Float = 0.0114587
    /// Log likelihood of both together, likewise.
    static let fitOfBoth: Float = 0.291017
}
