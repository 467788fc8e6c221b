package import SpectralAnalysis

/// Moments of the cepstra of every 100 ms block that holds speech; the chain of speech that is segmented.
package struct BlockStatistics: Sendable {
    /// For each block its position in the recording: block `i` starts at frame `i · blockLength`.
    package private(set) var positions: [Int] = []
    /// Weighted frames per block, a little above 0.
    package private(set) var weights: [Double] = []
    /// `[blockCount × 135]` sums and packed products; single precision, which halves the memory.
    ///
    /// The sums were made in double, and what matters is a difference between blocks, thousands of times larger than
    /// the rounding.
    package private(set) var moments: [Float] = []
    /// Numbers per block in `moments`.
    package static let stride = CepstralMoments.count - 1
    /// Variance of each cepstral coefficient over all frames of speech, unweighted.
    package private(set) var variance: [Double] = []
    /// Moments of all speech.
    package private(set) var total = CepstralMoments()

    /// Number of blocks with speech.
    package var count: Int { positions.count }

    /// Sums up `features` where `mask` says speech; rows are given back as they are used when `releasing`.
    package init(
        features: inout SpectralFeatures, mask: [Bool], parameters: SegmentationParameters, releasing: Bool
    ) {
        let harmonicity = movingAverage(features.harmonicity, width: parameters.harmonicitySmoothing)
        let transform = CepstralTransform()
        let dimension = PackedSymmetric.dimension
        let length = parameters.blockLength
        var block = CepstralMoments()
        var sum = [Double](repeating: 0, count: dimension)
        var squares = sum
        var voiceFrames = 0.0
        // Deviations from the first frame of speech: their squares lose no precision.
        var origin: [Double] = []
        for start in Swift.stride(from: 0, to: mask.count, by: length) {
            let end = min(start + length, mask.count)
            var hasSpeech = false
            for frame in start..<end where mask[frame] {
                if !hasSpeech {
                    block = CepstralMoments()
                    hasSpeech = true
                }
                let cepstra = transform(features.row(frame))
                if origin.isEmpty { origin = (0..<dimension).map { Double(cepstra[$0]) } }
                let weight = harmonicity[frame] > parameters.voicedHarmonicity ? 1 : parameters.unvoicedWeight
                Self.accumulate(cepstra, weight: weight, into: &block)
                voiceFrames += 1
                for index in 0..<dimension {
                    let deviation = Double(cepstra[index]) - origin[index]
                    sum[index] += deviation
                    squares[index] += deviation * deviation
                }
            }
            if hasSpeech { append(block, position: start / length) }
            if releasing { features.releaseRows(before: start) }
        }
        variance = zip(sum, squares).map { max($1 / voiceFrames - ($0 / voiceFrames) * ($0 / voiceFrames), 1e-9) }
    }

    private mutating func append(_ block: CepstralMoments, position: Int) {
        var block = block
        // A block without weight would divide by zero.
        block.values[0] += 1e-6
        positions.append(position)
        weights.append(block.weight)
        for value in block.values.dropFirst() { moments.append(Float(value)) }
        total.add(block)
    }

    private static func accumulate(_ cepstra: SIMD16<Float>, weight: Double, into moments: inout CepstralMoments) {
        moments.values.withUnsafeMutableBufferPointer { values in
            values[0] += weight
            var entry = CepstralMoments.productStart
            for row in 0..<PackedSymmetric.dimension {
                let scaled = weight * Double(cepstra[row])
                values[1 + row] += scaled
                for column in 0...row {
                    values[entry] += scaled * Double(cepstra[column])
                    entry += 1
                }
            }
        }
    }

    /// Adds `factor` times the moments of a block to `sum`.
    @inline(__always)
    package func add(block: Int, times factor: Double, to sum: UnsafeMutablePointer<Double>) {
        sum[0] += factor * weights[block]
        moments.withUnsafeBufferPointer { moments in
            let start = block * Self.stride
            for index in 0..<Self.stride { sum[1 + index] += factor * Double(moments[start + index]) }
        }
    }
}
