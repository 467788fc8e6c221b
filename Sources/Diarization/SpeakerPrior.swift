internal import CSpeechKernels
private import RealModule

/// What is known of voices before a recording is heard: a background model of speech and the directions in which its
/// statistics differ between people rather than between vowels.
///
/// Learnt once from 129 voices that are in no recording it is measured on (`Benchmarks/SpeakerPrior`). A Gaussian
/// mixture (Reynolds 2000), and a linear discriminant of its supervectors in which the spread within a person is 1 and
/// `spread` is that between people (two-covariance model, Brümmer and de Villiers 2010).
package struct SpeakerPrior: Sendable {
    /// Gaussians in the background model.
    package static let componentCount = 32
    /// Axes of the speaker space.
    package static let axisCount = 30
    /// Numbers in a row of axes, the last two 0.
    static let axisLanes = Int(axis_lanes)
    /// Rows of the projection: a component's cepstra after the other component's.
    static let rowCount = componentCount * PackedSymmetric.dimension

    /// Square root of each component's weight.
    let rootWeights: [Double]
    /// `[15 × 32]`, coefficient after coefficient: mean times inverse variance.
    let linear: [Float]
    /// `[15 × 32]`: minus half the inverse variance.
    let quadratic: [Float]
    /// Per component: the logarithm of what does not depend on the frame.
    let constant: [Float]
    /// `[32 × 15]` means.
    let means: [Float]
    /// `[32 × 15]` square roots of the inverse variances.
    let rootPrecisions: [Float]
    /// `[480 × 32]`: thirty axes and two columns of zeros.
    let projection: [Double]
    /// Variance between people per axis; 1 within.
    package let spread: [Double]
    /// What the recordings pass that the table is for.
    package let band: VoiceStatistics.Band

    /// For recordings up to `SpectralParameters.narrowBandRate`.
    package static let telephone = SpeakerPrior(bytes: PackageResources.speaker_prior_8kHz_bin, band: .telephone)
    /// For all others.
    package static let wideBand = SpeakerPrior(bytes: PackageResources.speaker_prior_16kHz_bin, band: .wide)

    /// Reads a table as `train_speaker_prior.py` writes it: little-endian floats.
    private init(bytes: [UInt8], band: VoiceStatistics.Band) {
        self.band = band
        let values = stride(from: 0, to: bytes.count, by: 4).map { offset -> Float in
            Float(
                bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) })
        }
        let (components, dimension) = (Self.componentCount, PackedSymmetric.dimension)
        var position = 4
        func take(_ count: Int) -> [Float] {
            defer { position += count }
            return Array(values[position..<(position + count)])
        }
        precondition(
            values.prefix(4).elementsEqual([2026, Float(components), Float(dimension), Float(Self.axisCount)]),
            "the table of the speaker prior has another layout")
        let weights = take(components)
        let means = take(components * dimension)
        let precisions = take(components * dimension)
        let axes = take(components * dimension * Self.axisCount)
        projection = (0..<(Self.rowCount * Self.axisLanes)).map { place in
            let (row, axis) = place.quotientAndRemainder(dividingBy: Self.axisLanes)
            return axis < Self.axisCount ? Double(axes[row * Self.axisCount + axis]) : 0
        }
        spread = take(Self.axisCount).map { Double($0) }
        self.means = means
        rootWeights = weights.map { Double($0.squareRoot()) }
        rootPrecisions = precisions.map { $0.squareRoot() }
        var linear = [Float](repeating: 0, count: components * dimension)
        var quadratic = linear
        var constant: [Float] = []
        for component in 0..<components {
            var sum = Float.log(weights[component]) - Float(dimension) / 2 * Float.log(2 * .pi)
            for coefficient in 0..<dimension {
                let entry = component * dimension + coefficient
                linear[coefficient * components + component] = means[entry] * precisions[entry]
                quadratic[coefficient * components + component] = -0.5 * precisions[entry]
                sum += 0.5 * Float.log(precisions[entry]) - 0.5 * means[entry] * means[entry] * precisions[entry]
            }
            constant.append(sum)
        }
        self.linear = linear
        self.quadratic = quadratic
        self.constant = constant
    }

    /// Log likelihood ratio of the statistics of one person against the average person, per Gaussian integral over who
    /// that person is: `n` counts, `sum` their sum, both in speaker space.
    func evidence(count n: Double, sum: some Sequence<Double>) -> Double {
        var total = 0.0
        // Thirty scales, each below 10⁵, multiplied stay far inside the range of a double: one logarithm for all.
        var scales = 1.0
        for (value, spread) in zip(sum, spread) {
            let scale = 1 + n * spread
            scales *= scale
            total += spread * value * value / scale
        }
        return 0.5 * (total - Double.log(scales))
    }

    /// The background model as the kernel takes it; posteriors below `leastPosterior` count as 0.
    func withBackgroundModel(leastPosterior: Float, _ body: (UnsafePointer<background_model>) -> Void) {
        constant.withUnsafeBufferPointer { constant in
            linear.withUnsafeBufferPointer { linear in
                quadratic.withUnsafeBufferPointer { quadratic in
                    means.withUnsafeBufferPointer { means in
                        rootPrecisions.withUnsafeBufferPointer { rootPrecisions in
                            var model = background_model(
                                constant: constant.baseAddress, linear: linear.baseAddress,
                                quadratic: quadratic.baseAddress, means: means.baseAddress,
                                root_precisions: rootPrecisions.baseAddress, least_posterior: leastPosterior)
                            body(&model)
                        }
                    }
                }
            }
        }
    }
}
