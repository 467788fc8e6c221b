import Foundation
import SeededSignals
import SpectralAnalysis
import Testing

@Suite("The delay between two channels")
struct ChannelDelaysTests {
    private let geometry = FrameGeometry(sampleRate: 8000)

    /// White noise, and the same `delay` samples later, each with `noise` of its own.
    private func channels(delay: Int, noise: Double = 0, frames: Int) -> [[Float]] {
        var random = SeededRandom(seed: 3)
        let count = geometry.sampleCount(frameCount: frames)
        let sound = (0..<(count + 64)).map { _ in random.normal() }
        return [32, 32 - delay].map { start in
            (0..<count).map { Float(0.1 * sound[start + $0] + 0.1 * noise * random.normal()) }
        }
    }

    private func delays(of planes: [[Float]], frames: Int) -> [Float] {
        FrameAnalyzer(geometry: geometry)
            .featuresAndDelays(of: SampleChunker.Chunk(index: 0, planes: planes, frameCount: frames)).delays
    }

    /// The definition, in double, bin by bin: mean over 10 frames and the band of the cosine of what the phases differ
    /// by, turned back by the lag (Knapp and Carter 1976).
    private func textbook(_ planes: [[Float]], lag: Int) -> Double {
        let (length, hop, points) = (geometry.windowLength, geometry.hopLength, geometry.transformLength)
        let hann = (0..<length).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(length)) }
        func phase(_ plane: [Float], _ frame: Int, _ bin: Int) -> Double {
            let samples = plane[(frame * hop)..<(frame * hop + length)].map(Double.init)
            let mean = samples.reduce(0, +) / Double(length)
            var (real, imaginary) = (0.0, 0.0)
            for (index, sample) in samples.enumerated() {
                let angle = 2 * .pi * Double(bin * index % points) / Double(points)
                real += (sample - mean) * hann[index] * cos(angle)
                imaginary -= (sample - mean) * hann[index] * sin(angle)
            }
            return atan2(imaginary, real)
        }
        // 150 to 3800 Hz in steps of 31.25 Hz.
        let bins = 5..<122
        let sum = (0..<10).reduce(0.0) { sum, frame in
            sum
                + bins.reduce(0.0) { sum, bin in
                    let difference = phase(planes[0], frame, bin) - phase(planes[1], frame, bin)
                    return sum + cos(difference + 2 * .pi * Double(bin * lag) / Double(points))
                }
        }
        return sum / Double(10 * bins.count)
    }

    @Test("is where the phases of both agree: the fast correlation is the textbook's")
    func definition() {
        let planes = channels(delay: 3, noise: 0.5, frames: 10)
        let rows = delays(of: planes, frames: 10)
        // 2 ms of 8 kHz to either side: 33 lags.
        #expect(rows.count == 33)
        for lag in [-16, -3, 0, 1, 16] { #expect(abs(Double(rows[lag + 16]) - textbook(planes, lag: lag)) < 1e-4) }
    }

    @Test("is found to the sample, whichever channel is later", arguments: [-15, -4, 0, 1, 9])
    func peak(delay: Int) throws {
        let rows = delays(of: channels(delay: delay, noise: 1, frames: 25), frames: 25)
        // Two whole rows and one of five frames.
        #expect(rows.count == 3 * 33)
        for row in 0..<3 {
            let lags = rows[(33 * row)..<(33 * (row + 1))]
            let best = try #require(lags.indices.max { lags[$0] < lags[$1] }) - 33 * row - 16
            #expect(best == -delay)
        }
    }

    @Test("Digital silence has none")
    func silence() {
        let planes = [[Float]](
            repeating: [Float](repeating: 0, count: geometry.sampleCount(frameCount: 10)), count: 2)
        #expect(delays(of: planes, frames: 10).allSatisfy { $0 == 0 })
    }

    @Test("Features of a pair are those of each channel alone, bit for bit")
    func features() {
        let planes = channels(delay: 2, noise: 0.3, frames: 21)
        let pair = FrameAnalyzer(geometry: geometry)
            .featuresAndDelays(of: SampleChunker.Chunk(index: 0, planes: planes, frameCount: 21)).features
        for (plane, both) in zip(planes, pair) {
            let alone = FrameAnalyzer(geometry: geometry)
                .features(of: SampleChunker.Chunk(index: 0, planes: [plane], frameCount: 21))[0]
            #expect(both.harmonicity == alone.harmonicity)
            #expect((0..<both.logMel.count).allSatisfy { both.logMel.steps[$0] == alone.logMel.steps[$0] })
        }
    }

    @Test("Rows go with the frames that are left out at the start")
    func removal() {
        var delays = ChannelDelays(geometry: geometry)
        for row in 0..<4 { delays.append([Float](repeating: Float(row), count: 33)) }
        delays.removeFrames(leading: 20)
        #expect(delays.rowCount == 2 && delays.rows.first == 2)
    }
}
