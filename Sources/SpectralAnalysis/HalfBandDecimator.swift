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
    /// Input not consumed yet; starts with the silence before the recording.
    private var pending: [Float]
    private var even: [Float] = []
    private var odd: [Float] = []

    /// A decimator at the start of a recording.
    package init() {
        sideTaps = Self.designSideTaps()
        pending = [Float](repeating: 0, count: 2 * Self.sideTapCount)
    }

    /// Filters `input` and appends what can be computed of the halved signal to `output`.
    package mutating func process(_ input: [Float], into output: inout [Float]) {
        pending += input
        let side = Self.sideTapCount
        // Output n needs odd input samples from n - side to n + side - 1.
        let available = (pending.count - 4 * side) / 2
        guard available > 0 else { return }
        split(pairs: available + 2 * side)
        let start = output.count
        output += [Float](repeating: 0, count: available)
        output.withUnsafeMutableBufferPointer { target in
            guard let target = target.baseAddress else { return }
            half_band(even, odd, sideTaps, side, available, target + start)
        }
        pending.removeFirst(2 * available)
    }

    /// Appends the end of the signal, up to the last input sample.
    package mutating func finish(into output: inout [Float]) {
        let outstanding = (pending.count - 2 * Self.sideTapCount + 1) / 2
        let start = output.count
        process([Float](repeating: 0, count: 4 * Self.sideTapCount), into: &output)
        output.removeLast(max(0, output.count - start - outstanding))
        pending = [Float](repeating: 0, count: 2 * Self.sideTapCount)
    }

    private mutating func split(pairs: Int) {
        let pairs = min(pairs, pending.count / 2)
        if even.count < pairs {
            even = [Float](repeating: 0, count: pairs)
            odd = even
        }
        part_pairs(pending, pairs, &even, &odd)
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
