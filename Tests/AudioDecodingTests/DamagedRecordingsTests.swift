import AudioDecoding
import CSndfile
import Foundation
import SeededSignals
import Testing

/// Recordings with bytes turned, cut, doubled and moved.
@Suite("Recordings damaged at random")
struct DamagedRecordingsTests {
    /// A format with the name of its file.
    struct Format: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var number: Int
    }

    static let formats: [Format] = [
        .init(testDescription: "wav", number: SF_FORMAT_WAV | SF_FORMAT_PCM_16),
        .init(testDescription: "float.wav", number: SF_FORMAT_WAV | SF_FORMAT_FLOAT),
        .init(testDescription: "adpcm.wav", number: SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM),
        .init(testDescription: "gsm.wav", number: SF_FORMAT_WAV | SF_FORMAT_GSM610),
        .init(testDescription: "rf64", number: SF_FORMAT_RF64 | SF_FORMAT_PCM_16),
        .init(testDescription: "w64", number: SF_FORMAT_W64 | SF_FORMAT_PCM_24),
        .init(testDescription: "flac", number: SF_FORMAT_FLAC | SF_FORMAT_PCM_16),
        .init(testDescription: "ogg", number: SF_FORMAT_OGG | SF_FORMAT_VORBIS),
        .init(testDescription: "opus", number: SF_FORMAT_OGG | SF_FORMAT_OPUS),
        .init(testDescription: "mp3", number: SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III),
        .init(testDescription: "aiff", number: SF_FORMAT_AIFF | SF_FORMAT_PCM_16),
        .init(testDescription: "caf", number: SF_FORMAT_CAF | SF_FORMAT_ALAC_16),
        .init(testDescription: "au", number: SF_FORMAT_AU | SF_FORMAT_ULAW),
    ]

    /// One damage of several kinds; most of them near the start, where headers are.
    static func damage(_ bytes: inout [UInt8], using random: inout SeededRandom) {
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let reach = Bool.random(using: &random) ? min(bytes.count, 128) : bytes.count
            let place = Int.random(in: 0..<reach, using: &random)
            let end = min(bytes.count, place + Int.random(in: 1...16, using: &random))
            switch Int.random(in: 0..<7, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[place] = [0, 0xFF, 0x7F, 0x80].randomElement(using: &random) ?? 0
            case 2: for index in place..<end { bytes[index] = UInt8.random(in: 0...255, using: &random) }
            case 3: bytes.removeSubrange(place..<end)
            case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 5: bytes.removeSubrange(place...)
            default: for index in place..<end { bytes[index] = 0xFF }
            }
        }
    }

    @Test(
        "1,000 variants of each format are read to an end with finite samples, or refused in one sentence",
        arguments: formats)
    func damaged(format: Format) throws {
        let folder = try ScratchFolder()
        let path = folder.path("whole." + format.testDescription)
        try writeRecording(
            tones(frameCount: 6_000, channelCount: 1, sampleRate: 8_000), to: path, format: format.number,
            sampleRate: 8_000)
        let whole = try [UInt8](Data(contentsOf: URL(filePath: path)))
        var parameters = AudioDecodingParameters()
        (parameters.externalDecoder, parameters.maximumDuration) = (nil, 600)
        var random = SeededRandom(seed: 9)
        var (read, refused) = (0, 0)
        for number in 0..<1_000 {
            var bytes = whole
            Self.damage(&bytes, using: &random)
            let path = try folder.write(bytes, as: "damaged")
            do throws(AudioDecodingError) {
                let decoder = try AudioDecoder(.file(path), parameters: parameters)
                let samples = try decodeAll(decoder)
                let isFinite = samples.allSatisfy(\.isFinite)
                #expect(isFinite, "variant \(number)")
                read += 1
            } catch {
                #expect(error.description.hasSuffix(".") && !error.description.contains("\n"), "variant \(number)")
                refused += 1
            }
        }
        #expect(read > 0 && refused > 0, "\(read) read, \(refused) refused")
    }
}
