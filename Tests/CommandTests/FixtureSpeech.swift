import Foundation

/// What one person of a fixture says, cut out by its labels.
enum FixtureSpeech {
    /// Bytes of the header; behind it stand the samples, 8000 a second, µ-law.
    private static let headerByteCount = 58

    /// The first `seconds` of speech of a person, µ-law at 8 kHz.
    static func of(_ person: String, in fixture: String, seconds: Int) throws -> [UInt8] {
        let samples = try Data(contentsOf: URL(filePath: ProgramRun.fixture(fixture + ".wav"))).dropFirst(
            headerByteCount)
        let labels = try String(contentsOfFile: ProgramRun.fixture(fixture + ".rttm"), encoding: .utf8)
        var speech: [UInt8] = []
        for line in labels.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 7, fields[7] == person, let start = Double(fields[3]), let length = Double(fields[4])
            else { continue }
            let first = samples.startIndex + Int(start * 8000)
            speech += samples[first..<min(first + Int(length * 8000), samples.endIndex)]
        }
        return Array(speech.prefix(8000 * seconds))
    }

    /// A telephone recording of µ-law samples.
    static func wave(_ samples: some Sequence<UInt8>) -> [UInt8] {
        OddWaves.wave(format: 7, rate: 8000, bits: 8, data: Array(samples))
    }
}
