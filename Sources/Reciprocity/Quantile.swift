/// The value below which a given share of the numbers lies, in the unit of the numbers.
///
/// Linear interpolation between the two neighbouring ranks, position `(n − 1) · probability` counted from 0:
/// definition 7 of Hyndman & Fan 1996, the default of NumPy and R.
///
/// - Parameters:
///   - probability: 0...1; 0.5 is the median.
///   - sorted: The numbers, ascending.
/// - Returns: nil when there is no number.
func quantile(_ probability: Double, ofSorted sorted: [Double]) -> Double? {
    guard let last = sorted.indices.last else { return nil }
    let position = Double(last) * min(max(probability, 0), 1)
    let lower = Int(position)
    let upper = min(lower + 1, last)
    return sorted[lower] + (sorted[upper] - sorted[lower]) * (position - Double(lower))
}
