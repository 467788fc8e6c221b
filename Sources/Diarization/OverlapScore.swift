/// The logistic score of two people speaking at once: seven features, learnt on made-up conversations
/// (`Benchmarks/SpeakerPrior/train_overlap_score.py`).
enum OverlapScore {
    /// Score with every feature at 0.
    static let bias: Float = -6.25134
    /// How much better both together fit than one, in units of the person's own spread; mean over 0.4 s.
    static let gain: Float = -0.353724
    /// The same over 0.8 s.
    static let gainLong: Float = 3.48582
    /// Logarithm of 1 and how much better the other person fits.
    static let otherFits: Float = 5.48683
    /// Strongest band, in deviations from the person's mean.
    static let level: Float = 2.32647
    /// Harmonicity, likewise.
    static let harmonicity: Float = -0.177223
    /// Log likelihood of the better fitting person, likewise.
    static let fit: Float = -0.275152
    /// Log likelihood of both together, likewise.
    static let fitOfBoth: Float = 0.433156
}
