/// Everything that steers the short-time spectra: frames, mel bands, cepstra, harmonicity.
///
/// Bands are in Hz and times in seconds, so that one set serves every sample rate.
public struct SpectralParameters: Sendable, Hashable {
    /// Frame length, seconds.
    ///
    /// 32 ms holds two periods of a 65 Hz voice (lowest pitch looked for).
    public var windowDuration = 0.032
    /// Distance between frames, seconds.
    ///
    /// 10 ms is the usual frame rate of speech recognition (Davis & Mermelstein 1980 and after).
    public var hopDuration = 0.010
    /// Lower edge of the lowest mel filter, hertz: below lies hum and handling noise.
    public var lowestFrequency = 100.0
    /// Upper edge of the highest mel filter, hertz, when the rate allows it.
    public var highestFrequency = 7600.0
    /// Upper edge as a part of the sample rate, where that is lower than `highestFrequency`.
    public var highestFrequencyShare = 0.475
    /// Upper edge at rates up to `narrowBandRate`, hertz: what a telephone passes, with some margin.
    public var highestNarrowBandFrequency = 3800.0
    /// Rates up to this one count as telephone band, hertz.
    public var narrowBandRate = 8000
    /// Added to a mel power before its logarithm; full scale is 1.0, so this is −120 dB.
    ///
    /// Below the rounding of 16-bit samples (−101 dB), so that a quiet recording made quieter by 20 dB loses nothing.
    public var powerFloor: Float = 1e-12
    /// Band whose autocorrelation gives the harmonicity, hertz: the first harmonics of a voice.
    public var harmonicBand = 60.0...1500.0
    /// Pitch range looked for, hertz.
    public var pitchRange = 65.0...400.0
    /// Length of the inverse transform that gives the autocorrelation, points.
    public var autocorrelationLength = 256
    /// The window's own autocorrelation is not taken below this share of its peak when it is divided out;
    /// less would blow up long lags.
    public var leastWindowAutocorrelation = 0.15
    /// Band in which the delay between two channels is measured, hertz: below, rooms only rumble.
    public var delayBand = 150.0...6000.0
    /// Greatest delay between two channels that is looked at, seconds: microphones 70 cm apart.
    public var greatestDelay = 0.002
    /// A rate is halved while the half is at least this, hertz.
    ///
    /// The half-band filter passes `highestFrequency` and stops what would fold onto it, so the bands do not change,
    /// and 48 kHz costs little more than 16 kHz.
    public var leastDecimatedRate = 20_000

    /// The parameters the voice score and the speaker models were measured with.
    public init() {}
}
