import Live
import SpectralAnalysis
import Testing

@Suite("Features of a meeting in progress, on disk")
struct FeatureSpoolTests {
    private let geometry = FrameGeometry(sampleRate: 8000)

    private func chunk(_ count: Int, level: Float) -> SpectralChunk {
        let rows = LogPowerRows(count: count * SpectralFeatures.bandCount)
        for index in 0..<rows.count { rows[index] = level }
        return SpectralChunk(logMel: rows, harmonicity: [Float](repeating: 0.25, count: count))
    }

    // frames   100  100  25       rows of the delay  10  10  3, each of 33 lags
    // channel 1 −4   −5   −6
    // channel 2 −7   −7   −7
    @Test("come back as they went, of two channels with the delay between them", arguments: [1, 2])
    func roundTrip(planes: Int) throws {
        let spool = try #require(FeatureSpool(geometry: geometry, planeCount: planes))
        for (index, count) in [100, 100, 25].enumerated() {
            let chunks = [chunk(count, level: Float(-4 - index)), chunk(count, level: -7)].prefix(planes)
            let delays = (0..<((count + 9) / 10 * 33)).map { Float($0 % 33 - 16) / 32 }
            #expect(spool.append(Array(chunks), delays: delays))
        }
        let (channels, delays) = spool.features()
        #expect(channels.count == planes)
        for (channel, features) in channels.enumerated() {
            #expect(features.frameCount == 225)
            for frame in 0..<225 {
                #expect(features.row(frame)[31] == (channel == 1 ? -7 : Float(-4 - frame / 100)))
                #expect(features.harmonicity[frame] == 0.25)
            }
        }
        #expect(delays?.rowCount == (planes == 2 ? 23 : nil))
        if let rows = delays?.rows {
            #expect(rows.indices.allSatisfy { rows[$0] == Float($0 % 33 - 16) / 32 })
        }
    }
}
