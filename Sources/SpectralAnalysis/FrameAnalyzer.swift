private import RealModule

/// The tight loop: frame, window, Fourier transform, mel, logarithm, harmonicity.
///
/// One per thread.
///
/// Owns plans and scratch memory; nothing is allocated per frame, and samples are copied once, into the window.
package final class FrameAnalyzer {
    /// Frame, hop and transform lengths.
    package let geometry: FrameGeometry
    private let filters: MelFilterBank
    private let powerFloor: Float
    private let forward: FourierTransform
    private let inverse: FourierTransform
    private let window: [Float]
    /// 1 / Σ w²: a full-scale white signal has power 1 in every bin.
    private let powerScale: Float
    private let power: UnsafeMutablePointer<Float>
    private let powerCapacity: Int
    private let melRow: UnsafeMutablePointer<Float>
    private let harmonicBins: Range<Int>
    private let firstLag: Int
    /// Reciprocal of the window's autocorrelation from `firstLag` on; at least eight.
    private let lagWeights: [Float]

    /// An analyzer for frames of `geometry`.
    package init(geometry: FrameGeometry, parameters: SpectralParameters = .init()) {
        self.geometry = geometry
        filters = MelFilterBank(geometry: geometry, parameters: parameters)
        powerFloor = parameters.powerFloor
        forward = FourierTransform(length: geometry.transformLength, direction: .forward)
        inverse = FourierTransform(length: parameters.autocorrelationLength, direction: .inverse)
        let length = geometry.windowLength
        let hann = (0..<length).map { 0.5 - 0.5 * Double.cos(2 * .pi * Double($0) / Double(length)) }
        window = hann.map { Float($0) }
        powerScale = Float(1 / hann.reduce(0) { $0 + $1 * $1 })
        powerCapacity = filters.readableBinCount + MelFilterBank.lanes
        power = .allocate(capacity: powerCapacity)
        power.initialize(repeating: 0, count: powerCapacity)
        melRow = .allocate(capacity: MelFilterBank.bandCount)
        melRow.initialize(repeating: 0, count: MelFilterBank.bandCount)

        let binsPerHertz = Double(geometry.transformLength) / geometry.sampleRate
        let lowBin = Int((parameters.harmonicBand.lowerBound * binsPerHertz).rounded(.up))
        let highBin = Int((parameters.harmonicBand.upperBound * binsPerHertz).rounded(.up))
        harmonicBins = lowBin..<min(highBin, parameters.autocorrelationLength / 2)
        let lagStep = binsPerHertz / Double(parameters.autocorrelationLength)
        firstLag = Int((1 / parameters.pitchRange.upperBound / lagStep).rounded(.up))
        let lastLag = min(
            Int((1 / parameters.pitchRange.lowerBound / lagStep).rounded(.down)), parameters.autocorrelationLength / 2)
        lagWeights = Self.lagWeights(
            window: hann, samplesPerLag: lagStep * geometry.sampleRate, lags: firstLag...lastLag,
            least: parameters.leastWindowAutocorrelation)
    }

    deinit {
        power.deallocate()
        melRow.deallocate()
    }

    /// Log-mel powers and harmonicity of consecutive frames of one channel.
    ///
    /// - Parameters:
    ///   - samples: at least `geometry.sampleCount(frameCount:)` samples, full scale 1.0.
    ///   - logMel: `[frameCount × 32]`, natural logarithm of power, −23...
    ///   - harmonicity: `[frameCount]`, about 0 (noise) to 1 (periodic), may pass 1 slightly.
    package func analyze(
        _ samples: UnsafePointer<Float>, frameCount: Int, logMel: UnsafeMutablePointer<Float>,
        harmonicity: UnsafeMutablePointer<Float>
    ) {
        for frame in 0..<frameCount {
            transform(samples + frame * geometry.hopLength)
            takePower()
            writeLogMel(to: logMel + frame * MelFilterBank.bandCount)
            harmonicity[frame] = measureHarmonicity()
        }
    }

    /// Removes the frame's mean, windows it and transforms it.
    private func transform(_ frame: UnsafePointer<Float>) {
        let count = geometry.windowLength
        var sums = SIMD8<Float>.zero
        let raw = UnsafeRawPointer(frame)
        var index = 0
        while index + 8 <= count {
            sums += raw.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
            index += 8
        }
        var sum = sums.sum()
        while index < count {
            sum += frame[index]
            index += 1
        }
        let mean = sum / Float(count)
        let target = forward.samples
        window.withUnsafeBufferPointer { window in
            guard let weights = window.baseAddress else { return }
            for sample in 0..<count { target[sample] = (frame[sample] - mean) * weights[sample] }
        }
        forward.execute()
    }

    /// Squared magnitude of the spectrum made by `transform`.
    private func takePower() {
        let scale = powerScale
        let spectrum = forward.spectrum
        for bin in 0..<(geometry.transformLength / 2 + 1) {
            let (real, imaginary) = (spectrum[2 * bin], spectrum[2 * bin + 1])
            power[bin] = (real * real + imaginary * imaginary) * scale
        }
    }

    private func writeLogMel(to row: UnsafeMutablePointer<Float>) {
        let raw = UnsafeRawPointer(power)
        filters.weights.withUnsafeBytes { weights in
            guard let weightBytes = weights.baseAddress else { return }
            for band in 0..<MelFilterBank.bandCount {
                var bins = raw + filters.firstBin[band] * 4
                var sum = SIMD8<Float>.zero
                for offset in stride(
                    from: filters.offsets[band], to: filters.offsets[band + 1], by: MelFilterBank.lanes)
                {
                    sum +=
                        bins.loadUnaligned(as: SIMD8<Float>.self)
                        * weightBytes.loadUnaligned(fromByteOffset: offset * 4, as: SIMD8<Float>.self)
                    bins += MelFilterBank.lanes * 4
                }
                melRow[band] = sum.sum() + powerFloor
            }
        }
        let mel = UnsafeRawPointer(melRow)
        let target = UnsafeMutableRawPointer(row)
        for offset in stride(from: 0, to: MelFilterBank.bandCount * 4, by: 32) {
            let logarithms = naturalLogarithm(mel.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self))
            target.storeBytes(of: logarithms, toByteOffset: offset, as: SIMD8<Float>.self)
        }
    }

    /// Highest peak of the autocorrelation within the pitch range, relative to lag 0, with the window's own divided out
    /// (Boersma 1993).
    private func measureHarmonicity() -> Float {
        let spectrum = inverse.spectrum
        spectrum.update(repeating: 0, count: inverse.length + 2)
        for bin in harmonicBins { spectrum[2 * bin] = power[bin] }
        inverse.execute()
        let lags = UnsafeRawPointer(inverse.samples + firstLag)
        var best = SIMD8<Float>(repeating: -.infinity)
        lagWeights.withUnsafeBytes { weights in
            guard let weightBytes = weights.baseAddress else { return }
            // The last group reaches back over lags already seen; a maximum does not mind.
            for group in stride(from: 0, to: weights.count + 31, by: 32) {
                let offset = min(group, weights.count - 32)
                let values =
                    lags.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                    * weightBytes.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                best.replace(with: values, where: values .> best)
            }
        }
        // Lag 0 of the unnormalised inverse is `length` times the one the small constant was chosen for.
        return best.max() / (inverse.samples[0] + Float(inverse.length) * 1e-12)
    }

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
