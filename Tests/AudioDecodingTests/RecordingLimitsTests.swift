import AudioDecoding
import CSndfile
import Foundation
import RepositoryFolders
import SeededSignals
import Testing

/// What is too long, and decoders that do not come to an end.
@Suite("Limits of what is read", .timeLimit(.minutes(2)))
struct RecordingLimitsTests {
    private func parameters(maximum: Double) -> AudioDecodingParameters {
        var parameters = AudioDecodingParameters()
        parameters.maximumDuration = maximum
        return parameters
    }

    @Test("Weeks of silence in a small FLAC are refused by their header, with the limit named")
    func statedLength() throws {
        let folder = try ScratchFolder()
        let bytes = SilentFLAC.bytes(seconds: 1_000_000, statesLength: true)
        #expect(bytes.count < 3_000_000)
        let path = try folder.write(bytes, as: "bomb.flac")
        let error = try #require(throws: AudioDecodingError.self) { try AudioDecoder(.file(path)) }
        #expect(
            error.description
                == "\(path) says that it lasts 277 h 46 min, which is over the limit of 25 h; cut the recording or raise the "
                + "limit with --max-duration.")
        #expect(error.kind == .unsupported)
    }

    @Test("Silence whose header states no length is read up to the limit and then refused")
    func unstatedLength() throws {
        let folder = try ScratchFolder()
        let path = try folder.write(SilentFLAC.bytes(seconds: 1_000, statesLength: false), as: "bomb.flac")
        // Whole blocks of 65,535 samples at 8 kHz: 123 of them are 1007.6 s.
        #expect(try decodeAll(AudioDecoder(.file(path), parameters: parameters(maximum: 1_010))).count == 123 * 65_535)
        let decoder = try AudioDecoder(.file(path), parameters: parameters(maximum: 600))
        let error = try #require(throws: AudioDecodingError.self) { try decodeAll(decoder) }
        #expect(error == .tooLong(path, stated: nil, maximum: 600))
        #expect(error.description.contains("does not end, which is over the limit of 10 min;"))
    }

    @Test("An endless stream ends at the limit", arguments: [0xFFFF_FFFF, 0x7FFF_FFD8])
    func endlessStream(statedByteCount: Int) throws {
        var wave = WaveBytes(samples: [Int16](repeating: 3, count: 200_000))
        wave.statedByteCount = statedByteCount
        let error = #expect(throws: AudioDecodingError.self) {
            try withStream(wave.bytes) { descriptor in
                try decodeAll(AudioDecoder(streamDescriptor: descriptor, parameters: parameters(maximum: 10)))
            }
        }
        #expect(error == .tooLong("standard input", stated: nil, maximum: 10))
    }

    @Test("A compressed stream larger than the temporary file may be is refused before it fills the disk")
    func spool() throws {
        var parameters = AudioDecodingParameters()
        parameters.maximumSpoolByteCount = 300_000
        let bytes = Array("fLaC".utf8) + [UInt8](repeating: 7, count: 1_000_000)
        let error = try #require(throws: AudioDecodingError.self) {
            try withStream(bytes) { try AudioDecoder(streamDescriptor: $0, parameters: parameters) }
        }
        #expect(error.description.contains("it is longer than"))
        #expect(error.kind == .unreadable)
    }

    // MARK: A decoder that misbehaves, as a shell script in ffmpeg's place

    /// What came of a script in ffmpeg's place, and how long it took in seconds.
    private func decode(_ script: String) throws -> (error: AudioDecodingError?, time: Double) {
        let folder = try ScratchFolder()
        let program = folder.path("decoder")
        try ExecutableScript.write(script, to: program)
        let head = littleEndian(0x1800_0000, 4) + Array("ftypM4A ".utf8) + [UInt8](repeating: 0, count: 100)
        let path = try folder.write(head, as: "call.m4a")
        var parameters = AudioDecodingParameters()
        (parameters.externalDecoder, parameters.externalDecoderPatience) = (program, 0.5)
        let start = ContinuousClock.now
        var failure: AudioDecodingError?
        do throws(AudioDecodingError) {
            _ = try decodeAll(try AudioDecoder(.file(path), parameters: parameters))
        } catch {
            failure = error
        }
        return (failure, (ContinuousClock.now - start) / .seconds(1))
    }

    /// The header of a WAV without end, as octal escapes of printf.
    private static let header = {
        var wave = WaveBytes()
        wave.statedByteCount = 0xFFFF_FFFF
        return wave.bytes.map { "\\" + String($0, radix: 8) }.joined()
    }()

    @Test(
        "A decoder that hangs is ended and said so",
        arguments: [
            "exec sleep 100", "printf '\(header)'; exec sleep 100", "exec 1>&-; exec sleep 100",
            "exec 2>&-; exec sleep 100", "echo thinking >&2; exec sleep 100",
        ])
    func hanging(script: String) throws {
        let (error, time) = try decode(script)
        let message = try #require(error).description
        #expect(message.contains("gave no sound for 1 s and was ended"), "\(message)")
        #expect(time < 30)
    }

    @Test("A decoder that closes all pipes and stays is ended")
    func staying() throws {
        let (error, time) = try decode("exec 1>&- 2>&-; exec sleep 100")
        #expect(try #require(error).description.contains("cannot be decoded, not even by ffmpeg"))
        #expect(time < 30)
    }

    @Test("What the decoder says on standard error is shown, and a chatty one does not block")
    func messages() throws {
        let chatty =
            "i=0; while [ $i -lt 3000 ]; do echo \"[mov @ 0x1] line $i is wrong\" >&2; i=$((i+1)); done; exit 1"
        let (error, _) = try decode(chatty)
        #expect(try #require(error).description.contains("not even by ffmpeg (line 0 is wrong);"))
    }
}
