/// Centred moving average of `width` values with the end values repeated outside.
///
/// An even width reaches one further back than ahead. Summed in double, from left to right.
package func movingAverage(_ values: [Float], width: Int) -> [Float] {
    guard width > 1, !values.isEmpty else { return values }
    return [Float](unsafeUninitializedCapacity: values.count) { output, written in
        values.withUnsafeBufferPointer { values in
            var average = RunningAverage(of: values, width: width)
            for index in values.indices { output[index] = average.next(index, of: values) }
        }
        written = values.count
    }
}

/// Adds moving averages of `values` to `sums`, each of its width and times its factor.
///
/// One after the other every average waits for its own last sum; side by side they wait together.
package func addMovingAverages(
    _ values: [Float], _ averages: [(factor: Float, width: Int)], to sums: inout [Float]
) {
    guard !values.isEmpty else { return }
    values.withUnsafeBufferPointer { values in
        var running = averages.map { (factor: $0.factor, average: RunningAverage(of: values, width: $0.width)) }
        running.withUnsafeMutableBufferPointer { running in
            sums.withUnsafeMutableBufferPointer { sums in
                for index in values.indices {
                    var total = sums[index]
                    for place in running.indices {
                        total += running[place].factor * running[place].average.next(index, of: values)
                    }
                    sums[index] = total
                }
            }
        }
    }
}

/// The sum under a window that moves on place by place.
private struct RunningAverage {
    private let scale: Double
    private let back: Int
    private let ahead: Int
    private var sum: Double

    init(of values: UnsafeBufferPointer<Float>, width: Int) {
        let last = values.count - 1
        scale = 1 / Double(width)
        back = width / 2
        ahead = width - back - 1
        sum = (0..<ahead).reduce(Double(values[0]) * Double(back)) { $0 + Double(values[min($1, last)]) }
    }

    /// The average around `index`, which counts up from 0 by one from call to call.
    @inline(__always)
    mutating func next(_ index: Int, of values: UnsafeBufferPointer<Float>) -> Float {
        sum += Double(values[min(index + ahead, values.count - 1)])
        let average = Float(sum * scale)
        sum -= Double(values[max(index - back, 0)])
        return average
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
///
/// Greatest so far from the start and from the end of every stretch of `width`: each window is the end of one and the
/// start of the next (van Herk 1992).
package func movingMaximum(_ values: [Float], width: Int) -> [Float] {
    let (count, reach) = (values.count, width / 2)
    guard count > 0 else { return [] }
    var (fromStart, fromEnd) = (values, values)
    for index in 1..<max(count, 1) where index % width > 0 {
        fromStart[index] = max(fromStart[index - 1], fromStart[index])
    }
    for index in stride(from: count - 2, through: 0, by: -1) where index % width < width - 1 {
        fromEnd[index] = max(fromEnd[index + 1], fromEnd[index])
    }
    return (0..<count).map { middle in
        let (first, last) = (max(middle - reach, 0), min(middle + reach, count - 1))
        // A window that was cut short may lie in one stretch.
        return first / width == last / width
            ? values[first...last].max() ?? values[middle] : max(fromEnd[first], fromStart[last])
    }
}
