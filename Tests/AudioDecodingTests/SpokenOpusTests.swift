import AudioDecoding
import CSndfile
import Foundation
import Testing

@Suite("Opus for the page", .enabled(if: SpokenOpus.isAvailable, "this libsndfile does not write Opus"))
struct SpokenOpusTests {
    @Test(
        "The sound comes back with its length and pitch, from any sample rate",
        arguments: [8_000, 11_025, 16_000, 44_100, 48_000])
    func roundTrip(sampleRate: Int) throws {
        let folder = try ScratchFolder()
        let path = folder.path("tone.wav")
        let samples = tones(frameCount: 4 * sampleRate, channelCount: 2, sampleRate: sampleRate)
        try writeRecording(
            samples, to: path, format: SF_FORMAT_WAV | SF_FORMAT_PCM_16, channelCount: 2, sampleRate: sampleRate)
        let bytes = try SpokenOpus.encode(.file(path))
        let decoder = try AudioDecoder(.file(try folder.write(bytes, as: "tone.opus")))
        #expect(decoder.format.channelCount == 1)
        let decoded = try decodeAll(decoder)
        let rate = Double(decoder.format.sampleRate)
        #expect(abs(Double(decoded.count) / rate - 4) < 0.001)
        // Channels are tones of 200 and 250 Hz; the sum beats 50 times a second, so a window of 1 s holds both whole.
        func level(_ frequency: Double) -> Double {
            var (real, imaginary) = (0.0, 0.0)
            let window = decoded[Int(rate)..<Int(2 * rate)]
            for (index, sample) in window.enumerated() {
                let angle = 2 * .pi * frequency * Double(index) / rate
                real += Double(sample) * cos(angle)
                imaginary += Double(sample) * sin(angle)
            }
            return 2 * (real * real + imaginary * imaginary).squareRoot() / rate
        }
        #expect(abs(level(200) - 0.25) < 0.05, "\(level(200))")
        #expect(abs(level(250) - 0.227) < 0.05, "\(level(250))")
        #expect(level(225) < 0.03)
    }

    @Test("The same recording gives the same bytes, near the size that was announced")
    func sameBytes() throws {
        let folder = try ScratchFolder()
        let path = folder.path("tone.wav")
        try writeRecording(
            tones(frameCount: 320_000, channelCount: 1, sampleRate: 16_000), to: path,
            format: SF_FORMAT_WAV | SF_FORMAT_PCM_16)
        let bytes = try SpokenOpus.encode(.file(path))
        #expect(try bytes == SpokenOpus.encode(.file(path)))
        let expected = Double(SpokenOpus.expectedByteCount(seconds: 20))
        #expect(Double(bytes.count) < 1.25 * expected)
    }

    @Test("Every page has the serial number and a checksum that fits")
    func pages() throws {
        let folder = try ScratchFolder()
        let path = folder.path("tone.wav")
        try writeRecording(
            tones(frameCount: 80_000, channelCount: 1, sampleRate: 16_000), to: path,
            format: SF_FORMAT_WAV | SF_FORMAT_PCM_16)
        var bytes = try SpokenOpus.encode(.file(path))
        var (start, pages) = (0, 0)
        while let length = OggPages.pageLength(bytes, at: start) {
            #expect(Array(bytes[start + 14..<start + 18]) == Array("yawt".utf8))
            let stated = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + 22 + $1]) << UInt32(8 * $1) }
            for byte in 0..<4 { bytes[start + 22 + byte] = 0 }
            #expect(OggPages.checksum(bytes[start..<start + length]) == stated)
            start += length
            pages += 1
        }
        #expect(start == bytes.count)
        #expect(pages > 2)
    }
}
