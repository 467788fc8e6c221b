import Foundation
import SeededSignals
import Testing

@Suite("A call that rings before it is answered")
struct RingingTests {
    @Test("Nobody speaks while it rings", arguments: [8000, 16000])
    func ringing(rate: Int) async throws {
        var random = SeededRandom(seed: 14)
        // ring ─── 2 s │ 4 s │ ring ─── 2 s │ 1 s │ low 4 s │ 1 s │ high 4 s │ 1 s │ low 4 s │ 1 s │ high 4 s
        var samples = whiteNoise(count: 28 * rate, level: 0.0005, random: &random)
        for start in [0, 6] {
            for index in (start * rate)..<((start + 2) * rate) {
                let time = Double(index) / Double(rate)
                samples[index] += Float(0.06 * (sin(2 * .pi * 440 * time) + sin(2 * .pi * 480 * time)))
            }
        }
        for (start, voice) in [(9, SyntheticVoice.low), (14, .high), (19, .low), (24, .high)] {
            for (index, value) in voice.speak(duration: 4, rate: rate, random: &random).enumerated() {
                samples[start * rate + index] += value
            }
        }
        let folder = try ScratchFolder()
        let path = try folder.write(
            "call.wav", OddWaves.wave(rate: rate, data: OddWaves.pcm(samples.map { Int($0 * 32_767) })))
        let run = try await ProgramRun(["analyze", path, "--format", "rttm"])
        #expect(run.exitCode == 0)
        let starts = run.output.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            return fields.first == "SPEAKER" ? Double(fields[3]) : nil
        }
        let first = try #require(starts.min())
        #expect((8.8...9.3).contains(first))
    }
}
