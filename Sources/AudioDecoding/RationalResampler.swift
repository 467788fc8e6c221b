#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Changes the sample rate of one channel by a ratio of whole numbers, for listening.
///
/// Polyphase windowed sinc: rate `up / down` of the old one, one filter for each of the `up` phases (Crochiere & Rabiner
/// 1983, chapter 2). The output begins with the first sample of the input; nothing is delayed.
package struct RationalResampler {
    /// Zero crossings of the sinc on each side: 16, so that aliases lie below hearing.
    private static let crossings = 16.0
    /// Where the pass band ends, share of the lower Nyquist frequency: 0.94.
    private static let passBand = 0.94

    private let up: Int
    private let down: Int
    /// Samples on each side of a phase's centre.
    private let reach: Int
    /// `up` filters of `2 · reach` taps.
    private let filters: [Float]
    /// Input that is still needed, of which `held[0]` is the sample number `first`.
    private var held: [Float]
    private var first: Int
    private var read = 0
    private var written = 0

    /// Rates in hertz, > 0.
    package init(from old: Int, to new: Int) {
        let divisor = Self.greatestCommonDivisor(old, new)
        (up, down) = (new / divisor, old / divisor)
        let cutoff = min(1, Double(up) / Double(down)) * Self.passBand
        reach = Int((Self.crossings / cutoff).rounded(.up))
        var filters = [Float](repeating: 0, count: up * 2 * reach)
        for phase in 0..<up {
            var sum = 0.0
            for tap in 0..<2 * reach {
                let distance = Double(tap - reach + 1) - Double(phase) / Double(up)
                let angle = Double.pi * distance
                let sinc = angle == 0 ? cutoff : sin(angle * cutoff) / angle
                // Hann window over the whole reach.
                let window = abs(distance) < Double(reach) ? 0.5 + 0.5 * cos(angle / Double(reach)) : 0
                filters[phase * 2 * reach + tap] = Float(sinc * window)
                sum += sinc * window
            }
            for tap in 0..<2 * reach { filters[phase * 2 * reach + tap] /= Float(sum) }
        }
        self.filters = filters
        // Silence before the first sample.
        held = [Float](repeating: 0, count: reach - 1)
        first = -(reach - 1)
    }

    /// The output that the input so far allows.
    package mutating func process(_ samples: [Float]) -> [Float] {
        if up == down { return samples }
        held += samples
        read += samples.count
        return output(until: Int.max)
    }

    /// The rest, as if silence followed.
    package mutating func finish() -> [Float] {
        if up == down { return [] }
        held += [Float](repeating: 0, count: reach + 1)
        return output(until: (read * up + down - 1) / down)
    }

    private mutating func output(until end: Int) -> [Float] {
        var result: [Float] = []
        let width = 2 * reach
        while written < end {
            let position = written * down
            let start = position / up - reach + 1 - first
            guard start + width <= held.count else { break }
            let filter = position % up * width
            var sum: Float = 0
            for tap in 0..<width { sum += held[start + tap] * filters[filter + tap] }
            result.append(sum)
            written += 1
        }
        let unneeded = min(max(written * down / up - reach + 1 - first, 0), held.count)
        held.removeFirst(unneeded)
        first += unneeded
        return result
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        b == 0 ? a : greatestCommonDivisor(b, a % b)
    }
}
