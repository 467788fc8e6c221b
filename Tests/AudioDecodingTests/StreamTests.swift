import AudioDecoding
import CSndfile
import Foundation
import Testing

@Suite struct StreamTests {
    @Test("Plain WAV streams, whatever length it states", arguments: [nil, 0, 0x7FFF_FFD8, 0xFFFF_FFFF])
    func wave(statedByteCount: Int?) throws {
        let samples = (0..<200_000).map { Int16(truncatingIfNeeded: $0 * 31) }
        var wave = WaveBytes(samples: samples)
        wave.statedByteCount = statedByteCount
        // A folder that does not exist proves that no temporary file is made.
        var parameters = AudioDecodingParameters()
        parameters.temporaryFolder = "/nonexistent"
        let (decoded, warnings) = try withStream(wave.bytes) { descriptor in
            let decoder = try AudioDecoder(streamDescriptor: descriptor, parameters: parameters)
            #expect(decoder.isStream)
            return (try decodeAll(decoder), decoder.warnings)
        }
        #expect(decoded == samples.map { Float($0) / 32_768 })
        #expect(warnings.count == (statedByteCount == 0 ? 1 : 0))
    }

    @Test(
        "Formats that need jumps go through the temporary file and come out the same",
        arguments: [
            SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_AIFF | SF_FORMAT_PCM_16, SF_FORMAT_OGG | SF_FORMAT_VORBIS,
            SF_FORMAT_CAF | SF_FORMAT_FLOAT, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, SF_FORMAT_AU | SF_FORMAT_ALAW,
            SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM,
        ])
    func spooled(format: Int) throws {
        let folder = try ScratchFolder()
        let signal = tones(frameCount: 50_000, channelCount: 2, sampleRate: 16_000)
        try writeRecording(signal, to: folder.path("f"), format: format, channelCount: 2)
        let expected = try decodeAll(AudioDecoder(.file(folder.path("f"))))
        let bytes = try [UInt8](Data(contentsOf: folder.url.appending(path: "f")))
        let decoded = try withStream(bytes) { try decodeAll(AudioDecoder(streamDescriptor: $0)) }
        #expect(expected.count >= 100_000)
        #expect(decoded == expected)
    }

    @Test("The observer sees every byte once and in order, chunks behind the samples too")
    func observer() throws {
        let folder = try ScratchFolder()
        var wave = WaveBytes(samples: [Int16](repeating: 77, count: 150_000))
        wave.trailer = Array("LIST".utf8) + littleEndian(300_000, 4) + [UInt8](repeating: 9, count: 300_000)
        let signal = tones(frameCount: 50_000, channelCount: 1, sampleRate: 16_000)
        try writeRecording(signal, to: folder.path("f"), format: SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
        for bytes in [wave.bytes, try [UInt8](Data(contentsOf: folder.url.appending(path: "f")))] {
            var seen: [UInt8] = []
            _ = try withStream(bytes) { descriptor in
                try decodeAll(AudioDecoder(streamDescriptor: descriptor) { seen += $0 })
            }
            #expect(seen == bytes)
        }
    }

    @Test("A named pipe is read like standard input")
    func namedPipe() throws {
        let folder = try ScratchFolder()
        let path = folder.path("pipe.wav")
        #expect(mkfifo(path, 0o600) == 0)
        let bytes = WaveBytes(samples: [Int16](repeating: 5, count: 100_000)).bytes
        Thread.detachNewThread { try? Data(bytes).write(to: URL(filePath: path), options: []) }
        let decoder = try AudioDecoder(.file(path))
        #expect(decoder.isStream)
        #expect(try decodeAll(decoder).count == 100_000)
    }

    @Test("A temporary folder that does not exist is named in the message")
    func noSpool() throws {
        let folder = try ScratchFolder()
        try writeRecording([0, 0.5], to: folder.path("f"), format: SF_FORMAT_AIFF | SF_FORMAT_PCM_16)
        let bytes = try [UInt8](Data(contentsOf: folder.url.appending(path: "f")))
        var parameters = AudioDecodingParameters()
        parameters.temporaryFolder = "/nonexistent"
        let error = try #require(throws: AudioDecodingError.self) {
            try withStream(bytes) { try AudioDecoder(streamDescriptor: $0, parameters: parameters) }
        }
        #expect(error.kind == .unreadable)
        #expect(error.description.contains("/nonexistent"))
    }
}
