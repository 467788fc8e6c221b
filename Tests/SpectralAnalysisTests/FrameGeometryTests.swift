import SpectralAnalysis
import Testing

@Suite("Frames, samples and seconds")
struct FrameGeometryTests {
    @Test(
        "Windows of 32 ms every 10 ms at common rates",
        arguments: [
            (8000.0, 256, 80, 256), (11025, 353, 110, 384), (16000, 512, 160, 512), (22050, 706, 221, 768),
            (24000, 768, 240, 768), (32000, 1024, 320, 1024),
        ])
    func lengths(rate: Double, window: Int, hop: Int, transform: Int) {
        let geometry = FrameGeometry(sampleRate: rate)
        #expect(geometry.windowLength == window)
        #expect(geometry.hopLength == hop)
        #expect(geometry.transformLength == transform)
    }

    @Test("One second at 16 kHz holds 97 whole frames")
    func frameCount() {
        // 0 ............................. 16000
        // |-512-|            the 97th starts at 96 · 160 = 15360 and ends at 15872; the next would end at 16032
        let geometry = FrameGeometry(sampleRate: 16000)
        #expect(geometry.frameCount(sampleCount: 16000) == 97)
        #expect(geometry.frameCount(sampleCount: 511) == 0)
        #expect(geometry.frameCount(sampleCount: 512) == 1)
        #expect(geometry.sampleCount(frameCount: 97) == 15872)
    }

    @Test("A boundary lies half a hop before the centre of its frame, the first one at 0")
    func boundaries() {
        let geometry = FrameGeometry(sampleRate: 16000)
        #expect(geometry.boundary(beforeFrame: 0) == 0)
        // Centre of frame 10: 0.100 + 0.016; minus 0.005.
        #expect(abs(geometry.boundary(beforeFrame: 10) - 0.111) < 1e-12)
        #expect(geometry.frames(inSeconds: 0.3) == 30)
    }
}
