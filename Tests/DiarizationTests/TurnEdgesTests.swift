import Diarization
import Testing
import Timeline

@Suite("Where turns begin and end beside their first and last frame")
struct TurnEdgesTests {
    private func widened(_ segments: [SpeechSegment]) -> [[Double]] {
        var parameters = VoiceActivityParameters()
        (parameters.startWidening, parameters.endWidening) = (0.25, 0.5)
        return TurnEdges(parameters).widened(segments, duration: 20).map {
            [$0.start, $0.end]
        }
    }

    @Test("A turn with silence around it begins earlier and ends later")
    func alone() {
        //  A:   |----|      2 to 4 becomes 1.75 to 4.5
        //  B:           |-| 6 to 7 becomes 5.75 to 7.5
        #expect(
            widened([.init(speaker: .a, start: 2, end: 4), .init(speaker: .b, start: 6, end: 7)]) == [
                [1.75, 4.5], [5.75, 7.5],
            ])
    }

    @Test("Where one person follows the other without silence the border stays")
    func border() {
        //  A:  |----|        2 to 4 becomes 1.75 to 4
        //  B:       |---|    4 to 6 becomes 4 to 6.5
        #expect(
            widened([.init(speaker: .a, start: 2, end: 4), .init(speaker: .b, start: 4, end: 6)]) == [
                [1.75, 4], [4, 6.5],
            ])
    }

    @Test("A word within the other's turn stays as it is")
    func within() {
        //  A:  |----------|  2 to 8 becomes 1.75 to 8.5
        //  B:     |--|       4 to 5 stays
        #expect(
            widened([.init(speaker: .a, start: 2, end: 8), .init(speaker: .b, start: 4, end: 5)]) == [
                [1.75, 8.5], [4, 5],
            ])
    }

    @Test("Of two turns that overlap only the outer edges move")
    func overlap() {
        //  A:  |-----|       2 to 5 becomes 1.75 to 5
        //  B:     |-----|    4 to 7 becomes 4 to 7.5
        #expect(
            widened([.init(speaker: .a, start: 2, end: 5), .init(speaker: .b, start: 4, end: 7)]) == [
                [1.75, 5], [4, 7.5],
            ])
    }

    @Test("Of two turns that begin together both begin earlier, and the longer one ends later")
    func together() {
        //  A:  |-------|     2 to 5 becomes 1.75 to 5.5
        //  B:  |----|        2 to 4 becomes 1.75 to 4
        #expect(
            widened([.init(speaker: .b, start: 2, end: 4), .init(speaker: .a, start: 2, end: 5)]) == [
                [1.75, 4], [1.75, 5.5],
            ])
    }

    @Test("A silence that is shorter than both widenings stays as it is", arguments: [0.5, 0.75, 1])
    func shortSilence(silence: Double) {
        //  A:  |----|          2 to 4
        //  B:         |----|   4.5, 4.75 or 5 to 7; 0.25 and 0.5 fit into 0.75 and 1
        let fits = silence >= 0.75
        #expect(
            widened([.init(speaker: .a, start: 2, end: 4), .init(speaker: .b, start: 4 + silence, end: 7)]) == [
                [1.75, fits ? 4.5 : 4], [4 + silence - (fits ? 0.25 : 0), 7.5],
            ])
    }

    @Test("No turn leaves the recording")
    func ends() {
        //  |A---        ---B|   0.1 to 1 becomes 0 to 1.5, 19 to 19.9 becomes 18.75 to 20
        #expect(
            widened([.init(speaker: .a, start: 0.1, end: 1), .init(speaker: .b, start: 19, end: 19.9)]) == [
                [0, 1.5], [18.75, 20],
            ])
        #expect(widened([]).isEmpty)
    }
}
