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
        features: SpectralFeatures, mask: [Bool], frameWeights: FrameWeights, parameters: SegmentationParameters,
        threads: Int = 1
    ) {
        var features = features
        self.init(
            features: &features, mask: mask, frameWeights: frameWeights, parameters: parameters, threads: threads,
            releasesRows: false)
    }

    /// Sums up `features` where `mask` says speech, and gives back the rows that the excerpt does not need.
    package init(
        releasing features: inout SpectralFeatures, mask: [Bool], frameWeights: FrameWeights,
        parameters: SegmentationParameters, threads: Int = 1
    ) {
        self.init(
            features: &features, mask: mask, frameWeights: frameWeights, parameters: parameters, threads: threads,
            releasesRows: true)
    }

    private init(
        features: inout SpectralFeatures, mask: [Bool], frameWeights: FrameWeights,
        parameters: SegmentationParameters, threads: Int, releasesRows: Bool
    ) {
        let length = parameters.blockLength
        precondition(length <= Int(greatest_block_length), "the kernel takes short blocks only")
        positions = Self.positions(mask, length)
        var rows = RowsInUse(isReleasing: releasesRows)
        for range in Self.excerptRanges(count: count, parameters) {
            for block in range { rows.keep((positions[block] * length)..<((positions[block] + 1) * length)) }
        }
        let parts = Self.parts(positions)
        let summing = BlockSummation(
            positions: positions, mask: mask, frameWeights: frameWeights, blockLength: length,
            firstRow: positions.first.flatMap { position in
                mask[(position * length)...].firstIndex(of: true).map { features.row($0) }
            })
        weights = [Double](repeating: 0, count: count)
        var sums = [block_sums](repeating: block_sums(), count: parts.count)
        moments = [Float](unsafeUninitializedCapacity: count * Self.stride) { moments, written in
            HugePages.advise(UnsafeMutableRawBufferPointer(moments))
            weights.withUnsafeMutableBufferPointer { weights in
                sums.withUnsafeMutableBufferPointer { sums in
                    // As many parts as threads at a time, and then their rows go.
                    for wave in Swift.stride(from: 0, to: parts.count, by: max(threads, 1)) {
                        let last = min(wave + max(threads, 1), parts.count)
                        let table = features.rowTable
                        forEachPart(last - wave, threads: threads) { index in
                            summing.sum(
                                parts[wave + index], table, weights, moments, &sums[wave + index])
                        }
                        rows.release(before: positions[parts[last - 1].upperBound - 1] * length, of: &features)
                    }
                }
            }
            written = moments.count
        }
        for part in sums { withUnsafeBytes(of: part.total) { total.add($0.bindMemory(to: Double.self)) } }
        variance = summing.variance(sums)
    }

    /// Blocks of `length` frames that hold speech.
    private static func positions(_ mask: [Bool], _ length: Int) -> [Int] {
        mask.withUnsafeBufferPointer { mask in
            (0..<((mask.count + length - 1) / length)).filter { block in
                UnsafeBufferPointer(rebasing: mask[(block * length)..<min((block + 1) * length, mask.count)])
                    .contains(true)
            }
        }
    }

    /// Blocks, speech or not, that are summed up together: 160 s.
    private static let blocksPerPart = 1_600

    /// Indices of the blocks of each part; the same at any number of threads.
    private static func parts(_ positions: [Int]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0
        while start < positions.count {
            let last = (positions[start] / blocksPerPart + 1) * blocksPerPart
            let end = positions[start...].firstIndex { $0 >= last } ?? positions.count
            parts.append(start..<end)
            start = end
        }
        return parts
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
        part.moments.reserveCapacity(parameters.greatestSearchBlockCount * Self.stride)
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

    /// Adds `factor` times the moments of a block to `sum`.
    @inline(__always)
    package func add(block: Int, times factor: Double, to sum: UnsafeMutablePointer<Double>) {
        sum[0] += factor * weights[block]
        moments.withUnsafeBufferPointer { moments in
            let start = block * Self.stride
            for index in 0..<(CepstralMoments.count - 1) { sum[1 + index] += factor * Double(moments[start + index]) }
        }
    }

    /// Blocks whose sums are made together.
    private static let blocksPerSum = 8_192

    /// Adds the moments of all blocks, each times its factor, to `sums`.
    package func add(times factors: [Double], to sums: inout CepstralMoments, threads: Int = 1) {
        precondition(factors.count == count, "a factor for every block")
        for block in 0..<count { sums.values[0] += factors[block] * weights[block] }
        let starts = Array(Swift.stride(from: 0, to: count, by: Self.blocksPerSum))
        var parts = [CepstralMoments](repeating: CepstralMoments(), count: starts.count)
        parts.withUnsafeMutableBufferPointer { parts in
            forEachPart(starts.count, threads: threads) { part in
                parts[part].values.withUnsafeMutableBufferPointer { sums in
                    moments.withUnsafeBufferPointer { moments in
                        factors.withUnsafeBufferPointer { factors in
                            guard let sums = sums.baseAddress, let moments = moments.baseAddress,
                                let factors = factors.baseAddress
                            else { return }
                            let start = starts[part]
                            add_weighted_blocks(
                                moments + start * Self.stride, factors + start, min(count - start, Self.blocksPerSum),
                                sums + 1)
                        }
                    }
                }
            }
        }
        for part in parts { sums.add(part) }
    }

    /// Products of the moments of each block with two rows of coefficients.
    package func products(
        with one: [Double], and other: [Double], into products: inout (one: [Double], other: [Double]), threads: Int
    ) {
        products.one.withUnsafeMutableBufferPointer { ones in
            products.other.withUnsafeMutableBufferPointer { others in
                moments.withUnsafeBufferPointer { moments in
                    forEachPart(of: count, length: Self.blocksPerSum, threads: threads) { part in
                        guard let moments = moments.baseAddress, let ones = ones.baseAddress,
                            let others = others.baseAddress
                        else { return }
                        block_products(
                            moments + part.lowerBound * Self.stride, part.count, one, other, ones + part.lowerBound,
                            others + part.lowerBound)
                    }
                }
            }
        }
    }
}

/// Sums up the frames of blocks.
private struct BlockSummation {
    let positions: [Int]
    let mask: [Bool]
    let frameWeights: FrameWeights
    let blockLength: Int
    private let transform = CepstralTransform()
    /// Sums of nothing yet, with the cepstra of the first frame of speech as origin.
    private var nothing = block_sums()
    /// A block without weight would divide by zero.
    private static let leastWeight = 1e-6

    init(positions: [Int], mask: [Bool], frameWeights: FrameWeights, blockLength: Int, firstRow: LogPowerRow?) {
        (self.positions, self.mask, self.frameWeights) = (positions, mask, frameWeights)
        self.blockLength = blockLength
        if let firstRow {
            let origin = transform(firstRow)
            withUnsafeMutableBytes(of: &nothing.origin) { $0.storeBytes(of: origin, as: SIMD16<Float>.self) }
        }
    }

    /// Sums up the blocks of a part, writing those of each block to its place in `weights` and `moments`.
    func sum(
        _ part: Range<Int>, _ table: RowTable, _ weights: UnsafeMutableBufferPointer<Double>,
        _ moments: UnsafeMutableBufferPointer<Float>, _ sums: inout block_sums
    ) {
        sums = nothing
        var rows = [UnsafePointer<Int16>?](repeating: nil, count: blockLength)
        var counts = [Double](repeating: 0, count: blockLength)
        transform.withMatrix { matrix in
            for block in part {
                var frames = 0
                let start = positions[block] * blockLength
                for frame in start..<min(start + blockLength, mask.count) where mask[frame] {
                    rows[frames] = table[frame]
                    counts[frames] = frameWeights[frame]
                    frames += 1
                }
                take_block_moments(
                    matrix, rows, counts, frames, Self.leastWeight, &weights[block],
                    moments.baseAddress.map { $0 + block * BlockStatistics.stride }, &sums)
            }
        }
    }

    /// Variance of each coefficient over all frames of speech, unweighted.
    func variance(_ parts: [block_sums]) -> [Double] {
        let frames = parts.reduce(0) { $0 + $1.frame_count }
        return (0..<PackedSymmetric.dimension).map { index in
            func value(_ row: some Any) -> Double {
                withUnsafeBytes(of: row) { $0.load(fromByteOffset: index * 8, as: Double.self) }
            }
            let mean = parts.reduce(0) { $0 + value($1.sums) } / frames
            let square = parts.reduce(0) { $0 + value($1.squares) } / frames
            return max(square - mean * mean, 1e-9)
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
