import Analysis
import Diarization
import Foundation
import LabelFormats
import Reciprocity
import RepositoryFolders
import SeededSignals
import Testing
import Timeline

/// Fixtures and real calls as recorders with more than two channels store them.
@Suite("Recordings with three channels and more")
struct ManyChannelsTests {
    /// A fixture with a channel for each person, A's first, and a faint noise in each.
    private func apart(_ fixture: String) throws -> SoundOnDisk {
        let sound = try SoundOnDisk.fixture(fixture)
        let labels = try RTTM.recordings(atPath: RepositoryFolders.fixtures.appending(path: fixture + ".rttm").path)
            .flatMap(\.segments)
        var random = SeededRandom(seed: 8)
        let people = labels.reduce(into: [String]()) { if !$0.contains($1.label) { $0.append($1.label) } }
        let planes = people.map { person -> [Float] in
            var plane = whiteNoise(count: sound.planes[0].count, level: 0.0005, random: &random)
            for segment in labels where segment.label == person {
                for index in Int(segment.start * 8000)..<min(Int(segment.end * 8000), plane.count) {
                    plane[index] += sound.planes[0][index]
                }
            }
            return plane
        }
        return SoundOnDisk(planes: planes, rate: sound.rate)
    }

    private func silence(_ sound: SoundOnDisk) -> [Float] { [Float](repeating: 0, count: sound.planes[0].count) }

    /// The same segments, metrics and trust; only the channels may have other numbers.
    private func expectSame(_ found: RecordingAnalysis, _ wanted: RecordingAnalysis) {
        #expect(found.diarization.timeline == wanted.diarization.timeline)
        #expect(found.diarization.mode == wanted.diarization.mode)
        #expect(found.diarization.trusted == wanted.diarization.trusted)
        #expect(found.reciprocity == wanted.reciprocity)
    }

    @Test("A pair doubled to four, or with dead channels between, is the pair", arguments: ["one-sided", "two-way"])
    func doubled(name: String) async throws {
        let sound = try apart(name)
        let (a, b, dead) = (sound.planes[0], sound.planes[1], silence(sound))
        let pair = try await sound.analysis()
        #expect(pair.diarization.mode == .separate && pair.diarization.trusted)
        for (planes, places) in [([a, b, a, b], [1, 2]), ([dead, a, dead, b, dead, dead, dead, dead], [2, 4])] {
            let found = try await SoundOnDisk(planes: planes, rate: sound.rate).analysis()
            expectSame(found, pair)
            #expect([found.diarization.channelOfA, found.diarization.channelOfB] == places)
        }
    }

    @Test("Swapped polarity in a third channel cancels nothing", arguments: ["one-sided", "late-pitch", "two-way"])
    func polarity(name: String) async throws {
        let sound = try SoundOnDisk.fixture(name)
        let (mono, alone) = (sound.planes[0], try await sound.analysis())
        let turned = mono.map { -$0 }
        for planes in [[mono, turned, silence(sound)], [turned, mono, mono], [silence(sound), turned, mono, turned]] {
            expectSame(try await SoundOnDisk(planes: planes, rate: sound.rate).analysis(), alone)
        }
    }

    @Test("Of sixteen channels eight are heard, and the report says so")
    func sixteen() async throws {
        let sound = try apart("two-way")
        let dead = [[Float]](repeating: silence(sound), count: 6)
        let found = try await SoundOnDisk(
            planes: dead + sound.planes + dead + sound.planes.reversed(), rate: sound.rate
        ).analysis()
        expectSame(found, try await sound.analysis())
        #expect(found.recording.channelCount == 16)
        #expect(
            found.diarization.warnings == [
                "Only the first 8 of the 16 channels were heard.",
                "Of the 8 channels, 7 and 8 were read; the others hold no speech of their own.",
            ])
    }
}

@Suite(
    "Recordings with three channels and more, of real calls", .timeLimit(.minutes(10)),
    .enabled(if: RepositoryFolders.corpus != nil, "no corpus here"))
struct ManyChannelsCorpusTests {
    private static var calls: [String] {
        guard let corpus = RepositoryFolders.corpus else { return [] }
        return CorpusAccuracy.recordings(below: corpus.appending(path: "real").path).filter { $0.contains("-2ch") }
    }

    @Test("A dead and a doubled channel beside caller and agent change no segment")
    func besideACall() async throws {
        #expect(Self.calls.count == 6)
        for path in Self.calls {
            let sound = try SoundOnDisk(contentsOf: path)
            let dead = [Float](repeating: 0, count: sound.planes[0].count)
            let pair = try await sound.analysis()
            let found = try await SoundOnDisk(
                planes: [dead, sound.planes[0], sound.planes[1], sound.planes[0]], rate: sound.rate
            ).analysis()
            #expect(found.diarization.timeline == pair.diarization.timeline, "\(path)")
            #expect(found.diarization.mode == .separate && pair.diarization.mode == .separate)
            #expect(found.diarization.trusted == pair.diarization.trusted)
            #expect(found.diarization.channelOfA == pair.diarization.channelOfA.map { $0 + 1 })
        }
    }

    /// Broken chords, half a second each, that fade: what plays on a channel of its own.
    private func music(count: Int, rate: Int, level: Float) -> [Float] {
        var random = SeededRandom(seed: 3)
        var frequency = 0.0
        return (0..<count).map { index in
            let inBeat = index % (rate / 2)
            if inBeat == 0 { frequency = 220 * pow(2, Double(Int.random(in: 0...12, using: &random)) / 12) }
            let time = Double(inBeat) / Double(rate)
            var chord = 0.0
            for note in [1, 1.25, 1.5] {
                for harmonic in 1...5 {
                    let phase: Double = 2 * .pi * frequency * note * Double(harmonic) * time
                    chord += sin(phase) / Double(harmonic)
                }
            }
            return level * Float(exp(-3 * time) * chord / 3)
        }
    }

    @Test("Music on a channel of its own is nobody, loud or soft", arguments: [Float(0.1), 0.01])
    func besideMusic(level: Float) async throws {
        for path in Self.calls {
            let sound = try SoundOnDisk(contentsOf: path)
            let music = music(count: sound.planes[0].count, rate: sound.rate, level: level)
            let pair = try await sound.analysis()
            let found = try await SoundOnDisk(planes: [sound.planes[0], music, sound.planes[1]], rate: sound.rate)
                .analysis()
            #expect(found.diarization.mode == .separate)
            #expect(InvarianceTests.points(found, pair) < InvarianceTests.limit, "\(path)")
            #expect(Set([found.diarization.channelOfA, found.diarization.channelOfB]) == [1, 3], "\(path)")
        }
    }

    // Call 1 on channels 1 and 2; the agent of another call on channel 3, who is heard by nobody.
    @Test("Beside a call and its mixture nobody else is found; with somebody of another call the report is not trusted")
    func besideAnotherCall() async throws {
        for (path, other) in zip(Self.calls, Self.calls.dropFirst()) {
            let (sound, second) = (try SoundOnDisk(contentsOf: path), try SoundOnDisk(contentsOf: other))
            let count = min(sound.planes[0].count, second.planes[0].count)
            let planes = (sound.planes + second.planes).map { Array($0[..<count]) }
            let pair = try await SoundOnDisk(planes: Array(planes[..<2]), rate: sound.rate).analysis()
            let mixture = zip(planes[0], planes[1]).map { $0 + $1 }
            let mixed = try await SoundOnDisk(planes: [mixture, planes[0], planes[1]], rate: sound.rate).analysis()
            #expect(InvarianceTests.points(mixed, pair) < InvarianceTests.limit, "\(path)")
            #expect(mixed.diarization.mode == .separate, "\(path)")
            let three = try await SoundOnDisk(planes: [planes[0], planes[1], planes[3]], rate: sound.rate).analysis()
            #expect(three.diarization.mode == .separate && !three.diarization.trusted, "\(path)")
            #expect(three.diarization.warnings.contains { $0.hasPrefix("More than two people") }, "\(path)")
        }
    }
}
