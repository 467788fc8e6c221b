import Reciprocity
import Testing
import Timeline

@Suite("Windows")
struct WindowSharesTests {
    /// Windows of 150 s every 30 s; one character is 30 s, so five characters are a window.
    static func found(a: String, b: String) -> Reciprocity { reciprocity(of: drawn(a: a, b: b, step: 30)) }

    @Test("One side leads a window with more than 0.60 of its speech")
    func lead() {
        // Windows: AAABB 3:2 is balanced, AABBA 3:2, ABBAA 3:2, BBAAA 3:2, BAAAA 4:1.
        let windows = Self.found(a: "AAA..AAAA", b: "...BB....").windows
        #expect(windows?.count == 5)
        #expect(windows?.led == PerSpeaker(a: 0.2, b: 0))
        #expect(windows?.balanced == 0.8)
        #expect(windows?.primary == .a)
    }

    @Test("Each window has its place and the two shares of its speech")
    func shares() {
        // Windows: AAABB, AABBA, ABBAA, BBAAA, BAAAA.
        let shares = Self.found(a: "AAA..AAAA", b: "...BB....").windows?.shares ?? []
        #expect(shares.map(\.span.start) == [0, 30, 60, 90, 120])
        #expect(shares.allSatisfy { $0.span.duration == 150 })
        #expect(shares.map(\.talkShare.a) == [0.6, 0.6, 0.6, 0.6, 0.8])
        #expect(shares.map(\.talkShare.b) == [0.4, 0.4, 0.4, 0.4, 0.2])
    }

    @Test("Windows without speech are left out, and without any there is nothing")
    func silent() {
        #expect(Self.found(a: "A.........", b: "..........").windows?.count == 1)
        #expect(Self.found(a: "..........", b: "..........").windows == nil)
        #expect(Self.found(a: "AAAA", b: "....").windows == nil)
        #expect(Self.found(a: "AAAA", b: "....").dynamics == nil)
    }

    @Test("The four dynamics")
    func dynamics() {
        #expect(Self.found(a: times(20, "A"), b: times(4, "....B")).dynamics == .dominatingThroughout)
        #expect(Self.found(a: times(10, "A."), b: times(10, ".B")).dynamics == .backAndForth)
        #expect(
            Self.found(a: times(2, "AAAAAAAAAA........"), b: times(2, "..........BBBBBBBB")).dynamics == .alternating)
        // 9 of 18 windows are led by A, the other half is balanced.
        #expect(
            Self.found(a: times(10, "A") + times(6, "A."), b: times(10, ".") + times(6, ".B")).dynamics == .mixed)
    }

    @Test("With equal speech there is no primary speaker")
    func tie() {
        let found = Self.found(a: "AAAAAAAAAA..........", b: "..........BBBBBBBBBB")
        #expect(found.windows?.primary == nil)
        #expect(found.dynamics == .alternating)
    }
}
