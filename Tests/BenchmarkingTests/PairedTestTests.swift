import Benchmarking
import Testing

@Suite("Paired test")
struct PairedTestTests {
    /// Heights of crossed minus self-fertilised maize, eighths of an inch: Darwin's, as Fisher (1935, § 21) took them.
    static let maize: [Double] = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]

    @Test("Fisher counted 1726 of 32768 ways for Darwin's maize")
    func maize() { #expect(PairedTest.pValue(Self.maize) == 1726.0 / 32768) }

    @Test("The sign of all differences does not matter")
    func mirror() { #expect(PairedTest.pValue(Self.maize.map { -$0 }) == PairedTest.pValue(Self.maize)) }

    @Test("Five equal differences have two of 32 ways", arguments: [1.0, 0.1, 1e-3])
    func equal(size: Double) { #expect(PairedTest.pValue([Double](repeating: size, count: 5)) == 2.0 / 32) }

    @Test("No difference at all is certain, and zeros count for nothing")
    func none() {
        #expect(PairedTest.pValue([]) == 1)
        #expect(PairedTest.pValue([0, 0]) == 1)
        #expect(PairedTest.pValue([1, 1, 0, 1, 1, 0, 1]) == 2.0 / 32)
    }

    @Test("Drawn ways agree with counted ones")
    func drawn() {
        // Nineteen differences are drawn; 0.1 added to one side does not change how far they lie from 0 by much.
        let many = (Self.maize + [3, -2, 1, 2]).map { $0 + 0.1 }
        #expect(many.count > PairedTest.greatestExactCount)
        #expect(abs(PairedTest.pValue(many) - 0.052) < 0.012)
    }
}
