/// Weighted count, sum and second-order sum of cepstra: what a full-covariance Gaussian is fitted to.
///
/// `values` holds the count, the 15 sums, then the 120 packed products: 136 numbers.
package struct CepstralMoments: Sendable, Hashable {
    /// Numbers in `values`.
    package static let count = 1 + PackedSymmetric.dimension + PackedSymmetric.entryCount
    /// Where the packed products start.
    package static let productStart = 1 + PackedSymmetric.dimension
    /// Count, sums, products.
    package var values: [Double]

    /// Nothing yet.
    package init() { values = [Double](repeating: 0, count: Self.count) }

    /// Weighted number of frames.
    package var weight: Double { values[0] }

    /// Adds other moments, times `factor`.
    package mutating func add(_ other: CepstralMoments, times factor: Double = 1) {
        for index in 0..<Self.count { values[index] += factor * other.values[index] }
    }

    /// Adds the count, sums and products at the start of `sums`.
    package mutating func add(_ sums: UnsafeBufferPointer<Double>) {
        for index in 0..<Self.count { values[index] += sums[index] }
    }

    /// Mean of the frames.
    package var mean: [Double] { (1...PackedSymmetric.dimension).map { values[$0] / weight } }

    /// Packed covariance of the frames, with `regularisation` added to the diagonal.
    package func covariance(regularisation: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: PackedSymmetric.entryCount)
        values.withUnsafeBufferPointer { values in
            result.withUnsafeMutableBufferPointer { result in
                guard let values = values.baseAddress, let result = result.baseAddress else { return }
                Self.covariance(values, regularisation, into: result)
            }
        }
        return result
    }

    /// The same from and into raw memory, for the clustering loop.
    @inline(__always)
    package static func covariance(
        _ values: UnsafePointer<Double>, _ regularisation: [Double], into result: UnsafeMutablePointer<Double>
    ) {
        let inverse = 1 / values[0]
        let products = values + productStart
        var entry = 0
        for row in 0..<PackedSymmetric.dimension {
            let mean = values[1 + row] * inverse * inverse
            for column in 0...row {
                result[entry] = products[entry] * inverse - mean * values[1 + column]
                entry += 1
            }
            result[entry - 1] += regularisation[row]
        }
    }
}
