import Foundation

/// What one person of a fixture says, cut out by its labels.
enum FixtureSpeech {
    /// Bytes of the header; behind it stand the samples, 8000 a second, µ-law.
    private static let headerByteCount = 58

    /// Silence in µ-law.
    private static let silence: UInt8 = 0xFF

    /// The first `seconds` of speech of a person, µ-law at 8 kHz.
    static func of(_ person: String, in fixture: String, seconds: Int) throws -> [UInt8] {
        let samples = try samples(of: fixture)
        return Array(
            try turns(of: person, in: fixture, within: samples.count).flatMap { samples[$0] }.prefix(8000 * seconds))
    }

    /// A fixture as a microphone would have it that hears only this person: as long as the fixture, µ-law at 8 kHz.
    static func track(of person: String, in fixture: String) throws -> [UInt8] {
        let samples = try samples(of: fixture)
        var track = [UInt8](repeating: silence, count: samples.count)
        for turn in try turns(of: person, in: fixture, within: samples.count) {
            track.replaceSubrange(turn, with: samples[turn])
        }
        return track
    }

    private static func samples(of fixture: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: ProgramRun.fixture(fixture + ".wav"))).dropFirst(headerByteCount))
    }

    /// Which samples a person speaks in, by the labels of the fixture.
    private static func turns(of person: String, in fixture: String, within count: Int) throws -> [Range<Int>] {
        let labels = try String(contentsOfFile: ProgramRun.fixture(fixture + ".rttm"), encoding: .utf8)
        return labels.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 7, fields[7] == person, let start = Double(fields[3]), let length = Double(fields[4])
            else { return nil }
            let first = min(Int(start * 8000), count)
            return first..<min(first + Int(length * 8000), count)
        }
    }

    /// A telephone recording of µ-law samples.
    static func wave(_ samples: some Sequence<UInt8>) -> [UInt8] {
        OddWaves.wave(format: 7, rate: 8000, bits: 8, data: Array(samples))
    }
}
