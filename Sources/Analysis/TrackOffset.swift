import SpectralAnalysis

/// How the start of one person's track is found from what its microphone hears of the other person.
public struct TrackOffsetParameters: Sendable, Hashable {
    /// Frames that are compared at most: 20 minutes.
    public var greatestFrameCount = 120_000
    /// Farthest apart that two starts are looked for, seconds.
    public var greatestOffset = 600.0
    /// Moving mean that is taken off each band, frames: half a second, so that turns do not count, only syllables.
    public var trendWidth = 51
    /// Log powers are not taken below the quietest tenth of their band: below it is only noise.
    public var floorQuantile = 0.1
    /// A leak is believed from this many standard deviations above the mean correlation on.
    ///
    /// Over the five minutes of each fixture, tracks without a leak reach 5 to 8.5, with a leak of −50 dB 11 to 22,
    /// with one of −30 dB over 50.
    public var leastClarity = 10.0
    /// And when no other offset, farther than `peakWidth` away, has more than this part of its height.
    public var greatestRival = 0.7
    /// Half width of a peak, frames.
    public var peakWidth = 30

    /// The defaults named at each field.
    public init() {}
}

/// The start of the second of two tracks after that of the first.
struct TrackOffset {
    /// Frames by which the second starts later; negative if it starts earlier.
    let frames: Int
    /// Height of the correlation, standard deviations above its mean.
    let clarity: Double

    /// Looks for a leak; nil where none is clear.
    ///
    /// Correlates, band by band, how the two tracks swell and fade within half a second (cross-correlation by Fourier
    /// transforms); a leak copies the syllables of one person, a little softer, into the other track.
    init?(_ first: SpectralFeatures, _ second: SpectralFeatures, parameters: TrackOffsetParameters) {
        let counts = [first, second].map { min($0.frameCount, parameters.greatestFrameCount) }
        guard let longest = counts.max(), let shortest = counts.min(), shortest > parameters.trendWidth else {
            return nil
        }
        var length = 1
        while length < 2 * longest { length *= 2 }
        let forward = FourierTransform(length: length, direction: .forward)
        let inverse = FourierTransform(length: length, direction: .inverse)
        let bins = length + 2
        for index in 0..<bins { inverse.spectrum[index] = 0 }
        for band in 0..<SpectralFeatures.bandCount {
            Self.load(first, band, counts[0], into: forward, parameters)
            forward.execute()
            let one = (0..<bins).map { forward.spectrum[$0] }
            Self.load(second, band, counts[1], into: forward, parameters)
            forward.execute()
            for bin in stride(from: 0, to: bins, by: 2) {
                let (a, b, c, d) = (one[bin], one[bin + 1], forward.spectrum[bin], forward.spectrum[bin + 1])
                // The conjugate of the first times the second: lag L is where the second has what the first had L before.
                inverse.spectrum[bin] += a * c + b * d
                inverse.spectrum[bin + 1] += a * d - b * c
            }
        }
        inverse.execute()
        let reach = min(Int(parameters.greatestOffset / first.geometry.framePeriod), longest - 1)
        func correlation(_ lag: Int) -> Double { Double(inverse.samples[lag >= 0 ? lag : length + lag]) }
        guard let best = (-reach...reach).max(by: { correlation($0) < correlation($1) }) else { return nil }
        var (sum, squares, count, rival) = (0.0, 0.0, 0.0, 0.0)
        for lag in -reach...reach where abs(lag - best) > parameters.peakWidth {
            let value = correlation(lag)
            (sum, squares, count, rival) = (sum + value, squares + value * value, count + 1, max(rival, value))
        }
        guard count > 1 else { return nil }
        let mean = sum / count
        let deviation = max(squares / count - mean * mean, 0).squareRoot()
        guard deviation > 0 else { return nil }
        clarity = (correlation(best) - mean) / deviation
        guard clarity >= parameters.leastClarity, rival <= parameters.greatestRival * correlation(best) else {
            return nil
        }
        frames = -best
    }

    /// The swelling and fading of one band, zeros behind it.
    private static func load(
        _ features: SpectralFeatures, _ band: Int, _ count: Int, into transform: FourierTransform,
        _ parameters: TrackOffsetParameters
    ) {
        var values = (0..<count).map { features.row($0)[band] }
        let floor = values.sorted()[Int(Double(count - 1) * parameters.floorQuantile)]
        for frame in 0..<count { values[frame] = max(values[frame], floor) }
        let half = parameters.trendWidth / 2
        var sums = [0.0]
        sums.reserveCapacity(count + 1)
        for value in values { sums.append((sums.last ?? 0) + Double(value)) }
        for frame in 0..<transform.length {
            guard frame < count else {
                transform.samples[frame] = 0
                continue
            }
            let (start, end) = (max(frame - half, 0), min(frame + half + 1, count))
            transform.samples[frame] = values[frame] - Float((sums[end] - sums[start]) / Double(end - start))
        }
    }
}
