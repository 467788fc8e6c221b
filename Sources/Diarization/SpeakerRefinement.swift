/// Two full-covariance Gaussians in a chain with least turns, refined from a start by expectation and maximisation.
package struct SpeakerRefinement: Sendable {
    /// Posterior probability of the first speaker, per block.
    package private(set) var first: [Double]
    /// Log likelihood of all speech, block likelihoods raised to the exponent.
    package private(set) var logLikelihood = 0.0
    /// Squared Mahalanobis distance of the two means under the pooled covariance within speakers.
    package private(set) var separation = 0.0
    /// Share of the weighted frames of the person with fewer, 0...0.5.
    package private(set) var smallerSide = 0.0
    /// What the choice among starts goes by; higher is better.
    package private(set) var merit = -Double.infinity

    /// Refines posteriors `start` on `blocks`, whose places in speaker space are `voices` and in the room `places` where
    /// they are known.
    package init(
        start: [Double], blocks: BlockStatistics, voices: BlockVoices? = nil, places: BlockPlaces? = nil,
        parameters: SegmentationParameters
    ) {
        self.init(
            models: Self.sums(blocks, start), start: start, blocks: blocks, voices: voices, places: places,
            parameters: parameters)
    }

    /// Carries the voices found on an excerpt over to all `blocks`, and refines them there.
    package init(
        extending part: SpeakerRefinement, from excerpt: BlockStatistics, to blocks: BlockStatistics,
        places: BlockPlaces? = nil, parameters: SegmentationParameters, threads: Int
    ) {
        self.init(
            models: Self.sums(excerpt, part.first), start: [], blocks: blocks, voices: nil, places: places,
            parameters: parameters, threads: threads)
    }

    private init(
        models: (CepstralMoments, CepstralMoments), start: [Double], blocks: BlockStatistics, voices: BlockVoices?,
        places: BlockPlaces?, parameters: SegmentationParameters, threads: Int = 1
    ) {
        first = start
        let pass = RefinementPass(
            blocks, voices, places, parameters, exponent: parameters.likelihoodExponent, threads: threads)
        var previous = -Double.infinity
        var sums = models
        for iteration in 0..<max(1, parameters.greatestIterationCount) {
            if iteration > 0 { sums = Self.sums(blocks, first, threads: threads) }
            (first, logLikelihood) = pass.posteriors(of: sums, before: first)
            if abs(logLikelihood - previous) < parameters.convergence * abs(logLikelihood) { break }
            previous = logLikelihood
        }
        judge(blocks, pass.regularisation, parameters)
    }

    /// The same voices, and who speaks decided anew with sharper likelihoods: what two people sound like is best learnt
    /// slowly, but once it is known a short answer counts.
    package func decoded(
        _ blocks: BlockStatistics, voices: BlockVoices? = nil, places: BlockPlaces? = nil,
        parameters: SegmentationParameters, threads: Int = 1
    ) -> SpeakerRefinement {
        let pass = RefinementPass(
            blocks, voices, places, parameters, exponent: parameters.decodingExponent, threads: threads)
        var decoded = self
        decoded.first = pass.posteriors(of: Self.sums(blocks, first, threads: threads), before: first).first
        decoded.judge(blocks, pass.regularisation, parameters)
        return decoded
    }

    private mutating func judge(
        _ blocks: BlockStatistics, _ regularisation: [Double], _ parameters: SegmentationParameters
    ) {
        let sums = Self.sums(blocks, first)
        let total = blocks.total.weight
        smallerSide = min(sums.0.weight, sums.1.weight) / total
        guard smallerSide > 0 else { return }
        // Pooled covariance: all second moments minus what the two means explain.
        let means = (sums.0.mean, sums.1.mean)
        var pooled = [Double](repeating: 0, count: PackedSymmetric.entryCount)
        var entry = 0
        for row in 0..<PackedSymmetric.dimension {
            for column in 0...row {
                let products =
                    sums.0.values[CepstralMoments.productStart + entry]
                    + sums.1.values[CepstralMoments.productStart + entry]
                let explained =
                    sums.0.weight * means.0[row] * means.0[column]
                    + sums.1.weight * means.1[row] * means.1[column]
                pooled[entry] = (products - explained) / (sums.0.weight + sums.1.weight)
                entry += 1
            }
            pooled[entry - 1] += regularisation[row]
        }
        let difference = zip(means.0, means.1).map { $0 - $1 }
        _ = pooled.withUnsafeMutableBufferPointer { $0.baseAddress.map(PackedSymmetric.factor) }
        let inverse = pooled.withUnsafeBufferPointer { $0.baseAddress.map(PackedSymmetric.inverse) } ?? []
        separation = PackedSymmetric.quadraticForm(inverse, difference)
        let counted = smallerSide > parameters.leastSide ? min(separation, parameters.greatestSeparation) : 0
        merit = logLikelihood / total / parameters.likelihoodExponent + parameters.separationWeight * counted
    }

    /// Moments of each speaker, blocks weighted by their posteriors.
    fileprivate static func sums(
        _ blocks: BlockStatistics, _ first: [Double], threads: Int = 1
    ) -> (CepstralMoments, CepstralMoments) {
        var sum = CepstralMoments()
        blocks.add(times: first, to: &sum, threads: threads)
        var rest = blocks.total
        rest.add(sum, times: -1)
        rest.values[0] = max(rest.values[0], 0)
        return (sum, rest)
    }

    /// Pseudo-frames that look like the whole recording.
    fileprivate static func prior(of blocks: BlockStatistics, frames: Double) -> CepstralMoments {
        var prior = CepstralMoments()
        prior.add(blocks.total, times: frames / blocks.total.weight)
        return prior
    }
}

/// Posteriors of the blocks under two people's models: the expectation of the refinement.
private struct RefinementPass {
    let blocks: BlockStatistics
    let voices: BlockVoices?
    let places: BlockPlaces?
    /// Added to the variances of a speaker.
    let regularisation: [Double]
    private let exponent: Double
    private let threads: Int
    private let chain: MinimumDurationChain
    private let pauses: [Bool]
    private let prior: CepstralMoments

    init(
        _ blocks: BlockStatistics, _ voices: BlockVoices?, _ places: BlockPlaces?, _ parameters: SegmentationParameters,
        exponent: Double, threads: Int
    ) {
        (self.blocks, self.voices, self.places) = (blocks, voices, places)
        (self.exponent, self.threads) = (exponent, threads)
        regularisation = blocks.variance.map { $0 * parameters.regularisation }
        chain = MinimumDurationChain(parameters)
        pauses = blocks.pauses
        prior = SpeakerRefinement.prior(of: blocks, frames: parameters.priorFrames)
    }

    /// Posteriors of the first person and the log likelihood, with people of moments `sums` whose places in speaker space
    /// and in the room are those of the speech that the posteriors `before` give them.
    func posteriors(
        of sums: (CepstralMoments, CepstralMoments), before: [Double]
    ) -> (first: [Double], logLikelihood: Double) {
        let pair = GaussianPair(sums, prior: prior, regularisation)
        var (advantage, second) = pair.likelihoods(of: blocks, exponent: exponent, threads: threads)
        second += voices?.add(to: &advantage, posteriors: before) ?? 0
        if !before.isEmpty { second += places?.add(to: &advantage, posteriors: before) ?? 0 }
        let result = chain.posteriors(advantage, pauses: pauses)
        // The chain's likelihood is relative to the better of the two in every block.
        return (result.first, result.logLikelihood + second + advantage.reduce(0) { $0 + max($1, 0) })
    }
}

/// The Gaussians of two people that were parted, for speech that was not among what they were parted on.
package struct SpeakerModels: Sendable {
    private let pair: GaussianPair
    private let chain: MinimumDurationChain
    private let exponent: Double

    /// The people of `blocks`, whose posterior of being the first one's is `first`.
    init(blocks: BlockStatistics, first: [Double], parameters: SegmentationParameters) {
        let prior = SpeakerRefinement.prior(of: blocks, frames: parameters.priorFrames)
        let regularisation = blocks.variance.map { $0 * parameters.regularisation }
        pair = GaussianPair(SpeakerRefinement.sums(blocks, first), prior: prior, regularisation)
        chain = MinimumDurationChain(parameters)
        exponent = parameters.decodingExponent
    }

    /// Posterior probability of the first person per block.
    package func posteriors(_ blocks: BlockStatistics) -> [Double] {
        chain.posteriors(
            pair.likelihoods(of: blocks, exponent: exponent, threads: 1).advantage, pauses: blocks.pauses
        ).first
    }
}

/// The Gaussians of two people.
private struct GaussianPair {
    private let one: SpeakerGaussian
    private let other: SpeakerGaussian

    init(_ sums: (CepstralMoments, CepstralMoments), prior: CepstralMoments, _ regularisation: [Double]) {
        one = SpeakerGaussian(sums.0, prior: prior, regularisation)
        other = SpeakerGaussian(sums.1, prior: prior, regularisation)
    }

    /// By how much the first person is likelier than the second in each block, and the log likelihood of all blocks under
    /// the second, both times `exponent`.
    func likelihoods(
        of blocks: BlockStatistics, exponent: Double, threads: Int
    ) -> (advantage: [Double], second: Double) {
        var advantage = [Double](repeating: 0, count: blocks.count)
        var products = (one: advantage, other: advantage)
        var second = 0.0
        blocks.products(with: one.coefficients, and: other.coefficients, into: &products, threads: threads)
        for block in 0..<blocks.count {
            let weight = blocks.weights[block]
            let left = -0.5 * (products.one[block] + weight * one.perFrame)
            let right = -0.5 * (products.other[block] + weight * other.perFrame)
            advantage[block] = exponent * (left - right)
            second += exponent * right
        }
        return (advantage, second)
    }
}

/// One speaker's Gaussian, ready for block likelihoods: a block's log likelihood, without the constant that both
/// speakers share, is minus half of its moments times `coefficients` plus its weight times `perFrame`.
private struct SpeakerGaussian {
    /// Minus twice the precision times the mean, then the packed precision with entries off the diagonal doubled: its
    /// dot product with packed products is a trace; then a zero.
    let coefficients: [Double]
    /// What each weighted frame costs: the mean's own quadratic form plus the log determinant.
    let perFrame: Double

    init(_ sums: CepstralMoments, prior: CepstralMoments, _ regularisation: [Double]) {
        var moments = sums
        moments.add(prior)
        let mean = moments.mean
        var factor = moments.covariance(regularisation: regularisation)
        let logDeterminant = factor.withUnsafeMutableBufferPointer { $0.baseAddress.map(PackedSymmetric.factor) } ?? 0
        let inverse = factor.withUnsafeBufferPointer { $0.baseAddress.map(PackedSymmetric.inverse) } ?? []
        let pull = PackedSymmetric.product(inverse, mean)
        perFrame = zip(pull, mean).reduce(0) { $0 + $1.0 * $1.1 } + logDeterminant
        var coefficients = pull.map { -2 * $0 }
        var entry = 0
        for row in 0..<PackedSymmetric.dimension {
            for column in 0...row {
                coefficients.append(row == column ? inverse[entry] : 2 * inverse[entry])
                entry += 1
            }
        }
        self.coefficients = coefficients + [0]
    }
}
