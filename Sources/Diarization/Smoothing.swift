/// Frames that a sliding sum runs over before it is made anew, so that parts can be worked on side by side.
private let smoothingPartLength = 65_536

/// Centred moving average of `width` values with the end values repeated outside.
///
/// An even width reaches one further back than ahead. Summed in double, from left to right.
package func movingAverage(_ values: [Float], width: Int, threads: Int = 1) -> [Float] {
    guard width > 1, !values.isEmpty else { return values }
    return [Float](unsafeUninitializedCapacity: values.count) { output, written in
        values.withUnsafeBufferPointer { values in
            forEachPart(of: values.count, length: smoothingPartLength, threads: threads) { part in
                var average = RunningAverage(of: values, width: width, from: part.lowerBound)
                for index in part { output[index] = average.next(index, of: values) }
            }
        }
        written = values.count
    }
}

/// Adds moving averages of `values` to `sums`, each of its width and times its factor.
///
/// One after the other every average waits for its own last sum; side by side they wait together.
package func addMovingAverages(
    _ values: [Float], _ averages: [(factor: Float, width: Int)], to sums: inout [Float], threads: Int = 1
) {
    values.withUnsafeBufferPointer { values in
        sums.withUnsafeMutableBufferPointer { sums in
            forEachPart(of: values.count, length: smoothingPartLength, threads: threads) { part in
                var running = averages.map { average in
                    (
                        factor: average.factor,
                        average: RunningAverage(of: values, width: average.width, from: part.lowerBound)
                    )
                }
                running.withUnsafeMutableBufferPointer { running in
                    for index in part {
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
}

/// The sum under a window that moves on place by place.
private struct RunningAverage {
    private let scale: Double
    private let back: Int
    private let ahead: Int
    private var sum: Double

    /// The window before that of the place `start`.
    init(of values: UnsafeBufferPointer<Float>, width: Int, from start: Int) {
        let last = values.count - 1
        scale = 1 / Double(width)
        back = width / 2
        ahead = width - back - 1
        sum = Double(values[0]) * Double(max(back - start, 0))
        for place in max(start - back, 0)..<(start + ahead) { sum += Double(values[min(place, last)]) }
    }

    /// The average around `index`, which counts up by one from call to call.
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
package func movingMaximum(_ values: [Float], width: Int, threads: Int = 1) -> [Float] {
    let (count, reach) = (values.count, width / 2)
    guard count > width else {
        return values.indices.map { values[max($0 - reach, 0)...min($0 + reach, count - 1)].max() ?? values[$0] }
    }
    var (fromStart, fromEnd) = (values, values)
    fromStart.withUnsafeMutableBufferPointer { fromStart in
        fromEnd.withUnsafeMutableBufferPointer { fromEnd in
            // A whole number of stretches a part.
            forEachPart(of: count, length: smoothingPartLength / width * width + width, threads: threads) { part in
                for start in stride(from: part.lowerBound, to: part.upperBound, by: width) {
                    let end = min(start + width, part.upperBound)
                    for place in (start + 1)..<max(end, start + 1) {
                        fromStart[place] = max(fromStart[place - 1], fromStart[place])
                    }
                    for place in (start..<(end - 1)).reversed() {
                        fromEnd[place] = max(fromEnd[place + 1], fromEnd[place])
                    }
                }
            }
        }
    }
    return [Float](unsafeUninitializedCapacity: count) { greatest, written in
        fromStart.withUnsafeBufferPointer { fromStart in
            fromEnd.withUnsafeBufferPointer { fromEnd in
                for middle in 0..<reach { greatest[middle] = fromStart[middle + reach] }
                for middle in reach..<(count - reach) {
                    greatest[middle] = max(fromEnd[middle - reach], fromStart[middle + reach])
                }
                for middle in (count - reach)..<count {
                    greatest[middle] = values[(middle - reach)...].max() ?? values[middle]
                }
            }
        }
        written = count
    }
}
