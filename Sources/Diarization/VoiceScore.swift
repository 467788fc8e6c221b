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
    package static let bias = 2.5112974824579224
    /// Mean signal-to-noise ratio over the bands.
    package static let ratio = Term(
        mean: 3.000164252583705, deviation: 2.0443480049581466, weight: -0.0858501521591123)
    /// Mean of the eight highest ratios.
    package static let topRatio = Term(
        mean: 4.265127908226012, deviation: 2.079867424368686, weight: 0.564173119129894)
    /// Mean ratio of bands 0 to 7.
    package static let band0 = Term(
        mean: 3.6172774241698855, deviation: 2.201326359206741, weight: -0.38817017014583866)
    /// Mean ratio of bands 8 to 15.
    package static let band1 = Term(
        mean: 3.059909149534034, deviation: 2.253816597170759, weight: -0.43230291775598906)
    /// Mean ratio of bands 16 to 23.
    package static let band2 = Term(
        mean: 2.9511223198233836, deviation: 2.2878556354943873, weight: 0.25998549944884036)
    /// Mean ratio of bands 24 to 31.
    package static let band3 = Term(
        mean: 2.372348116737121, deviation: 2.200656287637195, weight: 0.24173745617902645)
    /// Harmonicity, clipped to 0...1.
    package static let harmonicity = Term(
        mean: 0.7318451792131303, deviation: 0.22365907907145718, weight: -0.021973799602914543)
    /// Standard deviation of the log powers over the bands.
    package static let contrast = Term(
        mean: 2.2826247434091576, deviation: 0.9275974511637692, weight: 0.3303124539509328)
    /// Mean signal-to-noise ratio over the bands, smoothed.
    package static let ratio11 = Term(
        mean: 3.0001463341774315, deviation: 1.938280476554367, weight: 0.024333320035060245)
    /// Harmonicity, clipped to 0...1, smoothed.
    package static let harmonicity11 = Term(
        mean: 0.7318454990221994, deviation: 0.14671689926146889, weight: -0.06859530753130529)
    /// Mean signal-to-noise ratio over the bands, smoothed.
    package static let ratio31 = Term(
        mean: 3.0000181173690232, deviation: 1.7868633007671204, weight: -0.03153503943949867)
    /// Harmonicity, clipped to 0...1, smoothed.
    package static let harmonicity31 = Term(
        mean: 0.7318417144132245, deviation: 0.11541926383699515, weight: -0.07349225226699076)
    /// Mean signal-to-noise ratio over the bands, smoothed.
    package static let ratio101 = Term(
        mean: 2.999754391747423, deviation: 1.4974100304565943, weight: 0.6052218396287725)
    /// Harmonicity, clipped to 0...1, smoothed.
    package static let harmonicity101 = Term(
        mean: 0.7318422331483655, deviation: 0.08510342614950321, weight: 0.5357979230636356)
    /// Standard deviation of the level within half a second.
    package static let modulation = Term(
        mean: 1.3675025220975854, deviation: 0.8845617771357368, weight: 0.34982996372985237)
    /// Harmonicity times ratio (up to 3).
    package static let voicedRatio11 = Term(
        mean: 1.6073690864354218, deviation: 0.9316323090523627, weight: 0.390804150896418)
    /// Harmonicity times ratio (up to 3), smoothed.
    package static let voicedRatio31 = Term(
        mean: 1.6073641812329975, deviation: 0.8315248075441228, weight: 0.4961945915460468)
    /// Level above the recording's 5 % quantile.
    package static let aboveLow = Term(
        mean: 3.703792305676399, deviation: 2.7634611720997624, weight: -0.15445167201378837)
    /// Level below the recording's 95 % quantile.
    package static let belowHigh = Term(
        mean: 3.6744834750711286, deviation: 2.478223357095336, weight: -0.1432528689432085)
    /// Level above the quiet of the surrounding 20 s.
    package static let aboveLocal = Term(
        mean: 3.3749867019816877, deviation: 2.7428894938646864, weight: 0.1838360387039237)
    /// Place of the level between the two classes of Otsu's threshold.
    package static let otsu = Term(
        mean: 0.08931040767770462, deviation: 0.5886180106855006, weight: 0.17344161260291305)
    /// Place of the level between the two classes of Otsu's threshold, smoothed.
    package static let otsu31 = Term(
        mean: 0.08924350870065119, deviation: 0.48845703350161856, weight: 0.4218193381488623)
    /// `otsu` times smoothed harmonicity.
    package static let otsuVoiced = Term(
        mean: 0.1119834194019933, deviation: 0.4389743793866374, weight: 0.19659328744381938)
    /// Level above the quiet of the surrounding 20 s, smoothed.
    package static let aboveLocal31 = Term(
        mean: 3.3747991313987873, deviation: 2.4139430205829964, weight: 0.23577085938854586)
    /// Distance of the two class means.
    package static let otsuGap = Term(
        mean: 4.483110487469336, deviation: 1.6998017477727516, weight: -1.1371872830870444)
    /// Standard deviation of the log powers over the bands, smoothed.
    package static let contrast31 = Term(
        mean: 2.2825499905121744, deviation: 0.7052457305697849, weight: 0.6163851309951432)
    /// Distance of the 5 % and 95 % quantiles of the level.
    package static let levelRange = Term(
        mean: 7.525899451898135, deviation: 2.3285652534212375, weight: -0.07038277568254553)

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
