private import CSpeechKernels

/// Frames that one thread smooths before it takes others: whole tiles of the kernels, so that parts meet without a seam.
private let smoothingPartLength = 64 * Int(smoothing_tile)

/// Centred moving average of `width` values with the end values repeated outside.
///
/// An even width reaches one further back than ahead. Summed in double.
package func movingAverage(_ values: [Float], width: Int, threads: Int = 1) -> [Float] {
    guard width > 1, !values.isEmpty else { return values }
    var average = [Float](repeating: 0, count: values.count)
    addMovingAverages(values, [(1, width)], to: &average, threads: threads)
    return average
}

/// Adds moving averages of `values` to `sums`, each of its width and times its factor.
package func addMovingAverages(
    _ values: [Float], _ averages: [(factor: Float, width: Int)], to sums: inout [Float], threads: Int = 1
) {
    guard !values.isEmpty else { return }
    let windows = averages.map { factor, width in
        moving_average(back: width / 2, ahead: width - width / 2 - 1, factor: factor)
    }
    let widest = averages.reduce(1) { max($0, $1.width) }
    values.withUnsafeBufferPointer { values in
        sums.withUnsafeMutableBufferPointer { sums in
            forEachPart(of: values.count, length: smoothingPartLength, threads: threads) { part in
                withUnsafeTemporaryAllocation(of: Double.self, capacity: Int(smoothing_tile) + widest + 1) {
                    add_moving_averages(
                        values.baseAddress, values.count, part.lowerBound, part.upperBound, windows, windows.count,
                        $0.baseAddress, sums.baseAddress)
                }
            }
        }
    }
}

/// Values at block centres, joined by straight lines over `count` frames and constant beyond the outer centres.
package func interpolate(blocks: [Float], blockLength: Int, count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { output, written in
        for frame in 0..<count {
            let (block, part) = blockPosition(ofFrame: frame, blockLength: blockLength, blockCount: blocks.count)
            let next = min(block + 1, blocks.count - 1)
            output[frame] = blocks[block] * (1 - part) + blocks[next] * part
        }
        written = count
    }
}

/// The block centre at or before a frame and how far, 0...1, the frame lies towards the next one.
@inline(__always)
package func blockPosition(ofFrame frame: Int, blockLength: Int, blockCount: Int) -> (block: Int, part: Float) {
    // In halves of frames, so that the place is exact however long the recording.
    let halves = 2 * frame - blockLength
    guard halves > 0 else { return (0, 0) }
    let (block, rest) = halves.quotientAndRemainder(dividingBy: 2 * blockLength)
    return block >= blockCount - 1 ? (blockCount - 1, 0) : (block, Float(rest) / Float(2 * blockLength))
}

/// The greatest value within `width` places, an odd number, around each; fewer at the ends.
package func movingMaximum(_ values: [Float], width: Int, threads: Int = 1) -> [Float] {
    let (count, reach) = (values.count, width / 2)
    guard reach > 0, count > 0 else { return values }
    return [Float](unsafeUninitializedCapacity: count) { greatest, written in
        values.withUnsafeBufferPointer { values in
            forEachPart(of: count, length: smoothingPartLength, threads: threads) { part in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: Int(smoothing_tile) + 2 * reach) {
                    take_moving_maximum(
                        values.baseAddress, count, part.lowerBound, part.upperBound, reach, $0.baseAddress,
                        greatest.baseAddress)
                }
            }
        }
        written = count
    }
}
