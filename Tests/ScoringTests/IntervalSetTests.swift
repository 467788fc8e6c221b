import Scoring
import Testing

@Suite("Interval set")
struct IntervalSetTests {
    @Test("Overlapping and touching stretches become one, empty ones vanish")
    func union() {
        let set = IntervalSet([
            Interval(start: 4, end: 5), Interval(start: 0, end: 2), Interval(start: 1, end: 1.5),
            Interval(start: 2, end: 3), Interval(start: 9, end: 9), Interval(start: 8, end: 7),
        ])
        #expect(set.intervals == [Interval(start: 0, end: 3), Interval(start: 4, end: 5)])
        #expect(set.duration == 4)
    }

    // time   0  1  2  3  4  5  6  7  8  9
    // set    ############        #########
    // less     ####   ##############
    // rest   ##    ###               #####      (0...0.5, 2...2.5, 7.5...9)
    @Test("What is subtracted is gone, also when it spans several stretches")
    func subtracting() {
        let set = IntervalSet([Interval(start: 0, end: 4), Interval(start: 6, end: 9)])
        let less = IntervalSet([Interval(start: 0.5, end: 2), Interval(start: 2.5, end: 7.5)])
        #expect(
            set.subtracting(less).intervals == [
                Interval(start: 0, end: 0.5), Interval(start: 2, end: 2.5), Interval(start: 7.5, end: 9),
            ])
        #expect(set.subtracting(IntervalSet([])).intervals == set.intervals)
    }

    @Test("The edges of a stretch belong to what it reaches")
    func reaching() {
        let set = IntervalSet([Interval(start: 1, end: 2), Interval(start: 4, end: 5)])
        #expect([1, 1.5, 2, 4, 5].allSatisfy(set.reaches))
        #expect(![0.9, 3, 5.1].contains(where: set.reaches))
    }
}
