import Analysis
import Diarization
import Foundation
import LabelFormats
import Reciprocity
import RepositoryFolders
import SeededSignals
import Testing
import Timeline

/// What must not change the result: loudness, a silence before, the sample rate, the order of the channels.
@Suite("What changes nothing that matters", .timeLimit(.minutes(10)))
struct InvarianceTests {
    /// Most difference of the talk share, percentage points.
    static let limit = 1.0

    /// A meeting whose length and turns are drawn: two voices on one channel each, which may be mixed.
    private static func meeting(seed: UInt64) -> SoundOnDisk {
        // low  : ██..███....█.
        // high : ..█...████.█.   pauses of 0.2 to 1.5 s, turns of 1 to 9 s, ten to twenty of them
        var random = SeededRandom(seed: seed)
        let rate = 16_000
        var planes: [[Float]] = [[], []]
        for turn in 0..<Int.random(in: 10...20, using: &random) {
            let voice: SyntheticVoice = turn % 2 == 0 ? .low : .high
            let speech = voice.speak(
                duration: Double.random(in: 1...9, using: &random), rate: rate, random: &random)
            let pause = Int(Double.random(in: 0.2...1.5, using: &random) * Double(rate))
            planes[turn % 2] += speech + [Float](repeating: 0, count: pause)
            planes[1 - turn % 2] += [Float](repeating: 0, count: speech.count + pause)
        }
        for index in planes.indices {
            let noise = whiteNoise(count: planes[index].count, level: 0.0005, random: &random)
            planes[index] = zip(planes[index], noise).map { $0 + $1 }
        }
        return SoundOnDisk(planes: planes, rate: rate)
    }

    private static func mixed(_ sound: SoundOnDisk) -> SoundOnDisk {
        SoundOnDisk(planes: [zip(sound.planes[0], sound.planes[1]).map { $0 + $1 }], rate: sound.rate)
    }

    /// How far the talk shares of two analyses are apart, percentage points; 100 when one finds fewer people.
    static func points(_ left: RecordingAnalysis, _ right: RecordingAnalysis) -> Double {
        switch (left.reciprocity.talkShare.a, right.reciprocity.talkShare.a) {
        case (nil, nil): 0
        case (let left?, let right?): 100 * abs(left - right)
        default: 100
        }
    }

    @Test("20 dB more or less, on meetings drawn at random", arguments: 1...4)
    func gain(seed: UInt64) async throws {
        let sound = Self.mixed(Self.meeting(seed: seed)).mapped { $0 * 0.2 }
        let clean = try await sound.analysis()
        #expect(clean.diarization.speakerCount == 2)
        for gain: Float in [0.1, 10] {
            #expect(Self.points(clean, try await sound.mapped { $0 * gain }.analysis()) < Self.limit, "gain \(gain)")
        }
    }

    @Test("20 dB more or less, on the spoken fixtures", arguments: ["one-sided", "late-pitch", "two-way"])
    func gain(name: String) async throws {
        let sound = try SoundOnDisk.fixture(name)
        let clean = try await sound.analysis()
        for gain: Float in [0.1, 10] {
            #expect(Self.points(clean, try await sound.mapped { $0 * gain }.analysis()) < Self.limit, "gain \(gain)")
        }
    }

    @Test("An hour of silence before the meeting", arguments: ["one-sided", "late-pitch", "two-way"])
    func leadingSilence(name: String) async throws {
        let sound = try SoundOnDisk.fixture(name)
        let (clean, late) = (try await sound.analysis(), try await sound.delayed(seconds: 3_600).analysis())
        #expect(Self.points(clean, late) < Self.limit)
        let firsts = [clean, late].compactMap { $0.diarization.timeline.segments.map(\.start).min() }
        #expect(abs(firsts[1] - firsts[0] - 3_600) < 0.25)
    }

    @Test("Three times the sample rate, on meetings drawn at random and on a fixture")
    func resampled() async throws {
        for seed: UInt64 in 1...3 {
            let sound = Self.mixed(Self.meeting(seed: seed))
            let found = Self.points(try await sound.analysis(), try await sound.tripled().analysis())
            #expect(found < Self.limit, "seed \(seed)")
        }
        let sound = try SoundOnDisk.fixture("two-way")
        #expect(Self.points(try await sound.analysis(), try await sound.tripled().analysis()) < Self.limit)
    }

    @Test("Reversing the channels swaps the people and nothing else", arguments: 1...4)
    func reversed(seed: UInt64) async throws {
        let sound = Self.meeting(seed: seed)
        let clean = try await sound.analysis()
        let other = try await SoundOnDisk(planes: sound.planes.reversed(), rate: sound.rate).analysis()
        #expect(clean.diarization.mode == .separate && other.diarization.mode == .separate)
        // A is whoever speaks first, so that A's channel moves and A's share stays.
        #expect(clean.diarization.channelOfA == 1 && other.diarization.channelOfA == 2)
        #expect(Self.points(clean, other) < Self.limit)
    }
}

/// The same over the corpus, with the worst figure in the message.
@Suite(
    "What changes nothing that matters, on real meetings", .timeLimit(.minutes(20)),
    .enabled(if: RepositoryFolders.corpus != nil, "no corpus here"))
struct CorpusInvarianceTests {
    /// Most difference on the mean and on each recording, percentage points: less than one, and no recording that a person
    /// would call another result.
    private static let (greatestMean, greatest) = (1.0, 5.0)

    private func recordings() -> [String] {
        guard let corpus = RepositoryFolders.corpus else { return [] }
        return ["real", "same-channel"].flatMap { CorpusAccuracy.recordings(below: corpus.appending(path: $0).path) }
    }

    private func compare(_ what: String, _ change: (SoundOnDisk) -> SoundOnDisk?) async throws {
        var found: [(points: Double, name: String)] = []
        for path in recordings() {
            let sound = try SoundOnDisk(contentsOf: path)
            guard let changed = change(sound) else { continue }
            let points = InvarianceTests.points(try await sound.analysis(), try await changed.analysis())
            found.append((points, URL(filePath: path).lastPathComponent))
        }
        found.sort { $0.points > $1.points }
        let mean = found.reduce(0) { $0 + $1.points } / Double(max(found.count, 1))
        let worst = found.prefix(3).map { "\($0.name) \(Double(Int($0.points * 100)) / 100)" }
        let over = found.count { $0.points >= InvarianceTests.limit }
        print("\(what): \(found.count) recordings, mean \(mean) points, \(over) over 1; worst: \(worst)")
        #expect(mean < Self.greatestMean, "\(what): \(worst)")
        #expect(found.allSatisfy { $0.points < Self.greatest }, "\(what): \(worst)")
    }

    @Test("20 dB less")
    func quieter() async throws {
        try await compare("20 dB less") { $0.mapped { $0 * 0.1 } }
    }

    @Test("20 dB more in floating point")
    func louder() async throws { try await compare("20 dB more") { $0.mapped { $0 * 10 } } }

    @Test("An hour of silence before")
    func leadingSilence() async throws {
        // Every sixth, because an hour each is much to read.
        var number = 0
        try await compare("a leading hour") { sound in
            number += 1
            return number % 6 == 1 ? sound.delayed(seconds: 3_600) : nil
        }
    }

    @Test("16 kHz as 48 kHz")
    func resampled() async throws {
        try await compare("16 to 48 kHz") { $0.rate == 16_000 ? $0.tripled() : nil }
    }

    @Test("Channels reversed")
    func reversed() async throws {
        try await compare("channels reversed") { sound in
            sound.planes.count == 2 ? SoundOnDisk(planes: sound.planes.reversed(), rate: sound.rate) : nil
        }
    }
}
