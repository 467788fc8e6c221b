import AudioDecoding
import CSndfile
import Foundation
import Testing

/// One container and encoding with the fidelity it promises.
struct StoredFormat: Sendable, CustomTestStringConvertible {
    var container: Int
    var encoding: Int
    var name: String
    /// Decibels below which the decoded tones must not fall.
    var signalToNoise: Double
    /// Frames a codec may add in front or behind.
    var padding = 0
    var sampleRate = 16_000

    var testDescription: String { name }

    static let all: [StoredFormat] = [
        .init(container: SF_FORMAT_WAV, encoding: SF_FORMAT_PCM_U8, name: "WAV, 8-bit PCM", signalToNoise: 35),
        .init(container: SF_FORMAT_WAV, encoding: SF_FORMAT_PCM_16, name: "WAV, 16-bit PCM", signalToNoise: 80),
        .init(container: SF_FORMAT_WAV, encoding: SF_FORMAT_PCM_24, name: "WAV, 24-bit PCM", signalToNoise: 125),
        .init(container: SF_FORMAT_WAV, encoding: SF_FORMAT_PCM_32, name: "WAV, 32-bit PCM", signalToNoise: 140),
        .init(container: SF_FORMAT_WAV, encoding: SF_FORMAT_FLOAT, name: "WAV, 32-bit float", signalToNoise: .infinity),
        .init(
            container: SF_FORMAT_WAV, encoding: SF_FORMAT_DOUBLE, name: "WAV, 64-bit float", signalToNoise: .infinity),
        .init(container: SF_FORMAT_WAV, encoding: SF_FORMAT_ULAW, name: "WAV, µ-law", signalToNoise: 35),
        .init(container: SF_FORMAT_WAV, encoding: SF_FORMAT_ALAW, name: "WAV, A-law", signalToNoise: 35),
        .init(
            container: SF_FORMAT_WAV, encoding: SF_FORMAT_IMA_ADPCM, name: "WAV, IMA ADPCM", signalToNoise: 25,
            padding: 4_096),
        .init(
            container: SF_FORMAT_WAV, encoding: SF_FORMAT_MS_ADPCM, name: "WAV, Microsoft ADPCM", signalToNoise: 25,
            padding: 4_096),
        .init(container: SF_FORMAT_WAVEX, encoding: SF_FORMAT_PCM_16, name: "WAV, 16-bit PCM", signalToNoise: 80),
        .init(
            container: SF_FORMAT_WAVEX, encoding: SF_FORMAT_FLOAT, name: "WAV, 32-bit float", signalToNoise: .infinity),
        .init(container: SF_FORMAT_RF64, encoding: SF_FORMAT_PCM_16, name: "RF64, 16-bit PCM", signalToNoise: 80),
        .init(container: SF_FORMAT_W64, encoding: SF_FORMAT_PCM_24, name: "W64, 24-bit PCM", signalToNoise: 125),
        .init(container: SF_FORMAT_AIFF, encoding: SF_FORMAT_PCM_16, name: "AIFF, 16-bit PCM", signalToNoise: 80),
        .init(container: SF_FORMAT_AU, encoding: SF_FORMAT_ULAW, name: "AU, µ-law", signalToNoise: 35),
        .init(container: SF_FORMAT_CAF, encoding: SF_FORMAT_FLOAT, name: "CAF, 32-bit float", signalToNoise: .infinity),
        .init(container: SF_FORMAT_FLAC, encoding: SF_FORMAT_PCM_16, name: "FLAC, 16-bit PCM", signalToNoise: 80),
        .init(container: SF_FORMAT_FLAC, encoding: SF_FORMAT_PCM_24, name: "FLAC, 24-bit PCM", signalToNoise: 125),
        .init(container: SF_FORMAT_OGG, encoding: SF_FORMAT_VORBIS, name: "Ogg, Vorbis", signalToNoise: 15),
        .init(
            container: SF_FORMAT_OGG, encoding: SF_FORMAT_OPUS, name: "Ogg, Opus", signalToNoise: 12, sampleRate: 48_000
        ),
    ]
}

@Suite struct AudioDecoderTests {
    @Test("Two channels come back in order and within the encoding's precision", arguments: StoredFormat.all)
    func roundTrip(stored: StoredFormat) throws {
        let folder = try ScratchFolder()
        let path = folder.path("tones")
        let signal = tones(frameCount: 20_000, channelCount: 2, sampleRate: stored.sampleRate)
        try writeRecording(
            signal, to: path, format: stored.container | stored.encoding, channelCount: 2,
            sampleRate: stored.sampleRate)

        let decoder = try AudioDecoder(.file(path))
        let decoded = try decodeAll(decoder)

        #expect(decoder.format.encoding == stored.name)
        #expect(decoder.format.sampleRate == stored.sampleRate)
        #expect(decoder.format.channelCount == 2)
        #expect(decoder.warnings == [])
        #expect(abs(decoded.count / 2 - 20_000) <= stored.padding)
        #expect(signalToNoise(signal, decoded) >= stored.signalToNoise)
        // The same signal with channels swapped must not pass, or the test could not fail.
        let swapped = signal.indices.map { signal[$0 ^ 1] }
        #expect(signalToNoise(swapped, decoded) < 6)
    }

    @Test("GSM 6.10, which is mono only, keeps the tone")
    func gsm() throws {
        let folder = try ScratchFolder()
        let signal = tones(frameCount: 16_000, channelCount: 1, sampleRate: 8_000)
        try writeRecording(signal, to: folder.path("gsm"), format: SF_FORMAT_WAV | SF_FORMAT_GSM610, sampleRate: 8_000)
        let decoder = try AudioDecoder(.file(folder.path("gsm")))
        let decoded = try decodeAll(decoder)
        #expect(decoder.format.encoding == "WAV, GSM 6.10")
        #expect(signalToNoise(signal, decoded) > 6)
    }

    @Test("MP3 keeps the tone apart from the encoder's delay")
    func mp3() throws {
        let folder = try ScratchFolder()
        let signal = tones(frameCount: 32_000, channelCount: 1, sampleRate: 16_000)
        try writeRecording(signal, to: folder.path("mp3"), format: SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
        let decoder = try AudioDecoder(.file(folder.path("mp3")))
        let decoded = try decodeAll(decoder)
        #expect(decoder.format.encoding == "MPEG, MP3")
        #expect(decoder.format.sampleRate == 16_000)
        #expect(abs(decoded.count - 32_000) <= 3_000)
        let level = { (samples: ArraySlice<Float>) in samples.reduce(0) { $0 + $1 * $1 } / Float(samples.count) }
        #expect(abs(level(decoded[8_000..<24_000]) - level(signal[8_000..<24_000])) < 0.01)
    }

    @Test("Every µ-law and A-law code means what libsndfile says it means", arguments: [7, 6])
    func companding(formatTag: Int) throws {
        let folder = try ScratchFolder()
        var wave = WaveBytes()
        (wave.formatTag, wave.bitsPerSample, wave.data) = (formatTag, 8, (0...255).map { UInt8($0) })
        let path = try folder.write(wave.bytes, as: "codes.wav")
        var info = SF_INFO()
        let file = try #require(sf_open(path, Int32(SFM_READ), &info))
        defer { sf_close(file) }
        var expected = [Int16](repeating: 0, count: 256)
        #expect(sf_readf_short(file, &expected, 256) == 256)
        #expect(try decodeAll(AudioDecoder(.file(path))) == expected.map { Float($0) / 32_768 })
    }

    @Test("16-bit full scale is -1 to just below 1")
    func fullScale() throws {
        let folder = try ScratchFolder()
        let path = try folder.write(WaveBytes(samples: [.min, -1, 0, 1, .max]).bytes, as: "scale.wav")
        let unit: Float = 1 / 32_768
        #expect(try decodeAll(AudioDecoder(.file(path))) == [-1, -unit, 0, unit, 1 - unit])
    }

    @Test(
        "Rates from 8 to 192 kHz are taken as they are",
        arguments: [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])
    func rates(sampleRate: Int) throws {
        let folder = try ScratchFolder()
        let signal = tones(frameCount: 1_000, channelCount: 1, sampleRate: sampleRate)
        try writeRecording(
            signal, to: folder.path("r"), format: SF_FORMAT_FLAC | SF_FORMAT_PCM_16, sampleRate: sampleRate)
        let decoder = try AudioDecoder(.file(folder.path("r")))
        #expect(decoder.format.sampleRate == sampleRate)
        #expect(try decodeAll(decoder).count == 1_000)
    }

    @Test("1, 3 and 32 channels come back in order", arguments: [1, 3, 32], [SF_FORMAT_WAV, SF_FORMAT_CAF])
    func channelCounts(channelCount: Int, container: Int) throws {
        let folder = try ScratchFolder()
        let signal = tones(frameCount: 5_000, channelCount: channelCount, sampleRate: 48_000)
        try writeRecording(
            signal, to: folder.path("c"), format: container | SF_FORMAT_FLOAT, channelCount: channelCount,
            sampleRate: 48_000)
        let decoder = try AudioDecoder(.file(folder.path("c")))
        #expect(decoder.format.channelCount == channelCount)
        #expect(try decodeAll(decoder) == signal)
    }

    @Test(
        "Blocks of any size give the same samples as one big block",
        arguments: [1, 7, 1_000, 4_097], [SF_FORMAT_WAV | SF_FORMAT_PCM_24, SF_FORMAT_FLAC | SF_FORMAT_PCM_16])
    func blockSizes(blockFrameCount: Int, format: Int) throws {
        let folder = try ScratchFolder()
        let signal = tones(frameCount: 60_000, channelCount: 3, sampleRate: 16_000)
        try writeRecording(signal, to: folder.path("b"), format: format, channelCount: 3)
        let whole = try decodeAll(AudioDecoder(.file(folder.path("b"))), blockFrameCount: 100_000)
        #expect(whole.count == 180_000)
        #expect(try decodeAll(AudioDecoder(.file(folder.path("b"))), blockFrameCount: blockFrameCount) == whole)
    }

    @Test("24 bits in 4 bytes, as some recorders store them, are read left-justified")
    func wideContainer() throws {
        let folder = try ScratchFolder()
        var bytes = WaveBytes(samples: []).bytes
        bytes.replaceSubrange(32..<36, with: littleEndian(4, 2) + littleEndian(24, 2))
        bytes.replaceSubrange(40..<44, with: littleEndian(8, 4))
        bytes += littleEndian(0x4000_0000, 4) + littleEndian(-0x2000_0000, 4)
        #expect(try decodeAll(AudioDecoder(.file(folder.write(bytes, as: "w.wav")))) == [0.5, -0.25])
    }
}
