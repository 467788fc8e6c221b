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
        for block in 0..<blocks.count {
            let start = blocks.positions[block] * parameters.blockLength
            for frame in start..<min(start + parameters.blockLength, mask.count) where mask[frame] {
                let cepstra = (transform(features.row(frame)) - mean) * scale
                accumulate(cepstra, weight: Float(frameWeights[frame]), block: block)
            }
        }
    }

    private mutating func accumulate(_ cepstra: SIMD16<Float>, weight: Float, block: Int) {
        let components = SpeakerPrior.componentCount
        let dimension = PackedSymmetric.dimension
        withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: components / 8) { scores in
            prior.scores(of: cepstra, into: scores)
            var best = -Float.infinity
            for group in 0..<(components / 8) { best = max(best, scores[group].max()) }
            var total: Float = 0
            for group in 0..<(components / 8) {
                scores[group] = exponential(scores[group] - best)
                total += scores[group].sum()
            }
            for component in 0..<components {
                let posterior = scores[component / 8][component % 8] / total
                guard posterior >= Self.leastPosterior else { continue }
                let share = posterior * weight
                counts[block * components + component] += share
                let first = component * dimension
                let target = block * SpeakerPrior.rowCount + first
                for row in 0..<dimension {
                    sums[target + row] +=
                        share * (cepstra[row] - prior.means[first + row]) * prior.rootPrecisions[first + row]
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
        let (components, dimension) = (SpeakerPrior.componentCount, PackedSymmetric.dimension)
        var result = [Double](repeating: 0, count: SpeakerPrior.axisCount)
        for component in 0..<components {
            let count = run.reduce(Float(0)) { $0 + counts[$1 * components + component] }
            guard count > 0 else { continue }
            let scale = prior.rootWeights[component] / (count + Self.relevance)
            for row in (component * dimension)..<((component + 1) * dimension) {
                let sum = run.reduce(Float(0)) { $0 + sums[$1 * SpeakerPrior.rowCount + row] }
                let value = Double(scale * sum)
                for axis in 0..<SpeakerPrior.axisCount {
                    result[axis] += value * Double(prior.projection[row * SpeakerPrior.axisCount + axis])
                }
            }
        }
        return result
    }

    /// Consecutive runs of whole blocks, each the shortest with at least `length` weighted frames; the incomplete last
    /// one is left out.
    package func runs(length: Double) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var (start, sum) = (0, 0.0)
        for block in weights.indices {
            sum += weights[block]
            if sum >= length - 1e-9 {
                runs.append(start..<(block + 1))
                (start, sum) = (block + 1, 0)
            }
        }
        return runs
    }
}

extension SpeakerPrior {
    /// Logarithms of weight times density of each component, eight components side by side.
    @inline(__always)
    func scores(of cepstra: SIMD16<Float>, into scores: UnsafeMutableBufferPointer<SIMD8<Float>>) {
        let components = Self.componentCount
        constant.withUnsafeBytes { constant in
            linear.withUnsafeBytes { linear in
                quadratic.withUnsafeBytes { quadratic in
                    for group in 0..<(components / 8) {
                        var sum = constant.loadUnaligned(fromByteOffset: group * 32, as: SIMD8<Float>.self)
                        for row in 0..<PackedSymmetric.dimension {
                            let offset = (row * components + group * 8) * 4
                            let slope = linear.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                            let bend = quadratic.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                            sum += (slope + bend * cepstra[row]) * cepstra[row]
                        }
                        scores[group] = sum
                    }
                }
            }
        }
    }
}
