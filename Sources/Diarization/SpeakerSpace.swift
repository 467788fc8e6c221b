internal import CSpeechKernels
package import SpectralAnalysis

/// Background-model statistics of every block, and what they say about runs of blocks in speaker space.
package struct SpeakerSpace: Sendable {
    /// The prior in use.
    package let prior: SpeakerPrior
    /// `[blockCount × 32]` weighted counts per component.
    package private(set) var counts: [Float]
    /// `[blockCount × 480]` whitened, centred first-order sums.
    package private(set) var sums: [Float]
    /// Weighted frames per block.
    package let weights: [Double]
    /// Whether each block comes after a pause.
    let pauses: [Bool]
    /// Mean of the cepstra of all speech, which was taken off.
    let cepstralMean: SIMD16<Float>
    /// Inverse deviations of the cepstra of all speech, by which they were multiplied.
    let cepstralScale: SIMD16<Float>

    /// Pseudo-count of a component's mean (relevance factor, Reynolds 2000), weighted frames.
    static let relevance: Float = 4
    /// Component posteriors below this are taken as 0: they cost time and carry nothing.
    static let leastPosterior: Float = 1e-3

    /// Measures `blocks` again under `prior`; `features` must still hold their rows.
    ///
    /// Cepstra are normalised by the mean and deviation of all speech, both people together, so that the channel goes
    /// and the difference between the people stays.
    package init(
        features: SpectralFeatures, mask: [Bool], frameWeights: FrameWeights, blocks: BlockStatistics,
        whole: BlockStatistics, prior: SpeakerPrior, parameters: SegmentationParameters
    ) {
        self.prior = prior
        weights = blocks.weights
        pauses = blocks.pauses
        counts = [Float](repeating: 0, count: blocks.count * SpeakerPrior.componentCount)
        sums = [Float](repeating: 0, count: blocks.count * SpeakerPrior.rowCount)
        let dimension = PackedSymmetric.dimension
        var (mean, scale) = (SIMD16<Float>.zero, SIMD16<Float>.zero)
        let means = whole.total.mean
        let covariance = whole.total.covariance(regularisation: [Double](repeating: 0, count: dimension))
        for row in 0..<dimension {
            mean[row] = Float(means[row])
            scale[row] = Float(1 / max(covariance[row * (row + 3) / 2], 1e-9).squareRoot())
        }
        (cepstralMean, cepstralScale) = (mean, scale)
        let transform = CepstralTransform()
        var normalised = [Float](repeating: 0, count: 16)
        prior.withBackgroundModel(leastPosterior: Self.leastPosterior) { model in
            counts.withUnsafeMutableBufferPointer { counts in
                sums.withUnsafeMutableBufferPointer { sums in
                    guard let counts = counts.baseAddress, let sums = sums.baseAddress else { return }
                    for block in 0..<blocks.count {
                        let start = blocks.positions[block] * parameters.blockLength
                        for frame in start..<min(start + parameters.blockLength, mask.count) where mask[frame] {
                            transform.write(features.row(frame).steps, to: &normalised)
                            for row in 0..<dimension { normalised[row] = (normalised[row] - mean[row]) * scale[row] }
                            add_background_statistics(
                                model, normalised, Float(frameWeights[frame]),
                                counts + block * SpeakerPrior.componentCount, sums + block * SpeakerPrior.rowCount)
                        }
                    }
                }
            }
        }
    }

    /// Coordinates of runs of blocks, `[runs][30]`, relative to their mean.
    package func coordinates(of runs: [Range<Int>]) -> [[Double]] {
        var rows = runs.map(coordinates)
        for axis in 0..<SpeakerPrior.axisCount {
            let mean = rows.reduce(0) { $0 + $1[axis] } / Double(max(rows.count, 1))
            for row in rows.indices { rows[row][axis] -= mean }
        }
        return rows
    }

    private func coordinates(_ run: Range<Int>) -> [Double] {
        var window = StatisticsWindow(space: self)
        for block in run { window.add(block, 1) }
        return Array(window.coordinates(leastCount: 0).prefix(SpeakerPrior.axisCount))
    }

    /// Consecutive runs of whole blocks, each the shortest with at least `length` weighted frames, or `leastShareAtPause`
    /// of them where a pause follows; the incomplete last one is left out.
    package func runs(length: Double, leastShareAtPause: Double) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var (start, sum) = (0, 0.0)
        for block in weights.indices {
            if pauses[block], block > start, sum >= leastShareAtPause * length {
                runs.append(start..<block)
                (start, sum) = (block, 0)
            }
            sum += weights[block]
            if sum >= length - 1e-9 {
                runs.append(start..<(block + 1))
                (start, sum) = (block + 1, 0)
            }
        }
        return runs
    }
}

/// Sums of background statistics over some blocks, and where they lie in speaker space.
struct StatisticsWindow {
    private let space: SpeakerSpace
    private var counts = [Double](repeating: 0, count: SpeakerPrior.componentCount)
    private var sums = [Double](repeating: 0, count: SpeakerPrior.rowCount)
    private var axes = [Double](repeating: 0, count: SpeakerPrior.axisLanes)

    /// No block of `space` yet.
    init(space: SpeakerSpace) { self.space = space }

    /// Adds a block, or takes it away with `sign` −1.
    mutating func add(_ block: Int, _ sign: Double) {
        space.counts.withUnsafeBufferPointer { blockCounts in
            space.sums.withUnsafeBufferPointer { blockSums in
                guard let blockCounts = blockCounts.baseAddress, let blockSums = blockSums.baseAddress else { return }
                add_to_window(
                    blockCounts + block * SpeakerPrior.componentCount, blockSums + block * SpeakerPrior.rowCount, sign,
                    &counts, &sums)
            }
        }
    }

    /// Thirty coordinates and two zeros; components with a count up to `leastCount` are left out.
    mutating func coordinates(leastCount: Double) -> [Double] {
        project_statistics(
            counts, sums, space.prior.rootWeights, Double(SpeakerSpace.relevance), leastCount, space.prior.projection,
            &axes)
        return axes
    }
}
