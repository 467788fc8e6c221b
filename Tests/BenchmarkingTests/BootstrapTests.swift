import Benchmarking
import Testing

@Suite("Bootstrap")
struct BootstrapTests {
    /// Survival of mice in days (Efron and Tibshirani 1993, table 2.1).
    static let treated: [Double] = [94, 197, 16, 38, 99, 141, 23]
    static let control: [Double] = [52, 104, 146, 10, 51, 30, 40, 27, 46]

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    private func deviation(_ values: [Double]) -> Double {
        let centre = mean(values)
        return mean(values.map { ($0 - centre) * ($0 - centre) }).squareRoot()
    }

    @Test(
        "The standard error of the textbook's mice is the ideal bootstrap's: 23.36 and 13.33 days",
        arguments: [(treated, 23.36), (control, 13.33)])
    func mice(values: [Double], standardError: Double) {
        let means = Bootstrap.distribution(of: values, drawCount: 20_000) { $0.reduce(0, +) / Double($0.count) }
        #expect(abs(deviation(means) - standardError) < 0.4)
    }

    @Test("The median of the control mice is 46 days, and with one more of 50 it is 48")
    func medians() {
        #expect(Bootstrap.median(Self.control) == 46)
        #expect(Bootstrap.median(Self.control + [50]) == 48)
    }

    @Test("Half the distance of the quartiles of 1 to 9 is 2")
    func spread() { #expect(Bootstrap.spread([9, 1, 2, 3, 4, 5, 6, 7, 8]) == 2) }

    @Test("A ratio without noise has an interval without width")
    func exact() {
        let interval = Bootstrap.ratioOfMedians(old: [2, 2, 2], new: [3, 3, 3], level: 0.99)
        #expect(interval == 1.5...1.5)
    }

    @Test("Nine of ten 90 % intervals hold the real ratio of two noisy medians")
    func coverage() {
        var random = SplitMix64(seed: 5)
        let held = (0..<200).count { turn in
            func sample(_ centre: Double) -> [Double] {
                (0..<20).map { _ in centre * (1 + 0.1 * (random.unit() + random.unit() + random.unit() - 1.5)) }
            }
            let interval = Bootstrap.ratioOfMedians(
                old: sample(1), new: sample(1.2), level: 0.9, drawCount: 500, seed: UInt64(turn))
            return interval.contains(1.2)
        }
        #expect((165...200).contains(held))
    }
}
