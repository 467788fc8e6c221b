import Diarization
import Testing
import Timeline

@Suite("Where turns begin and end beside their first and last frame")
struct TurnEdgesTests {
    private func widened(_ segments: [SpeechSegment], sharesChannel: Bool = true) -> [[Double]] {
        var parameters = VoiceActivityParameters()
        (parameters.startWidening, parameters.endWidening) = (0.25, 0.5)
        return TurnEdges(parameters).widened(segments, sharesChannel: sharesChannel, duration: 20).map {
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

    @Test("On channels of their own people do not stand in each other's way")
    func ownChannels() {
        //  A:  |----|        2 to 4 becomes 1.75 to 4.5
        //  B:       |---|    4 to 6 becomes 3.75 to 6.5
        #expect(
            widened([.init(speaker: .a, start: 2, end: 4), .init(speaker: .b, start: 4, end: 6)], sharesChannel: false)
                == [[1.75, 4.5], [3.75, 6.5]])
    }

    @Test("No turn leaves the recording, and the order is by start")
    func ends() {
        //  |A---        ---B|   0.1 to 1 becomes 0 to 1.5, 19 to 19.9 becomes 18.75 to 20
        #expect(
            widened([.init(speaker: .a, start: 0.1, end: 1), .init(speaker: .b, start: 19, end: 19.9)]) == [
                [0, 1.5], [18.75, 20],
            ])
        //  A: |--| |---|    1 to 2 becomes 0.75 to 2, 2.2 to 3 becomes 2.2 to 3.5: too close to each other
        //  B:       |----|  2.3 to 4 becomes 2.05 to 4.5, which is before 2.2
        #expect(
            widened(
                [
                    .init(speaker: .a, start: 1, end: 2), .init(speaker: .a, start: 2.2, end: 3),
                    .init(speaker: .b, start: 2.3, end: 4),
                ], sharesChannel: false) == [[0.75, 2], [2.05, 4.5], [2.2, 3.5]])
        #expect(widened([]).isEmpty)
    }
}
