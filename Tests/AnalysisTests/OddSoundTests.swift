import Analysis
import AudioDecoding
import Diarization
import Foundation
import Reciprocity
import SeededSignals
import Testing
import Timeline

/// Sound that no meeting makes; `SoundOnDisk.analysis` checks that every number is finite and every sum is right.
@Suite("Sound that breaks arithmetic")
struct OddSoundTests {
    private static let rate = 16_000

    /// Twenty seconds of a sample by its number.
    private func analysis(seconds: Double = 20, _ sample: (Int) -> Float) async throws -> RecordingAnalysis {
        try await SoundOnDisk(planes: [(0..<Int(seconds * Double(Self.rate))).map(sample)], rate: Self.rate).analysis()
    }

    @Test(
        "A constant, silence, numbers too small to be normal and samples that are no numbers hold no speech",
        arguments: [
            0, 0.5, -1, 1, 1e-40, Float.leastNonzeroMagnitude, .nan, .infinity, -.infinity,
            Float.greatestFiniteMagnitude,
        ])
    func constant(value: Float) async throws {
        #expect(try await analysis { _ in value }.diarization.speakerCount == 0)
    }

    @Test("Square waves at full scale, also at half the rate, hold no speech", arguments: [1, 2, 18, 160, 4_000])
    func square(halfPeriod: Int) async throws {
        let found = try await analysis { $0 / halfPeriod % 2 == 0 ? 1 : -1 }
        #expect(found.diarization.speakerCount == 0 || !found.diarization.trusted)
    }

    @Test("White noise at full scale is finite")
    func noise() async throws {
        var random = SeededRandom(seed: 3)
        _ = try await analysis { _ in Float.random(in: -1...1, using: &random) }
    }

    @Test("A click in silence, and silence in noise, are finite", arguments: [0, 1, 159_999, 319_999])
    func click(position: Int) async throws {
        _ = try await analysis { $0 == position ? 1 : 0 }
        var random = SeededRandom(seed: 4)
        _ = try await analysis { $0 / 16_000 == position / 16_000 ? 0 : Float.random(in: -0.1...0.1, using: &random) }
    }

    @Test(
        "From one sample to a tenth of a second and a little more: too short for speech, and said so",
        arguments: [1, 2, 159, 160, 399, 400, 401, 1_600, 1_601, 8_000])
    func short(samples: Int) async throws {
        let found = try await analysis(seconds: Double(samples) / Double(Self.rate)) { Float(sin(Double($0))) * 0.3 }
        #expect(found.diarization.speakerCount == 0)
        #expect(abs(found.recording.duration - Double(samples) / Double(Self.rate)) < 1e-9)
    }

    @Test("Samples that are no numbers within a meeting are silenced, counted and change little")
    func sprinkled() async throws {
        var sound = try SoundOnDisk.fixture("two-way")
        let clean = try await sound.analysis()
        var random = SeededRandom(seed: 5)
        for _ in 0..<200 {
            let place = Int.random(in: 0..<sound.planes[0].count, using: &random)
            sound.planes[0][place] = [.nan, .infinity, -.infinity, 1e30].randomElement(using: &random) ?? .nan
        }
        let found = try await sound.analysis()
        #expect(found.diarization.warnings.contains { $0.contains("no finite numbers and count as silence") })
        #expect(try points(clean, found) < 1)
    }

    @Test("A meeting at −120 dB in a float file is the same meeting or is said to hold no speech")
    func faint() async throws {
        let sound = try SoundOnDisk.fixture("two-way")
        let found = try await sound.mapped { $0 * 1e-6 }.analysis()
        let clean = try await sound.analysis()
        if found.diarization.speakerCount == 2 { #expect(try points(clean, found) < 1) }
    }

    /// How far the talk shares of two analyses are apart, percentage points.
    private func points(_ left: RecordingAnalysis, _ right: RecordingAnalysis) throws -> Double {
        abs(100 * (try #require(left.reciprocity.talkShare.a) - #require(right.reciprocity.talkShare.a)))
    }

    @Test("A clipped meeting and one with a constant on it keep the share within 3 points")
    func clipped() async throws {
        let sound = try SoundOnDisk.fixture("two-way")
        let clean = try await sound.analysis()
        let peak = sound.planes[0].reduce(0) { max($0, abs($1)) }
        // A quarter of the peak is cut away on both sides: 12 dB of clipping.
        let clipped = try await sound.mapped { max(min($0, peak / 4), -peak / 4) }.analysis()
        #expect(try points(clean, clipped) < 3)
        let shifted = try await sound.mapped { $0 + 0.3 }.analysis()
        #expect(try points(clean, shifted) < 3)
    }

    @Test("Polarity does not matter at all")
    func polarity() async throws {
        let sound = try SoundOnDisk.fixture("late-pitch")
        let (clean, turned) = (try await sound.analysis(), try await sound.mapped { -$0 }.analysis())
        #expect(clean.diarization.timeline == turned.diarization.timeline)
        #expect(clean.reciprocity == turned.reciprocity)
    }

    @Test("A dead channel beside the meeting changes the share by less than 1 point", arguments: [0, 1])
    func deadChannel(dead: Int) async throws {
        let sound = try SoundOnDisk.fixture("two-way")
        let clean = try await sound.analysis()
        var planes = [sound.planes[0], sound.planes[0]]
        planes[dead] = [Float](repeating: 0, count: planes[0].count)
        let found = try await SoundOnDisk(planes: planes, rate: sound.rate).analysis()
        #expect(found.diarization.speakerCount == 2, "\(found.diarization.mode)")
        #expect(try points(clean, found) < 1)
    }
}
