import SeededSignals
import SpectralAnalysis
import Testing

@Suite("Cutting the stream of samples into chunks")
struct SampleChunkerTests {
    private func chunks(_ samples: [Float], rate: Int, channels: Int, block: Int) -> [SampleChunker.Chunk] {
        var chunker = SampleChunker(sampleRate: rate, channelCount: channels)
        var chunks: [SampleChunker.Chunk] = []
        samples.withUnsafeBufferPointer { samples in
            for start in stride(from: 0, to: samples.count, by: block * channels) {
                let end = min(start + block * channels, samples.count)
                chunks += chunker.append(UnsafeBufferPointer(rebasing: samples[start..<end]))
            }
        }
        return chunks + chunker.finish()
    }

    @Test("Frames do not depend on the blocks in which samples arrive", arguments: [999, 16_000, 400_000])
    func blocks(block: Int) {
        var random = SeededRandom(seed: 3)
        let samples = whiteNoise(count: 350_000, level: 0.1, random: &random)
        let whole = chunks(samples, rate: 16000, channels: 1, block: 350_000)
        let parts = chunks(samples, rate: 16000, channels: 1, block: block)
        #expect(whole.map(\.frameCount) == [2000, 185])
        #expect(parts.map(\.frameCount) == whole.map(\.frameCount))
        #expect(parts.map(\.planes) == whole.map(\.planes))
    }

    @Test("Consecutive chunks continue each other")
    func seam() {
        // chunk 0: samples 0 ..< 1999·160 + 512;  chunk 1 starts at 2000·160
        let samples = (0..<330_000).map { Float($0) }
        let cut = chunks(samples, rate: 16000, channels: 1, block: 1000)
        #expect(cut[0].planes[0].last == Float(1999 * 160 + 511))
        #expect(cut[1].planes[0].first == Float(2000 * 160))
    }

    @Test("Channels stay apart up to the eighth; further ones are left out")
    func channels() {
        let stereo: [Float] = (0..<2000).flatMap { _ -> [Float] in [0.5, -0.25] }
        let two = chunks(stereo, rate: 16000, channels: 2, block: 512)
        #expect(two[0].planes.map(\.first) == [0.5, -0.25])
        let many: [Float] = (0..<2000).flatMap { _ in (1...10).map { Float($0) } }
        let eight = chunks(many, rate: 16000, channels: 10, block: 512)
        #expect(eight[0].planes.map(\.first) == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(eight[0].planes.allSatisfy { plane in plane.allSatisfy { $0 == plane[0] } })
    }

    @Test("Three channels are averaged where that is asked for, two are not")
    func average() {
        let three: [Float] = (0..<2000).flatMap { _ -> [Float] in [0.3, 0.6, 0] }
        var chunker = SampleChunker(sampleRate: 16000, channelCount: 3, averagesMany: true)
        let mixed = three.withUnsafeBufferPointer { chunker.append($0) } + chunker.finish()
        #expect(mixed[0].planes.count == 1)
        #expect(abs(mixed[0].planes[0][7] - 0.3) < 1e-6)
        #expect(SampleChunker(sampleRate: 16000, channelCount: 2, averagesMany: true).planeCount == 2)
    }

    @Test(
        "Each of two channels, and of three, is halved as it is alone, whatever the blocks",
        arguments: [1000, 999, 3, 5, 3000], [(44_100, 2), (96_000, 2), (44_100, 3), (96_000, 3)])
    func halved(blockFrameCount: Int, sound: (rate: Int, channels: Int)) {
        var random = SeededRandom(seed: 9)
        let sides = [0.1, 0.02, 0.5].prefix(sound.channels).map {
            whiteNoise(count: 30_001, level: $0, random: &random)
        }
        let all = sides[0].indices.flatMap { index in sides.map { $0[index] } }
        let together = chunks(all, rate: sound.rate, channels: sound.channels, block: blockFrameCount)
        for (channel, side) in sides.enumerated() {
            let alone = chunks(side, rate: sound.rate, channels: 1, block: 7777)
            #expect(together.map { $0.planes[channel] } == alone.map { $0.planes[0] })
        }
    }

    @Test(
        "High rates are halved until the bands just fit",
        arguments: [
            (16000, 16000.0), (32000, 32000), (44100, 22050), (48000, 24000), (96000, 24000), (192_000, 24000),
        ])
    func rates(rate: Int, expected: Double) {
        #expect(SampleChunker(sampleRate: rate, channelCount: 1).geometry.sampleRate == expected)
    }
}
