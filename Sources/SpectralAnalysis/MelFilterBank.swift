private import RealModule

/// Triangular filters, equally spaced on the mel scale `1127 ln(1 + f / 700)`, each of weight 1
/// (Davis & Mermelstein 1980).
package struct MelFilterBank: Sendable {
    /// Number of bands; fixed, because the voice score and the cepstra are made for it.
    package static let bandCount = 32

    /// First bin of each band.
    package let firstBin: [Int]
    /// Weights of all bands one after another.
    package let weights: [Float]
    /// Where the weights of band `b` start; one more entry than bands.
    package let offsets: [Int]

    /// Filters for spectra of `geometry`.
    package init(geometry: FrameGeometry, parameters: SpectralParameters) {
        let edges = Self.edges(geometry: geometry, parameters: parameters)
        let binWidth = geometry.sampleRate / Double(geometry.transformLength)
        var firstBin: [Int] = []
        var weights: [Float] = []
        var offsets = [0]
        for band in 0..<Self.bandCount {
            let (low, centre, high) = (edges[band], edges[band + 1], edges[band + 2])
            var first = Int((low / binWidth).rounded(.up))
            var values: [Double] = []
            var bin = first
            while Double(bin) * binWidth < high {
                let frequency = Double(bin) * binWidth
                values.append(max(0, min((frequency - low) / (centre - low), (high - frequency) / (high - centre))))
                bin += 1
            }
            let sum = values.reduce(0, +)
            if sum > 0 {
                values = values.map { $0 / sum }
            } else {
                first = Int((centre / binWidth).rounded())
                values = [1]
            }
            firstBin.append(first)
            weights += values.map { Float($0) }
            offsets.append(weights.count)
        }
        self.firstBin = firstBin
        self.weights = weights
        self.offsets = offsets
    }

    /// The lowest band whose filter has its peak at `frequency`, hertz, or above; `bandCount` if none has.
    package static func lowestBand(
        from frequency: Double, geometry: FrameGeometry, parameters: SpectralParameters
    ) -> Int {
        let peaks = edges(geometry: geometry, parameters: parameters).dropFirst().prefix(bandCount)
        return peaks.enumerated().first { $1 >= frequency }?.offset ?? bandCount
    }

    /// Where the filters start, peak and end, hertz: each ends where the next one peaks.
    private static func edges(geometry: FrameGeometry, parameters: SpectralParameters) -> [Double] {
        let highest =
            geometry.sampleRate <= Double(parameters.narrowBandRate)
            ? parameters.highestNarrowBandFrequency
            : min(parameters.highestFrequency, parameters.highestFrequencyShare * geometry.sampleRate)
        let lowMel = mel(parameters.lowestFrequency)
        let melStep = (mel(highest) - lowMel) / Double(bandCount + 1)
        return (0..<(bandCount + 2)).map { hertz(lowMel + Double($0) * melStep) }
    }

    /// Mel of a frequency in hertz.
    package static func mel(_ hertz: Double) -> Double { 1127 * Double.log(1 + hertz / 700) }

    /// Frequency in hertz of a mel value.
    package static func hertz(_ mel: Double) -> Double { 700 * (Double.exp(mel / 1127) - 1) }
}
