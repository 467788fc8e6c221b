/// Silences samples of float recordings that are no numbers, and counts them.
struct NonFiniteSamples {
    /// Samples set to 0 so far.
    private(set) var count = 0
    /// Magnitudes above this count as not finite; full scale is 1.
    let largestMagnitude: Float

    init(largestMagnitude: Float) { self.largestMagnitude = largestMagnitude }

    /// Sets what is not finite to 0.
    mutating func silence(_ samples: UnsafeMutableBufferPointer<Float>) {
        let limit = largestMagnitude
        var found: Int32 = 0
        // A comparison with NaN is false, so one test finds NaN, infinity and absurd values.
        for sample in samples { found &+= sample.magnitude <= limit ? 0 : 1 }
        guard found > 0 else { return }
        count += Int(found)
        for index in samples.indices where !(samples[index].magnitude <= limit) { samples[index] = 0 }
    }

    /// The warning for the reader, if any sample was silenced.
    var warning: String? {
        switch count {
        case 0: nil
        case 1: "1 sample was no finite number and counts as silence."
        default: "\(count) samples were no finite numbers and count as silence."
        }
    }
}
