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

    /// Sums up `features` where `mask` says speech.
    package init(
        features: SpectralFeatures, mask: [Bool], frameWeights: FrameWeights, parameters: SegmentationParameters
    ) {
        let transform = CepstralTransform()
        let dimension = PackedSymmetric.dimension
        let length = parameters.blockLength
        var block = CepstralMoments()
        var sum = [Double](repeating: 0, count: dimension)
        var squares = sum
        var voiceFrames = 0.0
        // Deviations from the first frame of speech: their squares lose no precision.
        var origin: SIMD16<Float>?
        for start in Swift.stride(from: 0, to: mask.count, by: length) {
            let end = min(start + length, mask.count)
            var hasSpeech = false
            for frame in start..<end where mask[frame] {
                if !hasSpeech {
                    block = CepstralMoments()
                    hasSpeech = true
                }
                let cepstra = transform(features.row(frame))
                let first = origin ?? cepstra
                origin = first
                Self.accumulate(cepstra, weight: frameWeights[frame], into: &block)
                voiceFrames += 1
                let deviations = cepstra - first
                for index in 0..<dimension {
                    let deviation = Double(deviations[index])
                    sum[index] += deviation
                    squares[index] += deviation * deviation
                }
            }
            if hasSpeech { append(block, position: start / length) }
        }
        variance = zip(sum, squares).map { max($1 / voiceFrames - ($0 / voiceFrames) * ($0 / voiceFrames), 1e-9) }
    }

    /// Stretches of speech spread evenly over the recording that hold at most `greatestSearchBlockCount` blocks; all
    /// blocks where there are no more.
    package func excerpt(_ parameters: SegmentationParameters) -> BlockStatistics {
        guard count > parameters.greatestSearchBlockCount else { return self }
        let stretch = parameters.searchStretchBlockCount
        let stretches = parameters.greatestSearchBlockCount / stretch
        var part = self
        (part.positions, part.weights, part.moments, part.total) = ([], [], [], CepstralMoments())
        for index in 0..<stretches {
            let start = index * (count - stretch) / max(stretches - 1, 1)
            for block in start..<(start + stretch) {
                part.positions.append(positions[block])
                part.weights.append(weights[block])
                part.moments += moments[(block * Self.stride)..<((block + 1) * Self.stride)]
                part.total.values.withUnsafeMutableBufferPointer { total in
                    if let total = total.baseAddress { add(block: block, times: 1, to: total) }
                }
            }
        }
        return part
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
