private import CSpeechKernels
package import SpectralAnalysis

/// Smoothed levels of a recording and the noise floor of each mel band, tracked over about ten seconds
/// (minimum statistics of quantiles, after Martin 2001 and Stahl and others, 2000).
package struct NoiseFloor: Sendable {
    private static let bands = SpectralFeatures.bandCount

    /// `[blockCount × 32]` floors at block centres, natural logarithm of power, at least `leastLogPower`.
    package private(set) var floors: [Float]
    /// Number of blocks.
    package let blockCount: Int
    /// Frames per block.
    package let blockLength: Int
    /// Mean over the bands of the smoothed log powers, per frame.
    package private(set) var level: [Float]

    /// Log powers are taken for at least this.
    package let leastLogPower: Float
    /// The floor is taken for at least this where speech is compared with it, log power.
    let leastFloor: Float

    /// Tracks the floor of `features`, which must have at least one frame, in a recording whose loud speech has the
    /// level `loud`.
    package init(features: SpectralFeatures, loud: Float, parameters: VoiceActivityParameters, threads: Int = 1) {
        let frames = features.frameCount
        blockLength = parameters.floorBlock
        blockCount = max(1, frames / parameters.floorBlock)
        leastLogPower = loud - parameters.quietDepth
        leastFloor = loud - parameters.floorDepth
        level = [Float](repeating: 0, count: frames)
        floors = [Float](repeating: 0, count: blockCount * Self.bands)
        takeBlockQuantiles(features, parameters, threads: threads)
        smoothOverBlocks(parameters, threads: threads)
    }

    /// Blocks that are worked on together: 320 s.
    private static let blocksPerPart = 640

    private mutating func takeBlockQuantiles(
        _ features: SpectralFeatures, _ parameters: VoiceActivityParameters, threads: Int
    ) {
        let width = parameters.levelSmoothing
        precondition(width <= greatest_smoothing, "the kernel smooths over a few frames only")
        let (blockCount, blockLength, least) = (blockCount, blockLength, leastLogPower)
        let quantiles = BlockQuantiles(
            rows: features.rowTable, frameCount: features.frameCount, width: width, least: least,
            quantile: parameters.floorQuantile)
        level.withUnsafeMutableBufferPointer { level in
            floors.withUnsafeMutableBufferPointer { floors in
                forEachPart(of: blockCount, length: Self.blocksPerPart, threads: threads) { blocks in
                    for block in blocks {
                        let start = block * blockLength
                        let end = block == blockCount - 1 ? features.frameCount : start + blockLength
                        let place = block * Self.bands
                        quantiles.take(start..<end, level, floors.baseAddress.map { $0 + place })
                    }
                }
            }
        }
    }

    private mutating func smoothOverBlocks(_ parameters: VoiceActivityParameters, threads: Int) {
        let (bands, blockCount) = (Self.bands, blockCount)
        floors.withUnsafeMutableBufferPointer { floors in
            forEachPart(bands, threads: threads) { band in
                let track = (0..<blockCount).map { -floors[$0 * bands + band] }
                let least = movingMaximum(track, width: 2 * parameters.floorReach + 1).map { -$0 }
                for (block, value) in movingAverage(least, width: parameters.floorSmoothing).enumerated() {
                    floors[block * bands + band] = value
                }
            }
        }
    }
}

/// Smooths frames and takes the quantile of each band over blocks of them.
private struct BlockQuantiles {
    let rows: RowTable
    let frameCount: Int
    /// Frames that are smoothed over.
    let width: Int
    let least: Float
    let quantile: Double

    /// Writes the smoothed levels of `frames` to their places, and the quantile of each band to `floors`.
    func take(_ frames: Range<Int>, _ level: UnsafeMutableBufferPointer<Float>, _ floors: UnsafeMutablePointer<Float>?)
    {
        let bands = SpectralFeatures.bandCount
        let position = quantile * Double(frames.count - 1)
        let kept = min(Int(position) + 2, frames.count)
        let (back, ahead) = (width / 2, width - width / 2)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: kept * bands) { scratch in
            withUnsafeTemporaryAllocation(of: UnsafePointer<Int16>?.self, capacity: frames.count + width) { around in
                guard let smallest = scratch.baseAddress, let floors else { return }
                smallest.update(repeating: .infinity, count: kept * bands)
                for frame in (frames.lowerBound - back)..<(frames.upperBound + ahead) {
                    around.initializeElement(
                        at: frame - frames.lowerBound + back, to: rows[min(max(frame, 0), frameCount - 1)])
                }
                for frame in frames {
                    level[frame] = take_smoothed_level(
                        around.baseAddress.map { $0 + frame - frames.lowerBound }, width, least, smallest, kept)
                }
                let part = Float(position - Double(Int(position)))
                let lower = smallest + Int(position) * bands
                let upper = kept > Int(position) + 1 ? lower + bands : lower
                for band in 0..<bands { floors[band] = lower[band] + part * (upper[band] - lower[band]) }
            }
        }
    }
}
