import Reciprocity
import Testing
import Timeline

@Suite("The course of a meeting")
struct CourseOfMeetingTests {
    @Test("The trajectory has the floor share of each fifth, nil where nobody speaks")
    func trajectory() {
        let found = reciprocity(
            of: drawn(
                a: "AAAA" + "AA.." + "...." + "...." + "A...",
                b: "...." + "..BB" + "BBBB" + "...." + ".BBB", step: 2))
        #expect(found.trajectory.a == [1, 0.5, 0, nil, 0.25])
        #expect(found.trajectory.b == [0, 0.5, 1, nil, 0.75])
    }

    @Test("The first floor is the first turn with 20 seconds of speech, pauses not counted")
    func firstFloor() {
        // B: 19 s of speech in 21 s, then 20 s in one go.
        let b = times(20, ".") + times(10, "B") + ".." + times(9, "B") + times(20, ".") + times(20, "B") + "........."
        let a = times(20, "A") + times(21, ".") + times(20, "A") + times(29, ".")
        let found = reciprocity(of: drawn(a: a, b: b))
        #expect(found.firstFloor.a?.time == 0)
        #expect(found.firstFloor.b?.time == 61)
        #expect(found.firstFloor.b?.fraction == 61.0 / 90)
        #expect(reciprocity(of: drawn(a: a, b: times(41, ".") + "BBB")).firstFloor.b == nil)
    }

    @Test("The hand-over is where the share of the floor rises most")
    func handOver() {
        // 600 s in steps of 15 s; splits from 300 s to 480 s; B talks from 390 s on.
        let found = reciprocity(
            of: drawn(a: times(26, "A") + times(14, "."), b: times(26, ".") + times(14, "B"), step: 15))
        #expect(found.handOver.b?.time == 390)
        #expect(found.handOver.b?.fraction == 0.65)
        #expect(found.handOver.b?.early == 0)
        #expect(found.handOver.b?.late == 1)
        #expect(found.handOver.a?.time == 300)
    }

    @Test("Of equally good hand-overs the earliest counts, and short meetings have none")
    func ties() {
        let level = drawn(a: times(40, "A"), b: times(40, "."), step: 15)
        #expect(reciprocity(of: level).handOver.a?.time == 300)
        #expect(reciprocity(of: drawn(a: times(299, "A"), b: "")).handOver.a == nil)
        #expect(reciprocity(of: drawn(a: times(300, "A"), b: "")).handOver.a?.time == 150)
    }
}
