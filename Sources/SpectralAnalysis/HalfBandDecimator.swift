private import CSpeechKernels
private import RealModule

/// Halves a sample rate: a linear-phase half-band filter (windowed sinc, Kaiser 1974), then every second sample.
///
/// Output sample `n` stands at the time of input sample `2n`; before and after the recording there is silence.
package struct HalfBandDecimator: Sendable {
    /// Odd taps on one side of the centre.
    ///
    /// Nine of them (35 taps) pass 19 % of the rate within 0.02 dB and stop 31 % by 60 dB: 7.6 kHz and its mirror
    /// image at every rate from 40 kHz on (tested).
    package static let sideTapCount = 9
    /// Shape of the Kaiser window; 5.65 gives 60 dB (Kaiser's formula).
    package static let kaiserShape = 5.65

    private let sideTaps: [Float]
    /// Even and odd samples that are not consumed yet, the first `pairCount` places of each; they start with the silence
    /// before the recording.
    private var even: [Float]
    private var odd: [Float]
    private var pairCount = Self.sideTapCount
    /// A sample that waits for its pair.
    private var single: Float?

    /// A decimator at the start of a recording.
    package init() {
        sideTaps = Self.designSideTaps()
        even = [Float](repeating: 0, count: 2 * Self.sideTapCount)
        odd = even
    }

    /// Filters `input` and appends what can be computed of the halved signal to `output`.
    package mutating func process(_ input: [Float], into output: inout [Float]) {
        guard !input.isEmpty else { return }
        var rest = input[...]
        if let single {
            let next = rest.removeFirst()
            append(pairs: 1) { even, odd in (even[0], odd[0]) = (single, next) }
            self.single = nil
        }
        if !rest.count.isMultiple(of: 2) { single = rest.removeLast() }
        append(pairs: rest.count / 2) { even, odd in
            rest.withUnsafeBufferPointer { rest in
                if let samples = rest.baseAddress { part_pairs(samples, rest.count / 2, even, odd) }
            }
        }
        filter(into: &output)
    }

    /// Whether the next sample is the first of a pair.
    package var isAtPair: Bool { single == nil }

    /// Filters `2 · count` frames of two interleaved channels, each by its own decimator that `isAtPair`.
    package static func process(
        framePairs count: Int, of interleaved: UnsafePointer<Float>, left: inout HalfBandDecimator,
        right: inout HalfBandDecimator, into outputs: inout [[Float]]
    ) {
        left.append(pairs: count) { leftEven, leftOdd in
            right.append(pairs: count) { rightEven, rightOdd in
                part_frame_pairs(interleaved, count, leftEven, leftOdd, rightEven, rightOdd)
            }
        }
        left.filter(into: &outputs[0])
        right.filter(into: &outputs[1])
    }

    /// Appends the end of the signal, up to the last input sample.
    package mutating func finish(into output: inout [Float]) {
        let outstanding = pairCount - Self.sideTapCount + (single == nil ? 0 : 1)
        let start = output.count
        process([Float](repeating: 0, count: 4 * Self.sideTapCount), into: &output)
        output.removeLast(max(0, output.count - start - outstanding))
        self = HalfBandDecimator()
    }

    /// Makes room for `count` more pairs that `fill` writes.
    private mutating func append(
        pairs count: Int, _ fill: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    ) {
        let missing = pairCount + count - even.count
        if missing > 0 {
            even += [Float](repeating: 0, count: missing)
            odd += [Float](repeating: 0, count: missing)
        }
        even.withUnsafeMutableBufferPointer { even in
            odd.withUnsafeMutableBufferPointer { odd in
                guard let even = even.baseAddress, let odd = odd.baseAddress else { return }
                fill(even + pairCount, odd + pairCount)
            }
        }
        pairCount += count
    }

    private mutating func filter(into output: inout [Float]) {
        // Output n needs odd samples from n - side to n + side - 1.
        let kept = 2 * Self.sideTapCount
        let available = pairCount - kept
        guard available > 0 else { return }
        let start = output.count
        output += repeatElement(0, count: available)
        output.withUnsafeMutableBufferPointer { target in
            guard let target = target.baseAddress else { return }
            half_band(even, odd, sideTaps, Self.sideTapCount, available, target + start)
        }
        for place in 0..<kept { (even[place], odd[place]) = (even[available + place], odd[available + place]) }
        pairCount = kept
    }

    /// Taps at 1, 3, 5 … samples from the centre, scaled so that a constant signal keeps its level.
    package static func designSideTaps() -> [Float] {
        func bessel(_ x: Double) -> Double {
            var (sum, term) = (1.0, 1.0)
            for k in 1...40 {
                term *= (x / (2 * Double(k))) * (x / (2 * Double(k)))
                sum += term
            }
            return sum
        }
        let reach = Double(2 * sideTapCount)
        let taps = (0..<sideTapCount).map { tap -> Double in
            let n = Double(2 * tap + 1)
            let kaiser = bessel(kaiserShape * (1 - (n / reach) * (n / reach)).squareRoot()) / bessel(kaiserShape)
            return Double.sin(.pi * n / 2) / (.pi * n) * kaiser
        }
        let sum = 2 * taps.reduce(0, +)
        return taps.map { Float($0 * 0.5 / sum) }
    }
}
