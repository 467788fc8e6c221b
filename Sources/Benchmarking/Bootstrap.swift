/// Intervals by drawing from the samples themselves, with replacement (Efron and Tibshirani 1993).
public enum Bootstrap {
    /// Drawings: enough that the limits of a 99 % interval rest on fifty of them.
    public static let drawCount = 10_000

    /// The median; of an even number of values the mean of the middle two.
    ///
    /// - Precondition: There is a value.
    public static func median(_ values: some Collection<Double>) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// Half the distance of the two quartiles (type 7 of Hyndman and Fan 1996): how far samples lie apart.
    ///
    /// - Precondition: There is a value.
    public static func spread(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2
    }

    /// Values of `statistic` over `drawCount` drawings of as many values as there are, sorted.
    public static func distribution(
        of values: [Double], drawCount: Int = drawCount, seed: UInt64 = 1, _ statistic: ([Double]) -> Double
    ) -> [Double] {
        var random = SplitMix64(seed: seed)
        return (0..<drawCount).map { _ in statistic(draw(values, &random)) }.sorted()
    }

    /// Percentile interval of the ratio of two medians, `new` over `old`.
    ///
    /// - Parameter level: How often such an interval holds the real ratio, 0...1.
    public static func ratioOfMedians(
        old: [Double], new: [Double], level: Double, drawCount: Int = drawCount, seed: UInt64 = 1
    ) -> ClosedRange<Double> {
        var random = SplitMix64(seed: seed)
        let ratios = (0..<drawCount).map { _ in median(draw(new, &random)) / median(draw(old, &random)) }.sorted()
        return quantile(ratios, (1 - level) / 2)...quantile(ratios, (1 + level) / 2)
    }

    private static func draw(_ values: [Double], _ random: inout SplitMix64) -> [Double] {
        values.map { _ in values[Int(random.unit() * Double(values.count))] }
    }

    /// Quantile of sorted values, straight lines between them.
    static func quantile(_ sorted: [Double], _ probability: Double) -> Double {
        let position = probability * Double(sorted.count - 1)
        let below = Int(position)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
    }
}
