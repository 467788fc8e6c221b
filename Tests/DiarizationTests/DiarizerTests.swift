import Diarization
import Foundation
import SeededSignals
import SpectralAnalysis
import Testing
import Timeline

@Suite("From sound to turns")
struct DiarizerTests {
    /// Features of planar or mono sound.

    /// Turns of 3 s with half a second between: low, high, low … with faint noise, on one or two channels.
    private func conversation(turns: Int, rate: Int, leak: Float?) -> [[Float]] {
        var random = SeededRandom(seed: 11)
        let count = Int(3.5 * Double(turns) * Double(rate))
        var planes = (0..<(leak == nil ? 1 : 2)).map { _ in
            whiteNoise(count: count, level: 0.0005, random: &random)
        }
        for turn in 0..<turns {
            let voice = turn % 2 == 0 ? SyntheticVoice.low : .high
            let sound = voice.speak(duration: 3, rate: rate, random: &random)
            let start = Int(3.5 * Double(turn) * Double(rate)) + rate / 4
            for (index, sample) in sound.enumerated() where start + index < count {
                guard let leak else {
                    planes[0][start + index] += sample
                    continue
                }
                planes[turn % 2][start + index] += sample
                planes[1 - turn % 2][start + index] += leak * sample
            }
        }
        return planes
    }

    /// Share of the 10 ms steps inside turns that carry the right person.
    private func agreement(_ diarization: Diarization, turns: Int) -> Double {
        var (right, total) = (0, 0)
        for turn in 0..<turns {
            for step in stride(from: 0.3, to: 2.7, by: 0.01) {
                let time = 3.5 * Double(turn) + 0.25 + step
                let wanted: Speaker = turn % 2 == 0 ? .a : .b
                let speakers = diarization.timeline.segments.filter { $0.start <= time && time < $0.end }.map(\.speaker)
                total += 1
                if speakers == [wanted] { right += 1 }
            }
        }
        return Double(right) / Double(total)
    }

    @Test("Two buzzing voices that take turns are told apart", arguments: [8000, 16000, 22050, 48000])
    func alternating(rate: Int) async {
        //  A: ███ . ███ . ███ …
        //  B:  .  ███ . ███ . …
        let found = await Diarizer().diarize(recorded(conversation(turns: 10, rate: rate, leak: nil), rate: rate))
        #expect(found.mode == .mono)
        #expect(found.speakerCount == 2)
        #expect(agreement(found, turns: 10) > 0.97)
    }

    @Test("One person per channel, 20 dB of leak, is read by channel")
    func separateChannels() async {
        let found = await Diarizer().diarize(recorded(conversation(turns: 8, rate: 16000, leak: 0.1), rate: 16000))
        #expect(found.mode == .separate)
        #expect(found.channelOfA == 1)
        #expect(agreement(found, turns: 8) > 0.97)
    }

    @Test("Swapped channels swap only the channel of A")
    func swappedChannels() async {
        let planes = conversation(turns: 6, rate: 16000, leak: 0.1)
        let found = await Diarizer().diarize(recorded(planes, rate: 16000))
        let swapped = await Diarizer().diarize(recorded(planes.reversed(), rate: 16000))
        #expect(swapped.channelOfA == 2)
        #expect(swapped.timeline == found.timeline)
    }

    /// What the second of two channels may be beside the first.
    enum SecondChannel: String, CaseIterable { case same, swappedPolarity, dead, softer }

    @Test("A second channel that adds nothing changes nothing", arguments: SecondChannel.allCases)
    func secondChannel(kind: SecondChannel) async {
        let mono = conversation(turns: 6, rate: 16000, leak: nil)[0]
        let second: [Float] =
            switch kind {
            case .same: mono
            case .swappedPolarity: mono.map { -$0 }
            case .dead: [Float](repeating: 0, count: mono.count)
            case .softer: mono.map { 0.25 * $0 }
            }
        let alone = await Diarizer().diarize(recorded([mono], rate: 16000))
        for planes in [[mono, second], [second, mono]] {
            let found = await Diarizer().diarize(recorded(planes, rate: 16000))
            #expect(found.mode == .mono)
            #expect(found.timeline == alone.timeline)
        }
        #expect(agreement(alone, turns: 6) > 0.97)
    }

    @Test("A leak of 10 dB does not count as speech of the other", arguments: [0.1, 0.2, 0.316] as [Float])
    func leak(leak: Float) async {
        let found = await Diarizer().diarize(recorded(conversation(turns: 8, rate: 16000, leak: leak), rate: 16000))
        #expect(found.mode == .separate)
        #expect(agreement(found, turns: 8) > 0.97)
        // Turns do not overlap in the drawing: every segment ends before the next begins.
        let segments = found.timeline.segments
        for (one, next) in zip(segments, segments.dropFirst()) { #expect(one.end <= next.start + 0.1) }
    }

    enum NoSpeech: String, CaseIterable { case silence, noise, hum, constant, clicks }

    @Test("What is not speech has no turns", arguments: NoSpeech.allCases)
    func noSpeech(kind: NoSpeech) async {
        var random = SeededRandom(seed: 4)
        let count = 16000 * 20
        let samples: [Float] =
            switch kind {
            case .silence: [Float](repeating: 0, count: count)
            case .noise: whiteNoise(count: count, level: 0.05, random: &random)
            case .hum: (0..<count).map { 0.1 * Float(sin(2 * .pi * 50 * Double($0) / 16000)) }
            case .constant: [Float](repeating: 0.4, count: count)
            case .clicks: (0..<count).map { $0 % 8000 == 0 ? 0.9 : 0 }
            }
        let found = await Diarizer().diarize(recorded([samples], rate: 16000))
        #expect(found.speakerCount == 0)
        #expect(found.timeline.segments.isEmpty)
        #expect(!found.warnings.isEmpty)
    }

    @Test("A recording shorter than a window, or than half a second, has no turns", arguments: [1, 100, 511, 7000])
    func tiny(count: Int) async {
        var random = SeededRandom(seed: 9)
        let found = await Diarizer().diarize(
            recorded([whiteNoise(count: count, level: 0.1, random: &random)], rate: 16000))
        #expect(found.speakerCount == 0)
    }

    @Test("Two or eight threads change nothing")
    func threads() async {
        let planes = conversation(turns: 8, rate: 16000, leak: 0.3)
        let one = await Diarizer().diarize(recorded(planes, rate: 16000), threads: 1)
        let many = await Diarizer().diarize(recorded(planes, rate: 16000), threads: 8)
        #expect(one == many)
    }

    @Test("Turns lie inside the recording and carry a confidence of at least one half")
    func bounds() async {
        let found = await Diarizer().diarize(recorded(conversation(turns: 5, rate: 8000, leak: nil), rate: 8000))
        for segment in found.timeline.segments {
            #expect(segment.start >= 0 && segment.start < segment.end && segment.end <= found.timeline.duration)
            #expect((segment.confidence ?? 0) >= 0.5 && (segment.confidence ?? 2) <= 1)
        }
    }
}
