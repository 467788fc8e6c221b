import SpectralAnalysis
import Testing

@Suite("Features of a whole recording")
struct SpectralFeaturesTests {
    /// Features whose frame `i` has the log power −`i` / 512 in all bands, but −27 where `isSilent`.
    private func features(_ count: Int, isSilent: (Int) -> Bool = { _ in false }) -> SpectralFeatures {
        var features = SpectralFeatures(geometry: FrameGeometry(sampleRate: 16_000))
        for start in stride(from: 0, to: count, by: SpectralFeatures.framesPerChunk) {
            let length = min(SpectralFeatures.framesPerChunk, count - start)
            let rows = LogPowerRows(count: length * SpectralFeatures.bandCount)
            for index in 0..<rows.count {
                let frame = start + index / SpectralFeatures.bandCount
                rows[index] = isSilent(frame) ? -27 : -Float(frame) / LogPowerRows.stepsPerUnit
            }
            let harmonicity = (start..<(start + length)).map { Float($0) }
            features.append(SpectralChunk(logMel: rows, harmonicity: harmonicity))
        }
        return features
    }

    // chunks of 2000:   |--------|--------|--------|---|   7000 frames
    // silent:            ############                 ###   the first 2350 and the last 40
    @Test("Silence at both ends is counted by frames, across chunks")
    func outerSilence() throws {
        let silence = try #require(features(7000) { $0 < 2350 || $0 >= 6960 || $0 == 4000 }.outerSilence(below: -20))
        #expect(silence.leading == 2350)
        #expect(silence.trailing == 40)
        let none = try #require(features(300).outerSilence(below: -20))
        #expect(none.leading == 0 && none.trailing == 0)
        #expect(features(300) { _ in true }.outerSilence(below: -20) == nil)
    }

    @Test(
        "What is left after frames were dropped is what was there",
        arguments: [(0, 0), (2000, 0), (2350, 40), (50, 6000), (6990, 0), (1999, 1), (4000, 2999)])
    func removed(leading: Int, trailing: Int) {
        var features = features(7000)
        let copy = features
        features.removeFrames(leading: leading, trailing: trailing)
        #expect(features.frameCount == 7000 - leading - trailing)
        #expect(features.harmonicity.first == Float(leading))
        #expect(features.harmonicity.last == Float(6999 - trailing))
        for frame in 0..<features.frameCount {
            #expect(features.row(frame)[31] == copy.row(leading + frame)[31])
        }
    }
}
