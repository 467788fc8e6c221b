import AudioDecoding
import CSndfile
import Foundation
import Testing

/// An input that is no recording, with the words its message must hold.
struct OddInput: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var words: String

    static let all: [OddInput] = [
        .init(testDescription: "empty file", bytes: [], words: "is empty"),
        .init(testDescription: "text", bytes: Array("Minutes of the meeting\n".utf8), words: "is a text file"),
        .init(testDescription: "UTF-16 text", bytes: utf16("Minutes of the meeting\r\n"), words: "is a text file"),
        .init(testDescription: "UTF-16 text with pairs", bytes: utf16("Grüße 👋 会議"), words: "is a text file"),
        .init(
            testDescription: "long UTF-16 text, a pair at each place",
            bytes: utf16("x" + String(repeating: "👋", count: 500)), words: "is a text file"),
        .init(testDescription: "UTF-16 text, most significant byte first", bytes: bigUTF16, words: "is a text file"),
        .init(testDescription: "one letter", bytes: [65], words: "is a text file"),
        .init(testDescription: "web page", bytes: Array("<!doctype html><p>Grüße".utf8), words: "is a text file"),
        .init(
            testDescription: "image", bytes: [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0], words: "is a PNG image"),
        .init(testDescription: "archive", bytes: Array("PK\u{3}\u{4}\u{14}\0".utf8), words: "is a ZIP archive"),
        .init(testDescription: "4 bytes", bytes: Array("RIFF".utf8), words: "ends within its header"),
        .init(testDescription: "cut header", bytes: Array(wave().bytes[..<30]), words: "ends within its header"),
        .init(testDescription: "header without samples", bytes: Array(wave().bytes[..<36]), words: "ends within"),
        .init(testDescription: "no format", bytes: noFormat, words: "no format stands before its samples"),
        .init(
            testDescription: "0 channels", bytes: wave { $0.channelCount = 0 }.bytes, words: "has 0 channels; 1 to 32"),
        .init(testDescription: "33 channels", bytes: wave { $0.channelCount = 33 }.bytes, words: "has 33 channels"),
        .init(testDescription: "0 Hz", bytes: wave { $0.sampleRate = 0 }.bytes, words: "sample rate of 0 Hz"),
        .init(
            testDescription: "7999 Hz", bytes: wave { $0.sampleRate = 7_999 }.bytes,
            words: "sample rate of 7999 Hz; rates from 8000 to 192000 Hz"),
        .init(testDescription: "384 kHz", bytes: wave { $0.sampleRate = 384_000 }.bytes, words: "of 384000 Hz"),
        .init(testDescription: "zero bytes", bytes: [UInt8](repeating: 0, count: 5_000), words: "could be decoded"),
        .init(testDescription: "noise", bytes: noise, words: "could be decoded"),
        .init(testDescription: "a FLAC mark alone", bytes: Array("fLaC".utf8) + noise, words: "FLAC"),
    ]

    private static func wave(_ change: (inout WaveBytes) -> Void = { _ in }) -> WaveBytes {
        var wave = WaveBytes(samples: [1, 2, 3])
        change(&wave)
        return wave
    }

    /// Text with a byte order mark, least significant byte first, as Praat and Windows write it.
    private static func utf16(_ text: String) -> [UInt8] {
        ("\u{FEFF}" + text).utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }

    private static let bigUTF16 = "\u{FEFF}Minutes".utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }

    private static let noFormat =
        Array("RIFF".utf8) + littleEndian(20, 4) + Array("WAVEdata".utf8) + littleEndian(8, 4)
        + [UInt8](repeating: 0, count: 8)

    /// The same bytes on each run, from a linear congruential generator (Knuth's MMIX constants).
    private static let noise: [UInt8] = {
        var state: UInt64 = 1
        return (0..<5_000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }()
}

@Suite struct OddInputTests {
    @Test("What is no recording is refused in one sentence that names the file", arguments: OddInput.all)
    func refused(input: OddInput) throws {
        let folder = try ScratchFolder()
        let path = try folder.write(input.bytes, as: "odd.wav")
        var parameters = AudioDecodingParameters()
        parameters.externalDecoder = nil
        let error = try #require(throws: AudioDecodingError.self) {
            try AudioDecoder(.file(path), parameters: parameters)
        }
        #expect(error.kind == .unsupported)
        #expect(error.description.hasPrefix("\(path) "))
        #expect(error.description.contains(input.words))
        #expect(error.description.hasSuffix("."))
        #expect(!error.description.contains("\n"))
    }

    @Test("The same inputs are refused on a stream", arguments: OddInput.all)
    func refusedOnStream(input: OddInput) throws {
        var parameters = AudioDecodingParameters()
        parameters.externalDecoder = nil
        let error = try #require(throws: AudioDecodingError.self) {
            try withStream(input.bytes) { try AudioDecoder(streamDescriptor: $0, parameters: parameters) }
        }
        #expect(error.kind == .unsupported)
        #expect(error.description.hasPrefix("standard input "))
    }

    @Test("A missing file, a path through a file and a folder are told apart")
    func unreadable() throws {
        let folder = try ScratchFolder()
        let file = try folder.write(WaveBytes(samples: [1]).bytes, as: "one.wav")
        for (path, expected) in [
            (folder.path("none.wav"), AudioDecodingError.missing(folder.path("none.wav"))),
            (file + "/x", .missing(file + "/x")),
            (folder.url.path, .directory(folder.url.path)),
        ] {
            let error = #expect(throws: AudioDecodingError.self) { try AudioDecoder(.file(path)) }
            #expect(error == expected)
            #expect(error?.kind == .unreadable)
        }
    }

    @Test("A file without permission is refused", .enabled(if: geteuid() != 0, "root may read everything"))
    func noPermission() throws {
        let folder = try ScratchFolder()
        let path = try folder.write(WaveBytes(samples: [1]).bytes, as: "locked.wav")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        let error = #expect(throws: AudioDecodingError.self) { try AudioDecoder(.file(path)) }
        #expect(error == .permissionDenied(path))
    }

    @Test("Odd but sound recordings are read: 1 sample, silence, a constant")
    func odd() throws {
        let folder = try ScratchFolder()
        for samples: [Int16] in [
            [-5], [Int16](repeating: 0, count: 999), [Int16](repeating: 12_345, count: 999),
        ] {
            let path = try folder.write(WaveBytes(samples: samples).bytes, as: "odd.wav")
            #expect(try decodeAll(AudioDecoder(.file(path))) == samples.map { Float($0) / 32_768 })
        }
    }
}
