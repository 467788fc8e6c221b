import SpectralAnalysis
import Testing

@Suite("Rows of log powers")
struct LogPowerRowsTests {
    // steps of 1/512:  0.3 · 512 = 153.6 → 154;  halves go to the even step
    @Test(
        "A log power is kept as the nearest 512th, and limited to what 16 bits hold",
        arguments: [
            (0.3, 154), (-23.03, -11791), (0.5 / 512, 0), (1.5 / 512, 2), (-0.5 / 512, 0), (100, 32767), (-100, -32768),
            (Float.infinity, 32767),
        ] as [(Float, Int16)])
    func rounding(value: Float, step: Int16) {
        let rows = LogPowerRows(count: 2)
        rows[1] = value
        #expect(rows.steps[1] == step)
        #expect(rows[1] == Float(step) / 512)
        #expect(rows[0] == 0)
    }

    @Test("The mean of two equal channels is each of them, to the step")
    func equalChannels() {
        let geometry = FrameGeometry(sampleRate: 16_000)
        let samples = (0..<geometry.sampleCount(frameCount: 9)).map { Float(($0 * 7919) % 2001 - 1000) / 4000 }
        let chunk = SampleChunker.Chunk(index: 0, planes: [samples, samples], frameCount: 9)
        let planes = FrameAnalyzer(geometry: geometry).features(of: chunk)
        let mean = SpectralChunk(powerMean: planes, geometry: geometry)
        for index in 0..<(9 * SpectralFeatures.bandCount) {
            #expect(mean.logMel.steps[index] == planes[0].logMel.steps[index])
        }
    }
}
