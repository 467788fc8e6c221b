internal import CSpeechKernels
internal import SpectralAnalysis

/// Moments of the cepstra of one block of frames after the other, and their variance over all of them.
struct CepstralSums {
    private static let dimension = PackedSymmetric.dimension
    private static let lanes = 16
    private let transform = CepstralTransform()
    private var cepstra = [Float](repeating: 0, count: lanes)
    /// `[16 × 16]`: sums, then the products of each coefficient with all.
    private var moments = [Double](repeating: 0, count: lanes * lanes)
    private var weight = 0.0
    /// Deviations from the first frame of all: their squares lose no precision.
    private var origin: [Float] = []
    private var sums = [Double](repeating: 0, count: dimension)
    private var squares = [Double](repeating: 0, count: dimension)
    private var frameCount = 0.0

    /// Adds a frame by its 32 log-mel powers, in steps of `1 / LogPowerRows.stepsPerUnit`.
    mutating func add(_ row: UnsafePointer<Int16>, weight: Double) {
        transform.write(row, to: &cepstra)
        self.weight += weight
        add_cepstral_moments(cepstra, weight, &moments)
        if origin.isEmpty { origin = cepstra }
        frameCount += 1
        for index in 0..<Self.dimension {
            let deviation = Double(cepstra[index] - origin[index])
            sums[index] += deviation
            squares[index] += deviation * deviation
        }
    }

    /// Moments of the frames since the last block.
    mutating func takeBlock() -> CepstralMoments {
        var block = CepstralMoments()
        block.values[0] = weight
        var entry = CepstralMoments.productStart
        for row in 0..<Self.dimension {
            block.values[1 + row] = moments[row]
            for column in 0...row {
                block.values[entry] = moments[Self.lanes * (1 + row) + column]
                entry += 1
            }
        }
        weight = 0
        for index in moments.indices { moments[index] = 0 }
        return block
    }

    /// Variance of each coefficient over all frames, unweighted.
    var variance: [Double] {
        zip(sums, squares).map { max($1 / frameCount - ($0 / frameCount) * ($0 / frameCount), 1e-9) }
    }
}
