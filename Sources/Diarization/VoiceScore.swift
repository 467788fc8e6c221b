/// The logistic voice score of a frame: 27 features, each with mean, standard deviation and weight, learnt on
/// labelled conversations and simulated mixes (logistic regression, L2 0.003).
///
/// A suffix is the width of a moving average in frames.
package enum VoiceScore {
    /// One feature: `weight · (value − mean) / deviation` is added to the score.
    package struct Term: Sendable, Hashable {
        /// Mean over the training frames.
        package let mean: Double
        /// Standard deviation over the training frames.
        package let deviation: Double
        /// Weight of the standardised feature.
        package let weight: Double

        /// Factor of the raw feature.
        package var slope: Double { weight / deviation }
    }

    /// Score with every feature at its mean.
    package static let bias = 1.89252
    /// Mean signal-to-noise ratio over the bands.
    package static let ratio = Term(
        mean: 2.45261, deviation: 1.77337, weight: -0.19267)
    /// Mean of the eight highest ratios.
    package static let topRatio = Term(
        mean: 4.04151, deviation: 2.11096, weight: 0.150633)
    /// Mean ratio of bands 0 to 7.
    package static let band0 = Term(
        mean: 3.4791, deviation: 2.16127, weight: 0.168424)
    /// Mean ratio of bands 8 to 15.
    package static let band1 = Term(
        mean: 2.76366, deviation: 2.16211, weight: -0.619081)
    /// Mean ratio of bands 16 to 23.
    package static let band2 = Term(
        mean: 2.08879, deviation: 1.98919, weight: -0.132988)
    /// Mean ratio of bands 24 to 31.
    package static let band3 = Term(
        mean: 1.47888, deviation: 1.72789, weight: -0.0738774)
    /// Harmonicity, clipped to 0...1.
    package static let harmonicity = Term(
        mean: 0.742118, deviation: 0.232212, weight: -0.0204542)
    /// Standard deviation of the log powers over the bands.
    package static let contrast = Term(
        mean: 2.26335, deviation: 1.0586, weight: 0.0355495)
    /// Mean signal-to-noise ratio over the bands, smoothed.
    package static let ratio11 = Term(
        mean: 2.45257, deviation: 1.66596, weight: -0.685405)
    /// Harmonicity, clipped to 0...1, smoothed.
    package static let harmonicity11 = Term(
        mean: 0.742121, deviation: 0.179759, weight: 0.0587038)
    /// Mean signal-to-noise ratio over the bands, smoothed.
    package static let ratio31 = Term(
        mean: 2.45223, deviation: 1.45446, weight: -0.687478)
    /// Harmonicity, clipped to 0...1, smoothed.
    package static let harmonicity31 = Term(
        mean: 0.74211, deviation: 0.150604, weight: -0.0163969)
    /// Mean signal-to-noise ratio over the bands, smoothed.
    package static let ratio101 = Term(
        mean: 2.45004, deviation: 1.11958, weight: 0.332299)
    /// Harmonicity, clipped to 0...1, smoothed.
    package static let harmonicity101 = Term(
        mean: 0.742025, deviation: 0.114466, weight: 0.302325)
    /// Standard deviation of the level within half a second.
    package static let modulation = Term(
        mean: 1.41541, deviation: 0.816746, weight: 0.49914)
    /// Harmonicity times ratio (up to 3).
    package static let voicedRatio11 = Term(
        mean: 1.51397, deviation: 0.966711, weight: 0.220339)
    /// Harmonicity times ratio (up to 3), smoothed.
    package static let voicedRatio31 = Term(
        mean: 1.51379, deviation: 0.82739, weight: 0.890892)
    /// Level above the recording's 5 % quantile.
    package static let aboveLow = Term(
        mean: 2.92608, deviation: 2.44635, weight: 0.312913)
    /// Level below the recording's 95 % quantile.
    package static let belowHigh = Term(
        mean: 3.52373, deviation: 2.3699, weight: -0.431605)
    /// Level above the quiet of the surrounding 20 s.
    package static let aboveLocal = Term(
        mean: 2.79258, deviation: 2.42347, weight: 0.083539)
    /// Place of the level between the two classes of Otsu's threshold.
    package static let otsu = Term(
        mean: -0.0265238, deviation: 0.612225, weight: 0.0285876)
    /// Place of the level between the two classes of Otsu's threshold, smoothed.
    package static let otsu31 = Term(
        mean: -0.0266808, deviation: 0.487914, weight: 0.574524)
    /// `otsu` times smoothed harmonicity.
    package static let otsuVoiced = Term(
        mean: 0.0304307, deviation: 0.467332, weight: 0.924733)
    /// Level above the quiet of the surrounding 20 s, smoothed.
    package static let aboveLocal31 = Term(
        mean: 2.79207, deviation: 2.03222, weight: 0.266784)
    /// Distance of the two class means.
    package static let otsuGap = Term(
        mean: 3.54091, deviation: 1.08818, weight: -0.257555)
    /// Standard deviation of the log powers over the bands, smoothed.
    package static let contrast31 = Term(
        mean: 2.263, deviation: 0.8702, weight: 0.291608)
    /// Distance of the 5 % and 95 % quantiles of the level.
    package static let levelRange = Term(
        mean: 6.50134, deviation: 1.91408, weight: -0.202412)

    /// All terms, in the order they were learnt in.
    package static let terms = [
        ratio, topRatio, band0, band1, band2,
        band3, harmonicity, contrast, ratio11, harmonicity11,
        ratio31, harmonicity31, ratio101, harmonicity101, modulation,
        voicedRatio11, voicedRatio31, aboveLow, belowHigh, aboveLocal,
        otsu, otsu31, otsuVoiced, aboveLocal31, otsuGap,
        contrast31, levelRange,
    ]
}
