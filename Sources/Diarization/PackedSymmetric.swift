private import RealModule

/// Symmetric 15 × 15 matrices as their 120 lower-triangular entries, row after row, and what Gaussians need of them.
package enum PackedSymmetric {
    /// Rows and columns: one per cepstral coefficient.
    package static let dimension = 15
    /// Entries of the lower triangle.
    package static let entryCount = dimension * (dimension + 1) / 2

    /// Replaces `matrix` by its Cholesky factor and returns the logarithm of its determinant.
    ///
    /// Pivots below 10⁻⁹ are taken as that, so that a degenerate covariance stays finite.
    package static func factor(_ matrix: UnsafeMutablePointer<Double>) -> Double {
        var product = 1.0
        var logarithm = 0.0
        var rowStart = 0
        for row in 0..<dimension {
            let current = matrix + rowStart
            var columnStart = 0
            for column in 0..<row {
                let other = matrix + columnStart
                var value = current[column]
                for k in 0..<column { value -= current[k] * other[k] }
                current[column] = value / other[column]
                columnStart += column + 1
            }
            var pivot = current[row]
            for k in 0..<row { pivot -= current[k] * current[k] }
            pivot = max(pivot, 1e-9)
            current[row] = pivot.squareRoot()
            // Fifteen pivots multiplied in groups stay far inside the range of a double.
            product *= pivot
            if row % 5 == 4 {
                logarithm += Double.log(product)
                product = 1
            }
            rowStart += row + 1
        }
        return logarithm
    }

    /// Inverse of the matrix whose Cholesky factor is given.
    package static func inverse(factor: UnsafePointer<Double>) -> [Double] {
        let n = dimension
        func at(_ row: Int, _ column: Int) -> Int { row * (row + 1) / 2 + column }
        // Inverse of the triangle, then its transpose times itself.
        var triangle = [Double](repeating: 0, count: entryCount)
        for column in 0..<n {
            triangle[at(column, column)] = 1 / factor[at(column, column)]
            for row in (column + 1)..<max(n, column + 1) {
                var sum = 0.0
                for k in column..<row { sum -= factor[at(row, k)] * triangle[at(k, column)] }
                triangle[at(row, column)] = sum / factor[at(row, row)]
            }
        }
        var inverse = [Double](repeating: 0, count: entryCount)
        for row in 0..<n {
            for column in 0...row {
                for k in row..<n { inverse[at(row, column)] += triangle[at(k, row)] * triangle[at(k, column)] }
            }
        }
        return inverse
    }

    /// `vᵀ M v` for packed `M`.
    package static func quadraticForm(_ matrix: [Double], _ vector: [Double]) -> Double {
        var (sum, entry) = (0.0, 0)
        for row in 0..<dimension {
            for column in 0...row {
                sum += matrix[entry] * vector[row] * vector[column] * (row == column ? 1 : 2)
                entry += 1
            }
        }
        return sum
    }

    /// `M v` for packed `M`.
    package static func product(_ matrix: [Double], _ vector: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: dimension)
        var entry = 0
        for row in 0..<dimension {
            for column in 0...row {
                result[row] += matrix[entry] * vector[column]
                if row != column { result[column] += matrix[entry] * vector[row] }
                entry += 1
            }
        }
        return result
    }
}
