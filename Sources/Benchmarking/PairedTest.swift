/// Whether paired differences lie around 0: the randomisation test of Fisher (1935, "The Design of Experiments", § 21).
///
/// If nothing had changed, each difference could as well have the other sign; `pValue` is the share of all ways to give
/// signs whose sum is at least as far from 0.
public enum PairedTest {
    /// Up to this many differences that are not 0 all ways are counted, beyond that `drawCount` are drawn.
    public static let greatestExactCount = 18
    /// Ways drawn where there are too many to count.
    public static let drawCount = 20_000

    /// Two-sided probability of a sum this far from 0, 0...1; 1 without a difference.
    public static func pValue(_ differences: [Double], seed: UInt64 = 1) -> Double {
        let sizes = differences.filter { $0 != 0 }.map(abs)
        guard !sizes.isEmpty else { return 1 }
        // Rounding must not part a sum from its own mirror image.
        let observed = abs(differences.reduce(0, +)) - 1e-12 * sizes.reduce(0, +)
        if sizes.count <= greatestExactCount {
            let ways = 1 << sizes.count
            let extreme = (0..<ways).count { way in
                var sum = 0.0
                for (place, size) in sizes.enumerated() { sum += way >> place & 1 == 1 ? size : -size }
                return abs(sum) >= observed
            }
            return Double(extreme) / Double(ways)
        }
        var random = SplitMix64(seed: seed)
        let extreme = (0..<drawCount).count { _ in
            var sum = 0.0
            for size in sizes { sum += random.next() & 1 == 1 ? size : -size }
            return abs(sum) >= observed
        }
        // The way that was seen counts too (Phipson and Smyth 2010).
        return Double(extreme + 1) / Double(drawCount + 1)
    }
}
