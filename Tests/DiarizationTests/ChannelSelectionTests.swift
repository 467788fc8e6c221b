import Diarization
import Foundation
import SeededSignals
import SpectralAnalysis
import Testing
import Timeline

@Suite("Three channels and more")
struct ChannelSelectionTests {
    private static let rate = 16_000
    /// Turns of 3 s with half a second between.
    private static let turn = 3.5

    /// What each person of `turns`, a digit each, says: one plane a person, without noise.
    private func people(_ turns: String) -> [[Float]] {
        var random = SeededRandom(seed: 11)
        let order = turns.compactMap(\.wholeNumberValue)
        let count = Int(Self.turn * Double(order.count) * Double(Self.rate))
        var planes = (0...(order.max() ?? 0)).map { _ in [Float](repeating: 0, count: count) }
        for (number, person) in order.enumerated() {
            let voice = person % 2 == 0 ? SyntheticVoice.low : .high
            let sound = voice.speak(duration: 3, rate: Self.rate, random: &random)
            let start = Int(Self.turn * Double(number) * Double(Self.rate)) + Self.rate / 4
            for (index, sample) in sound.enumerated() where start + index < count {
                planes[person][start + index] = sample
            }
        }
        return planes
    }

    private func sum(_ parts: (plane: [Float], gain: Float)...) -> [Float] {
        parts[0].plane.indices.map { index in parts.reduce(0) { $0 + $1.gain * $1.plane[index] } }
    }

    /// A plane with a microphone's own faint noise.
    private func heard(_ plane: [Float], seed: UInt64) -> [Float] {
        var random = SeededRandom(seed: seed)
        let noise = whiteNoise(count: plane.count, level: 0.0005, random: &random)
        return zip(plane, noise).map { $0 + $1 }
    }

    private func diarize(_ channels: [[Float]], _ use: ChannelUse = .auto, threads: Int = 1) async -> Diarization {
        await Diarizer().diarize(recorded(channels, rate: Self.rate), channelUse: use, threads: threads)
    }

    /// Share of the middles of the turns in which exactly `wanted` speak, by the person of the turn.
    private func agreement(_ found: Diarization, _ turns: String, _ wanted: [Speaker?]) -> Double {
        var (right, total) = (0, 0)
        for (number, person) in turns.compactMap(\.wholeNumberValue).enumerated() {
            for step in stride(from: 0.3, to: 2.7, by: 0.01) {
                let time = Self.turn * Double(number) + 0.25 + step
                let speakers = found.timeline.segments.filter { $0.start <= time && time < $0.end }.map(\.speaker)
                total += 1
                if speakers == [wanted[person]].compactMap({ $0 }) { right += 1 }
            }
        }
        return Double(right) / Double(total)
    }

    /// What stands on the channels of a recording of two people.
    enum Track: String { case a, b, minusA, softB, dead, noise, mixture }

    private func tracks(_ kinds: [Track]) -> [[Float]] {
        let planes = people("0101010101")
        let (a, b) = (heard(planes[0], seed: 1), heard(planes[1], seed: 2))
        return kinds.enumerated().map { place, kind in
            switch kind {
            case .a: a
            case .b: b
            case .minusA: a.map { -$0 }
            case .softB: b.map { 0.25 * $0 }
            case .dead: a.map { _ in 0 }
            case .noise: heard(a.map { _ in 0 }, seed: 10 + UInt64(place)).map { 40 * $0 }
            case .mixture: sum((a, 1), (b, 1))
            }
        }
    }

    // channel 1  ███ . ███ . ███ …   one person
    // channel 2   . ███ . ███ . …    the other
    // others     nothing, noise, the same again, with swapped polarity, softer
    @Test(
        "What stands beside two people on channels of their own changes nothing",
        arguments: [
            ([Track.a, .b, .dead], [1, 2]), ([.dead, .a, .noise, .b], [2, 4]), ([.a, .b, .a, .b], [1, 2]),
            ([.a, .minusA, .softB, .b], [1, 4]), ([.noise, .dead, .b, .dead, .a, .minusA], [5, 3]),
        ])
    func beside(kinds: [Track], places: [Int]) async {
        let pair = await diarize(tracks([.a, .b]))
        #expect(pair.mode == .separate && pair.trusted && pair.channelOfA == 1 && pair.channelOfB == 2)
        let found = await diarize(tracks(kinds))
        #expect(found.mode == .separate && found.trusted)
        #expect(found.timeline == pair.timeline)
        #expect([found.channelOfA, found.channelOfB] == places)
        #expect(found.speaker(onChannel: places[1]) == .b && found.speaker(onChannel: 9) == nil)
        let low = min(places[0], places[1])
        let high = max(places[0], places[1])
        #expect(
            found.warnings == [
                "Of the \(kinds.count) channels, \(low) and \(high) were read; the others hold no speech of their own."
            ])
    }

    @Test(
        "A mixture beside the two, even twice and softer, is no third person",
        arguments: [[Track.a, .b, .mixture], [.mixture, .a, .mixture, .b]])
    func mixture(kinds: [Track]) async {
        let pair = await diarize(tracks([.a, .b]))
        let found = await diarize(tracks(kinds))
        #expect(found.mode == .separate && found.trusted)
        #expect(found.timeline == pair.timeline)
        #expect(found.channelOfA == kinds.firstIndex(of: .a).map { $0 + 1 })
    }

    // 5.1: left, right and both surrounds hold faint air, the fourth only what is below 120 Hz.
    @Test("One channel with everything in it is read as it is alone: 5.1 with the speech in the centre")
    func surround() async {
        let planes = people("0101010101")
        let centre = heard(sum((planes[0], 1), (planes[1], 1)), seed: 3)
        let low = centre.indices.map { 0.01 * Float(sin(2 * .pi * 40 * Double($0) / Double(Self.rate))) }
        let air = (4...7).map { heard(centre.map { _ in 0 }, seed: $0) }
        let alone = await diarize([centre])
        let found = await diarize([air[0], air[1], centre, low, air[2], air[3]])
        #expect(found.mode == .mono && found.speakerCount == 2)
        #expect(found.timeline == alone.timeline)
        let note = "Of the 6 channels only 3 was read; the others hold no speech of their own."
        #expect(found.warnings == alone.warnings + [note])
        #expect(found.channelOfA == nil)
    }

    // person 0 (channel 2)  █ . . █ . . █ . . █ …   40 %
    // person 1 (channel 1)  . █ . . █ . . █ …       40 %
    // person 2 (channel 4)  . . █ . . . . . █       20 %, and each hears the others 20 dB below
    @Test(
        "Of three people the two who speak most are read, and the report is not trusted",
        arguments: [Float(0), 0.1, 0.2])
    func three(leak: Float) async {
        let turns = "010210102001021"
        let planes = people(turns)
        func microphone(_ person: Int, _ seed: UInt64) -> [Float] {
            let gains = (0..<3).map { $0 == person ? Float(1) : leak }
            return heard(sum((planes[0], gains[0]), (planes[1], gains[1]), (planes[2], gains[2])), seed: seed)
        }
        let found = await diarize([microphone(1, 1), microphone(0, 2), planes[0].map { _ in 0 }, microphone(2, 3)])
        #expect(found.mode == .separate && found.speakerCount == 2 && !found.trusted)
        #expect([found.channelOfA, found.channelOfB] == [2, 1])
        #expect(
            found.warnings == [
                "More than two people seem to have a channel of their own; the figures are of the two who speak most, on "
                    + "channels 1 and 2."
            ])
        #expect(agreement(found, turns, [.a, .b, nil]) > 0.97)
    }

    @Test("Whoever says a word in forty seconds is no third person", arguments: [Float(0), 0.1])
    func oneWord(leak: Float) async {
        let turns = "010101010101"
        let planes = people(turns)
        // One second of somebody else, in the pause after the sixth turn and over the seventh.
        var random = SeededRandom(seed: 5)
        var word = planes[0].map { _ in Float(0) }
        let start = Int(20.8 * Double(Self.rate))
        for (index, sample) in SyntheticVoice.low.speak(duration: 1, rate: Self.rate, random: &random).enumerated() {
            word[start + index] = sample
        }
        let found = await diarize([
            heard(sum((planes[0], 1), (planes[1], leak)), seed: 1),
            heard(sum((planes[0], leak), (planes[1], 1)), seed: 2), heard(word, seed: 3),
        ])
        #expect(found.mode == .separate && found.trusted)
        #expect([found.channelOfA, found.channelOfB] == [1, 2])
        #expect(agreement(found, turns, [.a, .b]) > 0.97)
    }

    /// Four microphones on a table: each hears each person a little later and softer than the one before.
    private func array(_ planes: [[Float]]) -> [[Float]] {
        (0..<4).map { microphone in
            func late(_ plane: [Float], _ samples: Int) -> [Float] {
                [Float](repeating: 0, count: samples) + plane.dropLast(samples)
            }
            let near = Float(microphone) * 0.08
            return heard(
                sum(
                    (late(planes[0], 20 + 9 * microphone), 1 - near),
                    (late(planes[1], 60 - 11 * microphone), 0.7 + near)),
                seed: 20 + UInt64(microphone))
        }
    }

    @Test("Microphones in one room are heard together, whatever their polarity")
    func room() async {
        var microphones = array(people("0101010101"))
        let found = await diarize(microphones)
        #expect(found.mode == .mono && found.speakerCount == 2 && found.channelOfA == nil)
        #expect(!found.warnings.contains { $0.hasPrefix("Of the") })
        #expect(agreement(found, "0101010101", [.a, .b]) > 0.97)
        for turned in [1, 3] { microphones[turned] = microphones[turned].map { -$0 } }
        #expect(await diarize(microphones).timeline == found.timeline)
    }

    @Test(
        "Asked to mix, it mixes what two channels would; asked for a person per channel, it takes the two who speak most"
    )
    func use() async {
        let mixed = await diarize(tracks([.a, .b]), .mix)
        let found = await diarize(tracks([.a, .dead, .b, .a]), .mix)
        #expect(found.mode == .mono && found.timeline == mixed.timeline)
        let pair = await diarize(tracks([.a, .b]), .separate)
        #expect(await diarize(tracks([.dead, .a, .b, .b]), .separate).timeline == pair.timeline)
        #expect(await diarize(array(people("0101010101")), .separate).mode == .separate)
        let alone = await diarize(tracks([.dead, .a, .noise]), .separate)
        #expect(alone.mode == .separate && alone.speakerCount == 1)
        #expect(alone.warnings.first == "Only one of the 3 channels holds speech.")
        #expect(alone.speaker(onChannel: 2) == .a)
    }

    @Test("Eight channels of silence or noise hold nobody")
    func nobody() async {
        let found = await diarize(tracks([.dead, .noise, .noise, .dead, .noise, .dead, .noise, .noise]))
        #expect(found.speakerCount == 0 && found.timeline.segments.isEmpty)
        #expect(found.warnings == ["No speech was found."])
    }

    @Test("Two or eight threads change nothing")
    func threads() async {
        let planes = tracks([.a, .b, .mixture, .dead, .noise, .minusA])
        let one = await diarize(planes)
        for threads in [2, 8] { #expect(await diarize(planes, threads: threads) == one) }
    }
}
