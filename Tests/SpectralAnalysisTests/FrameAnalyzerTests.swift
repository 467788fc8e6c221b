import Foundation
import SeededSignals
import SpectralAnalysis
import Testing

@Suite("The tight loop")
struct FrameAnalyzerTests {
    /// One frame as the definitions say, in double, with a transform as in textbooks.
    private func textbook(_ frame: [Double], _ geometry: FrameGeometry, rate: Double) -> (logMel: [Double], h: Double) {
        let n = geometry.transformLength
        let mean = frame.reduce(0, +) / Double(frame.count)
        let hann = frame.indices.map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(frame.count)) }
        let energy = hann.reduce(0) { $0 + $1 * $1 }
        let power = (0...(n / 2)).map { bin -> Double in
            var (real, imaginary) = (0.0, 0.0)
            for index in frame.indices {
                let angle = 2 * .pi * Double(bin * index % n) / Double(n)
                real += (frame[index] - mean) * hann[index] * cos(angle)
                imaginary += (frame[index] - mean) * hann[index] * sin(angle)
            }
            return (real * real + imaginary * imaginary) / energy
        }
        let highest = rate <= 8000 ? 3800 : min(7600, 0.475 * rate)
        let (low, high) = (1127 * log(1 + 100.0 / 700), 1127 * log(1 + highest / 700))
        let edges = (0..<34).map { 700 * (exp((low + Double($0) * (high - low) / 33) / 1127) - 1) }
        let logMel = (0..<32).map { band -> Double in
            var (sum, weights) = (0.0, 0.0)
            for bin in power.indices {
                let f = Double(bin) * rate / Double(n)
                let weight = max(
                    0,
                    min(
                        (f - edges[band]) / (edges[band + 1] - edges[band]),
                        (edges[band + 2] - f) / (edges[band + 2] - edges[band + 1])))
                sum += weight * power[bin]
                weights += weight
            }
            if weights == 0 {
                sum = power[Int((edges[band + 1] * Double(n) / rate).rounded())]
                weights = 1
            }
            return log(sum / weights + 1e-10)
        }
        let step = Double(n) / (256 * rate)
        func autocorrelation(_ lag: Int) -> Double {
            power.indices.filter {
                Double($0) * rate / Double(n) >= 60 && Double($0) * rate / Double(n) < 1500 && $0 < 128
            }
            .reduce(0) { $0 + 2 * power[$1] * cos(2 * .pi * Double($1 * lag) / 256) }
        }
        func windowed(_ samples: Double) -> Double {
            func at(_ lag: Int) -> Double {
                lag >= hann.count ? 0 : (lag..<hann.count).reduce(0) { $0 + hann[$1] * hann[$1 - lag] } / energy
            }
            let below = Int(samples)
            return max(0.15, at(below) + (samples - Double(below)) * (at(below + 1) - at(below)))
        }
        let lags = Int((1 / 400 / step).rounded(.up))...Int((1 / 65 / step).rounded(.down))
        let h = lags.map { autocorrelation($0) / (autocorrelation(0) + 256e-12) / windowed(Double($0) * step * rate) }
            .max()
        return (logMel, h ?? 0)
    }

    private func analyze(_ samples: [Float], _ geometry: FrameGeometry) -> (logMel: [Float], harmonicity: [Float]) {
        let analyzer = FrameAnalyzer(geometry: geometry)
        let frames = geometry.frameCount(sampleCount: samples.count)
        let logMel = LogPowerRows(count: frames * 32)
        var harmonicity = [Float](repeating: 0, count: frames)
        analyzer.analyze(samples, frameCount: frames, logMel: logMel.steps, harmonicity: &harmonicity)
        return ((0..<logMel.count).map { logMel[$0] }, harmonicity)
    }

    @Test(
        "Log-mel powers and harmonicity equal the definitions", arguments: [8000.0, 11025, 16000, 22050, 24000, 32000])
    func definitions(rate: Double) {
        var random = SeededRandom(seed: UInt64(rate))
        let geometry = FrameGeometry(sampleRate: rate)
        let samples = (0..<(geometry.windowLength + 2 * geometry.hopLength)).map { index in
            Float(0.2 * sin(2 * .pi * 170 * Double(index) / rate) + 0.01 * random.normal() + 0.05)
        }
        let fast = analyze(samples, geometry)
        for frame in 0..<3 {
            let start = frame * geometry.hopLength
            let slow = textbook(
                samples[start..<(start + geometry.windowLength)].map(Double.init), geometry, rate: rate)
            for band in 0..<32 { #expect(abs(Double(fast.logMel[frame * 32 + band]) - slow.logMel[band]) < 2e-3) }
            #expect(abs(Double(fast.harmonicity[frame]) - slow.h) < 1e-4)
        }
    }

    @Test("White noise of power 1 has power 1 in every band")
    func normalisation() {
        var random = SeededRandom(seed: 5)
        let geometry = FrameGeometry(sampleRate: 16000)
        let logMel = analyze(whiteNoise(count: 160_000, level: 1, random: &random), geometry).logMel
        for band in 0..<32 {
            let powers = stride(from: band, to: logMel.count, by: 32).map { exp(Double(logMel[$0])) }
            #expect(abs(powers.reduce(0, +) / Double(powers.count) - 1) < 0.12)
        }
    }

    @Test("A buzz is harmonic, noise is not", arguments: [8000.0, 16000, 24000])
    func harmonicity(rate: Double) throws {
        var random = SeededRandom(seed: 6)
        let geometry = FrameGeometry(sampleRate: rate)
        let buzz = (0..<Int(rate)).map { index in
            Float((1...6).reduce(0.0) { $0 + 0.1 * sin(2 * .pi * 140 * Double($1 * index) / rate) })
        }
        #expect(try #require(analyze(buzz, geometry).harmonicity.min()) > 0.9)
        let noise = analyze(whiteNoise(count: Int(rate), level: 0.1, random: &random), geometry).harmonicity
        #expect(noise.reduce(0, +) / Float(noise.count) < 0.6)
    }

    @Test("Two channels give what each gives alone, and their mean is that of the powers")
    func pair() {
        var random = SeededRandom(seed: 7)
        let geometry = FrameGeometry(sampleRate: 16000)
        let planes = [0.1, 0.02].map { whiteNoise(count: 2000, level: $0, random: &random) }
        let frames = geometry.frameCount(sampleCount: 2000)
        let chunk = SampleChunker.Chunk(index: 0, planes: planes, frameCount: frames)
        let channels = FrameAnalyzer(geometry: geometry).features(of: chunk).map { chunk in
            var features = SpectralFeatures(geometry: geometry)
            features.append(chunk)
            return features
        }
        let alone = planes.map { analyze($0, geometry) }
        let mean = SpectralFeatures.powerMean(channels)
        for frame in 0..<frames {
            var total = (0.0, 0.0)
            for band in 0..<32 {
                let powers = alone.map { exp(Double($0.logMel[frame * 32 + band])) }
                for channel in 0..<2 {
                    #expect(channels[channel].row(frame)[band] == alone[channel].logMel[frame * 32 + band])
                }
                #expect(abs(Double(mean.row(frame)[band]) - log((powers[0] + powers[1]) / 2)) < 1.01 / 1024)
                total = (total.0 + powers[0], total.1 + powers[1])
            }
            let wanted =
                (Double(alone[0].harmonicity[frame]) * total.0 + Double(alone[1].harmonicity[frame]) * total.1)
                / (total.0 + total.1)
            #expect(abs(Double(mean.harmonicity[frame]) - wanted) < 1e-5)
        }
    }
}
