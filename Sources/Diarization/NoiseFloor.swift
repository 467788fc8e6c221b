private import CSpeechKernels
package import SpectralAnalysis

/// Smoothed levels of a recording and the noise floor of each mel band, tracked over about ten seconds
/// (minimum statistics of quantiles, after Martin 2001 and Stahl and others, 2000).
package struct NoiseFloor: Sendable {
    private static let bands = SpectralFeatures.bandCount

    /// `[blockCount × 32]` floors at block centres, natural logarithm of power.
    package private(set) var floors: [Float]
    /// Number of blocks.
    package let blockCount: Int
    /// Frames per block.
    package let blockLength: Int
    /// Mean over the bands of the smoothed log powers, per frame.
    package private(set) var level: [Float]

    /// Log powers are taken for at least this.
    package let leastLogPower: Float

    /// Tracks the floor of `features`, which must have at least one frame, in a recording whose loud speech has the
    /// level `loud`.
    package init(features: SpectralFeatures, loud: Float, parameters: VoiceActivityParameters) {
        let frames = features.frameCount
        blockLength = parameters.floorBlock
        blockCount = max(1, frames / parameters.floorBlock)
        leastLogPower = loud - parameters.quietDepth
        level = [Float](repeating: 0, count: frames)
        floors = [Float](repeating: 0, count: blockCount * Self.bands)
        takeBlockQuantiles(features, parameters)
        smoothOverBlocks(least: loud - parameters.floorDepth, parameters)
    }

    private mutating func takeBlockQuantiles(_ features: SpectralFeatures, _ parameters: VoiceActivityParameters) {
        let bands = Self.bands
        let frames = features.frameCount
        let width = parameters.levelSmoothing
        let ahead = (width - 1) / 2
        precondition(width <= greatest_smoothing, "the kernel smooths over a few frames only")
        let longest = frames - (blockCount - 1) * blockLength
        let capacity = Int(parameters.floorQuantile * Double(longest - 1)) + 2
        let table = features.rowTable
        // The rows that are smoothed over, moving on frame by frame.
        var rows = (0..<width).map { neighbour -> UnsafePointer<Int16>? in
            table[min(max(neighbour - width / 2 - 1, 0), frames - 1)]
        }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: capacity * bands) { scratch in
            guard let smallest = scratch.baseAddress else { return }
            for block in 0..<blockCount {
                let start = block * blockLength
                let end = block == blockCount - 1 ? frames : start + blockLength
                let position = parameters.floorQuantile * Double(end - start - 1)
                let kept = min(Int(position) + 2, end - start)
                smallest.update(repeating: .infinity, count: kept * bands)
                for frame in start..<end {
                    for place in 1..<max(width, 1) { rows[place - 1] = rows[place] }
                    rows[width - 1] = table[min(frame + ahead, frames - 1)]
                    level[frame] = take_smoothed_level(rows, width, leastLogPower, smallest, kept)
                }
                let part = Float(position - Double(Int(position)))
                let lower = smallest + Int(position) * bands
                let upper = kept > Int(position) + 1 ? lower + bands : lower
                for band in 0..<bands {
                    floors[block * bands + band] = lower[band] + part * (upper[band] - lower[band])
                }
            }
        }
    }

    private mutating func smoothOverBlocks(least floor: Float, _ parameters: VoiceActivityParameters) {
        let bands = Self.bands
        for band in 0..<bands {
            let track = (0..<blockCount).map { floors[$0 * bands + band] }
            let least = movingMaximum(track.map { -$0 }, width: 2 * parameters.floorReach + 1).map { -$0 }
            for (block, value) in movingAverage(least, width: parameters.floorSmoothing).enumerated() {
                floors[block * bands + band] = max(value, floor)
            }
        }
    }
}
