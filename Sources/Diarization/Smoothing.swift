/// Centred moving average of `width` values with the end values repeated outside.
///
/// An even width reaches one further back than ahead. Summed in double, from left to right.
package func movingAverage(_ values: [Float], width: Int) -> [Float] {
    guard let first = values.first, let last = values.last, width > 1 else { return values }
    let count = values.count
    let back = width / 2
    let ahead = width - back - 1
    let scale = 1 / Double(width)
    return [Float](unsafeUninitializedCapacity: count) { output, written in
        values.withUnsafeBufferPointer { values in
            var sum = Double(first) * Double(back)
            for index in 0..<ahead { sum += Double(values[min(index, count - 1)]) }
            for index in 0..<count {
                let entering = index + ahead
                sum += Double(entering < count ? values[entering] : last)
                output[index] = Float(sum * scale)
                let leaving = index - back
                sum -= Double(leaving > 0 ? values[leaving] : first)
            }
        }
        written = count
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
/// In one pass with a queue of the candidates, greatest first (Lemire 2006).
package func movingMaximum(_ values: [Float], width: Int) -> [Float] {
    let reach = width / 2
    var result = values
    var queue: [Int] = []
    var head = 0
    for arriving in 0..<(values.count + reach) {
        if arriving < values.count {
            while queue.count > head, values[queue[queue.count - 1]] <= values[arriving] { queue.removeLast() }
            queue.append(arriving)
        }
        let middle = arriving - reach
        guard middle >= 0 else { continue }
        if queue[head] < middle - reach { head += 1 }
        if middle < values.count { result[middle] = values[queue[head]] }
    }
    return result
}
