import Foundation
import LabelFormats
import RepositoryFolders
import Timeline

/// A fixture taken apart into one file per person, as a call recorder stores it.
final class PersonTracks {
    /// The folder of the two files.
    let folder: URL
    /// The files, by the people's names in order.
    private(set) var paths: [String] = []
    /// The people of the fixture, in order.
    let people: [String]

    /// Parts `fixture` by its labels.
    ///
    /// - Parameters:
    ///   - leak: What each microphone hears of the other person, decibels below their own track; nil for nothing.
    ///   - offset: How much later the second track starts, seconds; negative: it starts earlier, with noise.
    ///   - secondRate: Sample rate of the second track, a multiple of 8000 hertz.
    init(_ fixture: String, leak: Double?, offset: Double, secondRate: Int = 8000) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tracks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let samples = try Self.samples(fixture)
        let labels = try RTTM.recordings(atPath: RepositoryFolders.fixtures.appending(path: fixture + ".rttm").path)
            .flatMap(\.segments)
        people = Set(labels.map(\.label)).sorted()
        let own = people.map { person -> [Double] in
            var track = [Double](repeating: 0, count: samples.count)
            for segment in labels where segment.label == person {
                for index in Int(segment.start * 8000)..<min(Int(segment.end * 8000), samples.count) {
                    track[index] = samples[index]
                }
            }
            return track
        }
        let gain = leak.map { pow(10, -$0 / 20) } ?? 0
        var noise: UInt64 = 1
        func hiss() -> Double {
            noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (Double(noise >> 40) / Double(1 << 24) - 0.5) * 0.003
        }
        for (number, person) in people.enumerated() {
            var track = zip(own[number], own[1 - number]).map { $0 + gain * $1 + hiss() }
            if number == 1 {
                let shift = Int(abs(offset) * 8000)
                track = offset >= 0 ? Array(track.dropFirst(shift)) : (0..<shift).map { _ in hiss() } + track
                let factor = secondRate / 8000
                if factor > 1 { track = track.flatMap { Array(repeating: $0, count: factor) } }
            }
            let path = folder.appending(path: person + ".wav").path
            try Self.wave(track, rate: number == 1 ? secondRate : 8000).write(to: URL(filePath: path))
            paths.append(path)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The µ-law samples of a fixture, decoded (ITU-T G.711).
    private static func samples(_ fixture: String) throws -> [Double] {
        let bytes = try Data(contentsOf: RepositoryFolders.fixtures.appending(path: fixture + ".wav"))
        let start = bytes.firstRange(of: Data("data".utf8)).map { $0.upperBound + 4 } ?? bytes.endIndex
        return bytes[start...].map { byte in
            let code = Int(~byte)
            let magnitude = (((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)
            return Double(code & 0x80 != 0 ? 0x84 - magnitude : magnitude - 0x84) / 32768
        }
    }

    private static func wave(_ samples: [Double], rate: Int) -> Data {
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let data = samples.flatMap { little(Int((max(min($0, 1), -1) * 32767).rounded()), 2) }
        let header =
            Array("RIFF".utf8) + little(36 + data.count, 4) + Array("WAVEfmt ".utf8) + little(16, 4) + little(1, 2)
            + little(1, 2) + little(rate, 4) + little(2 * rate, 4) + little(2, 2) + little(16, 2) + Array("data".utf8)
            + little(data.count, 4)
        return Data(header + data)
    }
}
