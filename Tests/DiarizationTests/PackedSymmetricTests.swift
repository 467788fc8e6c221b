import Diarization
import Foundation
import SeededSignals
import Testing

@Suite("Packed symmetric matrices")
struct PackedSymmetricTests {
    private let n = PackedSymmetric.dimension

    private func full(_ packed: [Double]) -> [[Double]] {
        (0..<n).map { row in
            (0..<n).map { column in
                let (high, low) = (max(row, column), min(row, column))
                return packed[high * (high + 1) / 2 + low]
            }
        }
    }

    /// A covariance of random vectors.
    private func covariance(seed: UInt64) -> [Double] {
        var random = SeededRandom(seed: seed)
        var moments = CepstralMoments()
        for _ in 0..<60 {
            let x = (0..<n).map { Double($0 + 1) * random.normal() + 3 }
            moments.values[0] += 1
            var entry = CepstralMoments.productStart
            for row in 0..<n {
                moments.values[1 + row] += x[row]
                for column in 0...row {
                    moments.values[entry] += x[row] * x[column]
                    entry += 1
                }
            }
        }
        return moments.covariance(regularisation: [Double](repeating: 0.1, count: n))
    }

    /// Logarithm of the determinant by elimination.
    private func logDeterminant(_ matrix: [[Double]]) -> Double {
        var rows = matrix
        var sum = 0.0
        for pivot in 0..<n {
            sum += log(rows[pivot][pivot])
            for row in (pivot + 1)..<max(n, pivot + 1) {
                let factor = rows[row][pivot] / rows[pivot][pivot]
                for column in 0..<n { rows[row][column] -= factor * rows[pivot][column] }
            }
        }
        return sum
    }

    @Test("Determinant and inverse are right", arguments: [1, 2, 3])
    func inverse(seed: Int) {
        let matrix = covariance(seed: UInt64(seed))
        var factor = matrix
        let determinant = factorised(&factor)
        #expect(abs(determinant - logDeterminant(full(matrix))) < 1e-9)
        let (a, b) = (
            full(matrix), full(PackedSymmetric.inverse(factor: factor))
        )
        for row in 0..<n {
            for column in 0..<n {
                let sum = (0..<n).reduce(0) { $0 + a[row][$1] * b[$1][column] }
                #expect(abs(sum - (row == column ? 1 : 0)) < 1e-9)
            }
        }
    }

    @Test("A product and a quadratic form are those of the full matrix")
    func products() {
        let matrix = covariance(seed: 4)
        let vector = (0..<n).map { Double($0) - 6.5 }
        let slow = full(matrix).map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
        for (fast, slow) in zip(PackedSymmetric.product(matrix, vector), slow) { #expect(abs(fast - slow) < 1e-8) }
        let form = zip(slow, vector).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(PackedSymmetric.quadraticForm(matrix, vector) - form) < 1e-7)
    }

    @Test("A covariance of nothing but one value stays finite")
    func degenerate() {
        var matrix = [Double](repeating: 0, count: PackedSymmetric.entryCount)
        #expect(factorised(&matrix).isFinite)
    }
}
