/// The threshold that parts a histogram into the two classes with the least variance inside (Otsu 1979).
package struct OtsuThreshold: Sendable, Hashable {
    /// Upper edge of the last bin of the lower class.
    package let threshold: Float
    /// Mean of the lower class.
    package let lowerMean: Float
    /// Mean of the upper class.
    package let upperMean: Float
    /// Equal bins between the least and the greatest value.
    package static let binCount = 64

    /// The threshold for `values`; of equal values, these themselves.
    package init(_ values: [Float]) {
        let least = Double(values.min() ?? 0)
        var greatest = Double(values.max() ?? 0)
        var origin = least
        if greatest <= least { (origin, greatest) = (least - 0.5, least + 0.5) }
        let width = (greatest - origin) / Double(Self.binCount)
        var counts = [Double](repeating: 0, count: Self.binCount)
        for value in values { counts[min(Self.binCount - 1, Int((Double(value) - origin) / width))] += 1 }
        let total = Double(max(1, values.count))
        let centres = (0..<Self.binCount).map { origin + (Double($0) + 0.5) * width }
        let mean = zip(counts, centres).reduce(0) { $0 + $1.0 * $1.1 } / total
        var (weight, moment, best) = (0.0, 0.0, -1.0)
        var chosen = (bin: 0, weight: 1.0, moment: 0.0)
        for bin in 0..<Self.binCount {
            weight += counts[bin] / total
            moment += counts[bin] * centres[bin] / total
            guard weight > 0, weight < 1 - 1e-12 else { continue }
            let difference = mean * weight - moment
            let between = difference * difference / (weight * (1 - weight))
            if between > best {
                best = between
                chosen = (bin, weight, moment)
            }
        }
        threshold = Float(origin + Double(chosen.bin + 1) * width)
        lowerMean = Float(chosen.moment / max(chosen.weight, 1e-9))
        upperMean = Float((mean - chosen.moment) / max(1 - chosen.weight, 1e-9))
    }
}
