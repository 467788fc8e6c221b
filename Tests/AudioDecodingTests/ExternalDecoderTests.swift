import AudioDecoding
import CSndfile
import Foundation
import Testing

/// The formats that phones and call tools write, made by ffmpeg when the test runs.
@Suite(.enabled(if: isInstalled("ffmpeg"), "ffmpeg is not installed"), .timeLimit(.minutes(2)))
struct ExternalDecoderTests {
    /// Two tones of two seconds as `name` in the folder.
    private func encode(_ name: String, in folder: ScratchFolder, channelCount: Int = 2) throws -> [Float] {
        let signal = tones(frameCount: 96_000, channelCount: channelCount, sampleRate: 48_000)
        let wave = folder.path("source.wav")
        try writeRecording(
            signal, to: wave, format: SF_FORMAT_WAV | SF_FORMAT_PCM_16, channelCount: channelCount, sampleRate: 48_000)
        try runFFmpeg(["-i", wave, "file:\(folder.path(name))"])
        return signal
    }

    private func channelEnergies(_ samples: [Float]) -> [Float] {
        (0..<2).map { channel in
            stride(from: channel, to: samples.count, by: 2).reduce(0) { $0 + samples[$1] * samples[$1] }
        }
    }

    @Test(
        "m4a, mp4 and webm are decoded by ffmpeg, from a file and from a stream",
        arguments: ["-call.m4a", "call.mp4", "http: call.webm"])
    func decoded(name: String) throws {
        let folder = try ScratchFolder()
        let signal = try encode(name, in: folder)
        let decoder = try AudioDecoder(.file(folder.path(name)))
        let decoded = try decodeAll(decoder)
        #expect(decoder.format.sampleRate == 48_000)
        #expect(decoder.format.channelCount == 2)
        #expect(decoder.format.encoding.hasSuffix("decoded by ffmpeg"))
        #expect(decoder.warnings == [])
        #expect(abs(decoded.count / 2 - 96_000) < 5_000)
        for (got, expected) in zip(channelEnergies(decoded), channelEnergies(signal)) {
            #expect(abs(got / expected - 1) < 0.1)
        }
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: folder.path(name))))
        #expect(try withStream(bytes) { try decodeAll(AudioDecoder(streamDescriptor: $0)) } == decoded)
    }

    @Test("AMR, which few ffmpegs can write, is read")
    func amr() throws {
        let folder = try ScratchFolder()
        // 50 frames of 20 ms in mode 7 (12.2 kbit/s), all parameter bits 0.
        let frame: [UInt8] = [0x3C] + [UInt8](repeating: 0, count: 31)
        let bytes = Array("#!AMR\n".utf8) + [[UInt8]](repeating: frame, count: 50).joined()
        let decoder = try AudioDecoder(.file(folder.write(bytes, as: "call.amr")))
        #expect(decoder.format.sampleRate == 8_000)
        #expect(try decodeAll(decoder).count == 8_000)
        #expect(decoder.format.encoding == "AMR, decoded by ffmpeg")
    }

    @Test("Letting a decoder go early ends ffmpeg and leaves no descriptor open", .enabled(if: isLinux))
    func earlyEnd() throws {
        let folder = try ScratchFolder()
        _ = try encode("long.m4a", in: folder)
        for _ in 0..<10 {
            let decoder = try AudioDecoder(.file(folder.path("long.m4a")))
            #expect(decoder.format.channelCount == 2)
        }
        // Other tests run beside this one, so what counts is this recording's name among the children.
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
        let commands = processes.compactMap { try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8) }
        #expect(!commands.contains { $0.contains(folder.path("long.m4a")) })
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
        }
        #expect(!open.contains { $0.contains(folder.url.lastPathComponent) })
    }

    @Test("Decoders that block every thread of the pool still get their samples")
    func noDeadlock() async throws {
        let folder = try ScratchFolder()
        _ = try encode("call.m4a", in: folder)
        let path = folder.path("call.m4a")
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<12 { group.addTask { try decodeAll(AudioDecoder(.file(path))).count } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.count == 12)
        #expect(Set(counts).count == 1)
    }

    @Test("A cut m4a fails with ffmpeg's own first line, in one sentence")
    func damaged() throws {
        let folder = try ScratchFolder()
        _ = try encode("whole.m4a", in: folder)
        let whole = try Data(contentsOf: URL(filePath: folder.path("whole.m4a")))
        let path = try folder.write(Array(whole.prefix(whole.count / 2)), as: "cut.m4a")
        let error = try #require(throws: AudioDecodingError.self) { try AudioDecoder(.file(path)) }
        #expect(error.kind == .unsupported)
        #expect(error.description.contains("moov atom not found"))
        #expect(!error.description.contains("\n"))
    }

    @Test("A video without sound says so")
    func noSound() throws {
        let folder = try ScratchFolder()
        try runFFmpeg(
            ["-f", "lavfi", "-i", "color=size=16x16:duration=1", "-c:v", "mpeg4", folder.path("mute.mp4")])
        let error = try #require(throws: AudioDecodingError.self) { try AudioDecoder(.file(folder.path("mute.mp4"))) }
        #expect(error.kind == .unsupported)
    }
}

@Suite struct MissingExternalDecoderTests {
    @Test("Without ffmpeg the message says how to install it", arguments: ["no-such-ffmpeg", "/no/such/ffmpeg", nil])
    func notInstalled(program: String?) throws {
        let folder = try ScratchFolder()
        let head = littleEndian(0x1800_0000, 4) + Array("ftypM4A ".utf8) + [UInt8](repeating: 0, count: 100)
        let path = try folder.write(head, as: "call.m4a")
        var parameters = AudioDecodingParameters()
        parameters.externalDecoder = program
        let error = try #require(throws: AudioDecodingError.self) {
            try AudioDecoder(.file(path), parameters: parameters)
        }
        #expect(error.kind == .unsupported)
        #expect(error.description.hasPrefix("\(path) is MPEG-4 (m4a, mp4), which twoway does not read by itself"))
        #expect(error.description.contains("apt install ffmpeg"))
    }
}

#if os(Linux)
    let isLinux = true
#else
    let isLinux = false
#endif
