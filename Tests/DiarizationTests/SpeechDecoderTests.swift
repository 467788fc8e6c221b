import Diarization
import SeededSignals
import Testing

@Suite("Speech or not")
struct SpeechDecoderTests {
    private func mask(_ picture: String) -> [Bool] { picture.filter { $0 != " " }.map { $0 == "#" } }

    /// Best mask of all 2ⁿ whose runs, but for the first one, reach the least length.
    private func exhaustive(_ score: [Float], _ parameters: VoiceActivityParameters) -> Double {
        var best = -Double.infinity
        for code in 0..<(1 << score.count) {
            let states = score.indices.map { code >> $0 & 1 == 1 }
            best = max(best, value(of: states, score, parameters))
        }
        return best
    }

    private func value(of states: [Bool], _ score: [Float], _ parameters: VoiceActivityParameters) -> Double {
        var (total, run, isFirst) = (0.0, 0, true)
        for (index, state) in states.enumerated() {
            if index > 0, state != states[index - 1] {
                if !isFirst, run < parameters.leastRun { return -.infinity }
                total -= parameters.switchCost
                (run, isFirst) = (0, false)
            }
            run += 1
            if state { total += parameters.scoreScale * Double(score[index]) + parameters.scoreOffset }
        }
        return !isFirst && run < parameters.leastRun ? -.infinity : total
    }

    @Test("The decoder finds the best of all sequences", arguments: 0..<60)
    func best(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var parameters = VoiceActivityParameters()
        parameters.leastRun = 3
        let score = (0..<13).map { _ in Float(6 * random.normal()) }
        let found = SpeechDecoder(parameters: parameters).viterbi(score)
        #expect(abs(value(of: found, score, parameters) - exhaustive(score, parameters)) < 1e-5)
    }

    @Test("Speech is widened, short pauses are filled, short speech is dropped")
    func tidy() {
        // padding 1, pauses under 3 filled, speech under 4 dropped
        let before = mask("....###....##......#....")
        let after = mask("...###########..........")
        #expect(SpeechDecoder.tidy(before, padding: 1, bridgedPause: 3, leastSpeech: 4) == after)
    }

    @Test("Runs are found at both ends")
    func runs() {
        #expect(SpeechDecoder.speechRuns(mask("##..#..###")) == [0..<2, 4..<5, 7..<10])
        #expect(SpeechDecoder.speechRuns([]) == [])
    }

    @Test(
        "The slower the level falls, the shorter the pauses that are bridged",
        arguments: [(10, 35), (15, 35), (20, 30), (24, 26), (60, 25)])
    func echo(framesPerFall: Int, bridged: Int) {
        // ▔▔▔▔╲____▔▔▔▔╲____  speech falls by 6, 26 dB, within so many frames and is quiet for a second
        let fall = (0..<framesPerFall).map { -6 * Float($0) / Float(framesPerFall) }
        let word = [Float](repeating: 0, count: 100) + fall + [Float](repeating: -6, count: 100)
        let level = [[Float]](repeating: word, count: 10).flatMap(\.self)
        #expect(VoiceActivity.bridgedPause(level, .init()) == bridged)
    }
}
