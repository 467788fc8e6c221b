internal import CSpeechKernels
package import SpectralAnalysis

/// Moments of the cepstra of every 100 ms block that holds speech; the chain of speech that is segmented.
package struct BlockStatistics: Sendable {
    /// For each block its position in the recording: block `i` starts at frame `i · blockLength`.
    package private(set) var positions: [Int] = []
    /// Whether each block comes after a pause, at least one block without speech.
    package var pauses: [Bool] {
        positions.indices.map { $0 > 0 && positions[$0] > positions[$0 - 1] + 1 }
    }
    /// Weighted frames per block, a little above 0.
    package private(set) var weights: [Double] = []
    /// `[blockCount × 136]` sums, packed products and a zero; single precision, which halves the memory.
    ///
    /// The sums were made in double, and what matters is a difference between blocks, thousands of times larger than
    /// the rounding.
    package private(set) var moments: [Float] = []
    /// Numbers per block in `moments`.
    package static let stride = Int(block_stride)
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
        var features = features
        self.init(
            features: &features, mask: mask, frameWeights: frameWeights, parameters: parameters, releasesRows: false)
    }

    /// Sums up `features` where `mask` says speech, and gives back the rows that the excerpt does not need.
    package init(
        releasing features: inout SpectralFeatures, mask: [Bool], frameWeights: FrameWeights,
        parameters: SegmentationParameters
    ) {
        self.init(
            features: &features, mask: mask, frameWeights: frameWeights, parameters: parameters, releasesRows: true)
    }

    private init(
        features: inout SpectralFeatures, mask: [Bool], frameWeights: FrameWeights,
        parameters: SegmentationParameters, releasesRows: Bool
    ) {
        let length = parameters.blockLength
        var measure = CepstralSums()
        let blockCount = Swift.stride(from: 0, to: mask.count, by: length).count { start in
            mask[start..<min(start + length, mask.count)].contains(true)
        }
        // Grown step by step, the moments would be copied again and again.
        positions.reserveCapacity(blockCount)
        weights.reserveCapacity(blockCount)
        moments.reserveCapacity(blockCount * Self.stride)
        var excerpt = Self.excerptRanges(count: blockCount, parameters)[...]
        let table = features.rowTable
        var rows = RowsInUse(isReleasing: releasesRows)
        for start in Swift.stride(from: 0, to: mask.count, by: length) {
            let end = min(start + length, mask.count)
            var hasSpeech = false
            for frame in start..<end where mask[frame] {
                hasSpeech = true
                measure.add(table[frame], weight: frameWeights[frame])
            }
            guard hasSpeech else { continue }
            while let range = excerpt.first, range.upperBound <= count { excerpt.removeFirst() }
            if let range = excerpt.first, range.contains(count) { rows.keep(start..<end) }
            append(measure.takeBlock(), position: start / length)
            rows.release(before: start, of: &features)
        }
        variance = measure.variance
    }

    /// Blocks of the excerpt: all, or stretches spread evenly over the recording.
    private static func excerptRanges(count: Int, _ parameters: SegmentationParameters) -> [Range<Int>] {
        guard count > parameters.greatestSearchBlockCount else { return [0..<count] }
        let stretch = parameters.searchStretchBlockCount
        let stretches = parameters.greatestSearchBlockCount / stretch
        return (0..<stretches).map { index in
            let start = index * (count - stretch) / max(stretches - 1, 1)
            return start..<(start + stretch)
        }
    }

    /// Stretches of speech spread evenly over the recording that hold at most `greatestSearchBlockCount` blocks; all
    /// blocks where there are no more.
    package func excerpt(_ parameters: SegmentationParameters) -> BlockStatistics {
        guard count > parameters.greatestSearchBlockCount else { return self }
        var part = self
        (part.positions, part.weights, part.moments, part.total) = ([], [], [], CepstralMoments())
        for range in Self.excerptRanges(count: count, parameters) {
            for block in range {
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
        block.values.withUnsafeBufferPointer { values in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.stride) { row in
                for index in 0..<(CepstralMoments.count - 1) { row[index] = Float(values[1 + index]) }
                for index in (CepstralMoments.count - 1)..<Self.stride { row[index] = 0 }
                moments.append(contentsOf: row)
            }
        }
        total.add(block)
    }

    /// Adds `factor` times the moments of a block to `sum`.
    @inline(__always)
    package func add(block: Int, times factor: Double, to sum: UnsafeMutablePointer<Double>) {
        sum[0] += factor * weights[block]
        moments.withUnsafeBufferPointer { moments in
            let start = block * Self.stride
            for index in 0..<(CepstralMoments.count - 1) { sum[1 + index] += factor * Double(moments[start + index]) }
        }
    }

    /// Adds the moments of all blocks, each times its factor, to `sums`.
    package func add(times factors: [Double], to sums: inout CepstralMoments) {
        precondition(factors.count == count, "a factor for every block")
        for block in 0..<count { sums.values[0] += factors[block] * weights[block] }
        sums.values.withUnsafeMutableBufferPointer { sums in
            guard let sums = sums.baseAddress else { return }
            add_weighted_blocks(moments, factors, count, sums + 1)
        }
    }
}

/// Which chunks of rows may go while blocks are summed up from front to back.
private struct RowsInUse {
    private let isReleasing: Bool
    private var kept: Set<Int> = []
    private var nextChunk = 0

    init(isReleasing: Bool) { self.isReleasing = isReleasing }

    /// Keeps the rows of these frames for later.
    mutating func keep(_ frames: Range<Int>) {
        guard isReleasing else { return }
        kept.insert(frames.lowerBound / SpectralFeatures.framesPerChunk)
        kept.insert((frames.upperBound - 1) / SpectralFeatures.framesPerChunk)
    }

    /// Gives back the chunks that end before `frame` and hold nothing that is kept.
    mutating func release(before frame: Int, of features: inout SpectralFeatures) {
        guard isReleasing else { return }
        while nextChunk < frame / SpectralFeatures.framesPerChunk {
            if !kept.contains(nextChunk) { features.releaseRows(chunk: nextChunk) }
            nextChunk += 1
        }
    }
}
