import Foundation

/// A conversation of two synthetic voices, the same on every machine: what speed is measured on.
///
/// Pulses through four resonances (Fant 1960), two people of different pitch and vocal tract that take turns of a few
/// seconds, over faint noise. It costs what speech costs; it is not meant to be listened to.
public struct SyntheticMeeting: Sendable {
    /// Samples per second, hertz.
    public let sampleRate: Int
    /// Mono samples, full scale 1.
    public let samples: [Float]

    /// A conversation of about `seconds` at `sampleRate` hertz.
    public init(seconds: Double, sampleRate: Int = 16_000) {
        self.sampleRate = sampleRate
        var random = SplitMix64(seed: 7)
        var samples: [Float] = []
        let wanted = Int(seconds * Double(sampleRate))
        samples.reserveCapacity(wanted)
        var turn = 0
        while samples.count < wanted {
            let voice = Voice(turn.isMultiple(of: 2) ? .low : .high, sampleRate: Double(sampleRate))
            let length = 1.5 + 5 * random.unit()
            samples += voice.turn(seconds: length, &random)
            samples += [Float](repeating: 0, count: Int((0.1 + 0.7 * random.unit()) * Double(sampleRate)))
            turn += 1
        }
        samples.removeLast(samples.count - wanted)
        let peak = samples.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
        for index in samples.indices {
            samples[index] = 0.5 / peak * samples[index] + Float(0.0006 * (random.unit() - 0.5))
        }
        self.samples = samples
    }

    /// Writes `seconds` of it as 16-bit WAV, repeated with a slightly other gain each time.
    ///
    /// - Throws: Whatever writing a file can fail with.
    public func write(seconds: Double, channelCount: Int = 1, to path: String) throws {
        let frameCount = Int(seconds * Double(sampleRate))
        // What went wrong is said when it is opened.
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? file.close() }
        try file.write(contentsOf: Self.header(frameCount, channelCount, sampleRate))
        var random = SplitMix64(seed: 11)
        var written = 0
        while written < frameCount {
            let count = min(samples.count, frameCount - written)
            let gain = Float(0.8 + 0.4 * random.unit())
            var block = [Int16]()
            block.reserveCapacity(count * channelCount)
            for index in 0..<count {
                for channel in 0..<channelCount {
                    // Two microphones in one room: the same sound, weaker and later in the second one.
                    let sample = channel == 0 ? samples[index] : 0.7 * samples[max(0, index - 20)]
                    block.append(Int16(max(-1, min(1, sample * gain)) * 32_767).littleEndian)
                }
            }
            try block.withUnsafeBytes { try file.write(contentsOf: Data($0)) }
            written += count
        }
    }

    /// A WAV header for 16-bit samples (RIFF, Microsoft 1991).
    private static func header(_ frameCount: Int, _ channelCount: Int, _ sampleRate: Int) -> Data {
        let byteCount = frameCount * channelCount * 2
        var data = Data()
        func add(_ text: String) { data.append(contentsOf: text.utf8) }
        func add(_ value: Int, _ bytes: Int) {
            for byte in 0..<bytes { data.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
        }
        add("RIFF")
        add(byteCount + 36, 4)
        add("WAVEfmt ")
        add(16, 4)
        add(1, 2)
        add(channelCount, 2)
        add(sampleRate, 4)
        add(sampleRate * channelCount * 2, 4)
        add(channelCount * 2, 2)
        add(16, 2)
        add("data")
        add(byteCount, 4)
        return data
    }
}

/// One synthetic voice.
private struct Voice {
    enum Kind { case low, high }
    private let pitch: Double
    private let tract: Double
    private let sampleRate: Double

    init(_ kind: Kind, sampleRate: Double) {
        (pitch, tract) = kind == .low ? (112, 1) : (205, 1.18)
        self.sampleRate = sampleRate
    }

    /// First four resonances of five vowels, hertz (Peterson and Barney 1952, men; the fourth is usual).
    private static let vowels: [[Double]] = [
        [730, 1090, 2440, 3500], [530, 1840, 2480, 3500], [270, 2290, 3010, 3700], [570, 840, 2410, 3400],
        [300, 870, 2240, 3400],
    ]

    /// Syllables of about a fifth of a second.
    func turn(seconds: Double, _ random: inout SplitMix64) -> [Float] {
        var result: [Float] = []
        while Double(result.count) < seconds * sampleRate {
            result += syllable(seconds: 0.12 + 0.14 * random.unit(), &random)
        }
        return result
    }

    private func syllable(seconds: Double, _ random: inout SplitMix64) -> [Float] {
        let count = Int(seconds * sampleRate)
        let vowel = Self.vowels[Int(random.next() % UInt64(Self.vowels.count))]
        let tone = pitch * (0.85 + 0.3 * random.unit())
        var resonators = vowel.filter { $0 * tract < 0.45 * sampleRate }.map {
            Resonator(frequency: $0 * tract, width: 60 + 0.05 * $0, sampleRate: sampleRate)
        }
        var phase = 0.0
        return (0..<count).map { index in
            phase += tone / sampleRate
            var source = 0.02 * (random.unit() - 0.5)
            if phase >= 1 {
                phase -= 1
                source += 1
            }
            for place in resonators.indices { source = resonators[place].next(source) }
            let position = Double(index) / Double(count)
            return Float(0.12 * source * min(1, 6 * position, 5 * (1 - position)))
        }
    }
}

/// A two-pole resonance (Klatt 1980).
private struct Resonator {
    private let (a, b, c): (Double, Double, Double)
    private var (last, before) = (0.0, 0.0)

    init(frequency: Double, width: Double, sampleRate: Double) {
        c = -exp(-2 * .pi * width / sampleRate)
        b = 2 * exp(-.pi * width / sampleRate) * cos(2 * .pi * frequency / sampleRate)
        a = (1 - b - c) * 1.6
    }

    mutating func next(_ input: Double) -> Double {
        let output = a * input + b * last + c * before
        (before, last) = (last, output)
        return output
    }
}
