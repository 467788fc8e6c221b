import AudioDecoding
import CSndfile
import Foundation
import Testing

/// 16 kHz mono recordings of 20000 samples (1.25 s) whose headers say something else.
@Suite struct WaveLengthTests {
    private let samples = (0..<20_000).map { Int16(truncatingIfNeeded: $0 * 7_919) / 2 }

    private func decode(_ wave: WaveBytes) throws -> (count: Int, warnings: [String], stated: Int?) {
        let folder = try ScratchFolder()
        let decoder = try AudioDecoder(.file(folder.write(wave.bytes, as: "cut.wav")))
        let decoded = try decodeAll(decoder)
        return (decoded.count, decoder.warnings, decoder.format.statedFrameCount)
    }

    @Test(
        "A wrong length in the header is passed over with a warning that says both lengths",
        arguments: [(0, "0.0"), (16_000, "0.5"), (100_000, "3.1"), (0x7FFF_FFFF, "67108.9")])
    func wrongLength(statedByteCount: Int, statedSeconds: String) throws {
        var wave = WaveBytes(samples: samples)
        wave.statedByteCount = statedByteCount
        let result = try decode(wave)
        #expect(result.count == 20_000)
        #expect(
            result.warnings
                == ["The header says \(statedSeconds) s but the file holds 1.3 s; read to its real end."])
    }

    @Test("A length of all ones means that none is known")
    func noLength() throws {
        var wave = WaveBytes(samples: samples)
        wave.statedByteCount = 0xFFFF_FFFF
        let result = try decode(wave)
        #expect(result.count == 20_000)
        #expect(result.stated == 20_000)
        #expect(result.warnings == ["The header states no length; the recording was read to its real end, 1.3 s."])
    }

    @Test("Length 0 is repaired in other encodings too", arguments: [(3, 32), (3, 64), (7, 8), (6, 8), (1, 24)])
    func otherEncodings(formatTag: Int, bitsPerSample: Int) throws {
        var wave = WaveBytes()
        (wave.formatTag, wave.bitsPerSample, wave.statedByteCount) = (formatTag, bitsPerSample, 0)
        wave.data = [UInt8](repeating: 0, count: 20_000 * bitsPerSample / 8)
        let result = try decode(wave)
        #expect(result.count == 20_000)
        #expect(result.warnings.count == 1)
    }

    @Test("Chunks and tags behind the samples are no sound", arguments: ["LIST", "TAG", "ID3\u{3}"])
    func trailingChunk(tag: String) throws {
        var wave = WaveBytes(samples: samples)
        wave.trailer = Array(tag.utf8) + littleEndian(6_000, 4) + [UInt8](repeating: 200, count: 6_000)
        let result = try decode(wave)
        #expect(result.count == 20_000)
        #expect(result.warnings == [])
    }

    @Test("A few odd bytes behind the samples are padding")
    func padding() throws {
        var wave = WaveBytes(samples: samples)
        wave.trailer = [UInt8](repeating: 200, count: 1_001)
        let result = try decode(wave)
        #expect(result.count == 20_000)
        #expect(result.warnings == [])
    }

    @Test("Half a frame at the end is left out")
    func halfFrame() throws {
        var wave = WaveBytes(samples: samples)
        wave.statedByteCount = 50_000
        wave.data.removeLast()
        #expect(try decode(wave).count == 19_999)
    }

    @Test("A recording whose header counts no samples and that holds none is empty, not an error")
    func noSamples() throws {
        let result = try decode(WaveBytes())
        #expect(result.count == 0)
        #expect(result.warnings == [])
    }

    @Test("Samples that are no numbers become silence and are counted")
    func nonFinite() throws {
        let values: [Float] = [0.5, .nan, -.infinity, 1e9, 1.5, -0.25]
        var wave = WaveBytes()
        (wave.formatTag, wave.bitsPerSample) = (3, 32)
        wave.data = values.flatMap { littleEndian(Int($0.bitPattern), 4) }
        let folder = try ScratchFolder()
        let decoder = try AudioDecoder(.file(folder.write(wave.bytes, as: "nan.wav")))
        #expect(try decodeAll(decoder) == [0.5, 0, 0, 0, 1.5, -0.25])
        #expect(decoder.warnings == ["3 samples were no finite numbers and count as silence."])
    }

    @Test(
        "Wrong lengths of compressed encodings are repaired too, in files and streams",
        arguments: [SF_FORMAT_IMA_ADPCM, SF_FORMAT_MS_ADPCM, SF_FORMAT_GSM610], [0, 10_000, 1 << 24, 0xFFFF_FFFF])
    func compressed(encoding: Int, statedByteCount: Int) throws {
        let folder = try ScratchFolder()
        let signal = tones(frameCount: 100_000, channelCount: 1, sampleRate: 8_000)
        try writeRecording(signal, to: folder.path("a"), format: SF_FORMAT_WAV | encoding, sampleRate: 8_000)
        let whole = try decodeAll(AudioDecoder(.file(folder.path("a"))))
        var bytes = try [UInt8](Data(contentsOf: folder.url.appending(path: "a")))
        let data = try #require(bytes.firstRange(of: Array("data".utf8)))
        bytes.replaceSubrange(data.upperBound..<data.upperBound + 4, with: littleEndian(statedByteCount, 4))

        let file = try AudioDecoder(.file(folder.write(bytes, as: "b")))
        #expect(try decodeAll(file).starts(with: whole))
        #expect(file.warnings.count == 1)
        #expect(file.warnings.first?.contains("its real end") == true)
        let streamed = try withStream(bytes) { try decodeAll(AudioDecoder(streamDescriptor: $0)) }
        #expect(streamed.starts(with: whole))
    }

    @Test("A FLAC that was cut off is read as far as it goes, with a warning")
    func cutFlac() throws {
        let folder = try ScratchFolder()
        let signal = tones(frameCount: 100_000, channelCount: 1, sampleRate: 16_000)
        try writeRecording(signal, to: folder.path("a"), format: SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
        let whole = try Data(contentsOf: folder.url.appending(path: "a"))
        let decoder = try AudioDecoder(.file(folder.write(Array(whole.prefix(whole.count / 2)), as: "b")))
        let decoded = try decodeAll(decoder)
        #expect((10_000..<90_000).contains(decoded.count))
        #expect(decoder.warnings.count == 1)
    }
}
