import Reciprocity
import Testing
import Timeline

@Suite("A backchannel")
struct BackchannelRuleTests {
    /// Kinds of B's stretches in a drawing with steps of half a second.
    static func kinds(a: String, b: String) -> [Turn.Kind] {
        reciprocity(of: drawn(a: a, b: b, step: 0.5)).turns.filter { $0.speaker == .b }.map(\.kind)
    }

    @Test("A short word in a pause of the other is one")
    func inPause() {
        #expect(Self.kinds(a: "AAAAAA....AAAAAA", b: ".......BB.......") == [.backchannel])
    }

    @Test("A short word during the other's speech is one")
    func inSpeech() {
        #expect(Self.kinds(a: "AAAAAAAAAA", b: "....BB....") == [.backchannel])
    }

    @Test("More than a second in a pause of the other is a turn")
    func tooLong() {
        #expect(Self.kinds(a: "AAAAAA....AAAAAA", b: "......BBB.......") == [.turn])
    }

    @Test("A short word that starts or ends longer speech of the same person belongs to the turn")
    func beginning() {
        #expect(Self.kinds(a: "AAAAA.........AAAA", b: "......BB.BBBBB....") == [.turn])
        #expect(Self.kinds(a: "AAAAA.........AAAA", b: "......BBBBB.BB....") == [.turn])
    }

    @Test("Before the first and after the last turn of the other there is none")
    func edges() {
        #expect(Self.kinds(a: "...AAAAAA", b: "BB.......") == [.turn])
        #expect(Self.kinds(a: "AAAAAA...", b: ".......BB") == [.turn])
    }

    @Test("After a lapse of ten seconds nobody has the floor, so there is none")
    func lapse() {
        //                         0    |10 s of silence   |
        #expect(Self.kinds(a: "AAAA" + times(20, ".") + "..AAAA", b: "...." + times(20, ".") + "BB....") == [.turn])
        #expect(
            Self.kinds(a: "AAAA" + times(18, ".") + "..AAAA", b: "...." + times(18, ".") + "BB....")
                == [.backchannel])
    }

    @Test("A quick exchange between a long turn of one and a long turn of the other is turns")
    func exchange() {
        #expect(Self.kinds(a: "AAAAAA...AA..........", b: "......BB.....BBBBBBBB") == [.turn, .turn])
    }

    @Test("Short words alone are turns, since nobody certainly has the floor")
    func onlyShort() {
        let found = reciprocity(of: drawn(a: times(20, "A..."), b: times(20, "..B."), step: 0.5))
        #expect(found.turnCount == PerSpeaker(a: 20, b: 20))
        #expect(found.floorShare == PerSpeaker(a: 0.5, b: 0.5))
    }

    @Test("It counts as speech but not as floor")
    func floorSpeech() {
        let found = reciprocity(of: drawn(a: times(20, "AAAAAAAAAA") + "A", b: times(20, "....B.....") + "."))
        #expect(found.speakingTime.b == 20)
        #expect(found.floorTime == PerSpeaker(a: 201, b: 0))
        #expect(found.floorShare == PerSpeaker(a: 1, b: 0))
        // 20 backchannels in 201 s of the partner's floor speech.
        #expect(found.backchannelRate == PerSpeaker(a: nil, b: 20 / (201.0 / 60)))
    }
}
