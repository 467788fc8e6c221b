internal import CSpeechKernels
private import RealModule

/// What the power spectra of frames are multiplied with: mel weights, and cosines and weights of the autocorrelation.
///
/// The autocorrelation of a band of the power spectrum is a short sum of cosines, so it needs no inverse transform.
final class FrameTables {
    /// Bins from 0 that are read of every power spectrum.
    private(set) var readBinCount = 0
    private var tables = frame_tables()
    private var owned: [UnsafeMutableRawPointer] = []

    /// Tables for spectra of `geometry` under the window `window`.
    init(geometry: FrameGeometry, window: [Double], parameters: SpectralParameters) {
        let filters = MelFilterBank(geometry: geometry, parameters: parameters)
        let binsPerHertz = Double(geometry.transformLength) / geometry.sampleRate
        let half = parameters.autocorrelationLength / 2
        let lowBin = Int((parameters.harmonicBand.lowerBound * binsPerHertz).rounded(.up))
        let highBin = min(Int((parameters.harmonicBand.upperBound * binsPerHertz).rounded(.up)), half)
        takeFilters(filters, powerFloor: parameters.powerFloor)

        let lagStep = binsPerHertz / Double(parameters.autocorrelationLength)
        let firstLag = Int((1 / parameters.pitchRange.upperBound / lagStep).rounded(.up))
        let lastLag = min(Int((1 / parameters.pitchRange.lowerBound / lagStep).rounded(.down)), half)
        var lagWeights = [Float](repeating: 0, count: half + 1)
        let weights = Self.lagWeights(
            window: window, samplesPerLag: lagStep * geometry.sampleRate, lags: firstLag...lastLag,
            least: parameters.leastWindowAutocorrelation)
        for (lag, weight) in zip(firstLag...lastLag, weights) { lagWeights[lag] = weight }
        // Lags beyond the middle are mirror images of these.
        let lagStart = min(firstLag, half - lastLag, half / 2)
        let lagCount = (half / 2 - lagStart + 1 + 7) / 8 * 8
        var cosines: [Float] = []
        for bin in lowBin..<max(highBin, lowBin) {
            for lag in lagStart..<(lagStart + lagCount) {
                cosines.append(Float(2 * Double.cos(.pi * Double(bin * lag % (2 * half)) / Double(half))))
            }
        }
        readBinCount = max(readBinCount, highBin)
        tables.harmonic_start = lowBin
        tables.harmonic_end = max(highBin, lowBin)
        tables.lag_start = lagStart
        tables.lag_count = lagCount
        tables.half_period = half
        tables.cosines = own(cosines)
        tables.lag_weights = own(lagWeights)
        // Lag 0 of an unnormalised inverse is `autocorrelationLength` times the one the constant was chosen for.
        tables.lag_floor = Float(parameters.autocorrelationLength) * 1e-12
    }

    deinit { for block in owned { block.deallocate() } }

    /// The tables as the kernel takes them.
    @inline(__always)
    func withTables(_ body: (UnsafePointer<frame_tables>) -> Void) {
        withUnsafePointer(to: &tables) { body($0) }
    }

    private func takeFilters(_ filters: MelFilterBank, powerFloor: Float) {
        for band in 0..<MelFilterBank.bandCount {
            let count = filters.offsets[band + 1] - filters.offsets[band]
            readBinCount = max(readBinCount, filters.firstBin[band] + count)
        }
        tables.band_count = MelFilterBank.bandCount
        tables.first_bin = own(filters.firstBin)
        tables.offset = own(filters.offsets)
        tables.weights = own(filters.weights)
        tables.power_floor = powerFloor
    }

    private func own<Value>(_ values: [Value]) -> UnsafePointer<Value> {
        let block = UnsafeMutablePointer<Value>.allocate(capacity: max(1, values.count))
        block.initialize(from: values, count: values.count)
        owned.append(UnsafeMutableRawPointer(block))
        return UnsafePointer(block)
    }

    /// Reciprocal of the window's own autocorrelation, which is divided out of the frame's (Boersma 1993).
    private static func lagWeights(
        window: [Double], samplesPerLag: Double, lags: ClosedRange<Int>, least: Double
    ) -> [Float] {
        func autocorrelation(_ lag: Int) -> Double {
            guard lag < window.count else { return 0 }
            return zip(window.dropFirst(lag), window).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let energy = autocorrelation(0)
        return lags.map { lag -> Float in
            let position = Double(lag) * samplesPerLag
            let below = Int(position)
            let part = position - Double(below)
            let value = (1 - part) * autocorrelation(below) + part * autocorrelation(below + 1)
            return Float(1 / max(value / energy, least))
        }
    }
}
