private import CSpeechKernels
private import RealModule
package import SpectralAnalysis

/// Every few frames of speech as 16 band levels: what overlapped speech is looked for in once it is known who speaks.
package struct OverlapSamples: Sendable {
    /// Frames from one sample to the next.
    package let step: Int
    /// Whether there is speech at each sample.
    let isSpeech: [Bool]
    /// `[speech samples × 16]` means of two mel bands each, natural logarithm of power.
    let rows: [Float]
    /// Strongest band of each speech sample.
    let levels: [Float]
    /// Harmonicity of each speech sample.
    let harmonicity: [Float]

    static let bandCount = SpeakerMixture.bandCount

    /// Samples of `features` where `mask` says speech; their rows must still be held.
    package init(features: SpectralFeatures, mask: [Bool], parameters: OverlapParameters) {
        let speech = mask.count { $0 }
        let step = min(
            max(speech / parameters.greatestSampleCount, parameters.sampleSteps.lowerBound),
            parameters.sampleSteps.upperBound)
        self.step = step
        let frames = stride(from: 0, to: mask.count, by: step)
        isSpeech = frames.map { mask[$0] }
        let sounding = frames.filter { mask[$0] }
        let table = features.rowTable
        var levels = [Float](repeating: 0, count: sounding.count)
        rows = [Float](unsafeUninitializedCapacity: sounding.count * Self.bandCount) { rows, written in
            for (index, frame) in sounding.enumerated() {
                levels[index] = take_pair_means(
                    table[frame], rows.baseAddress.map { $0 + index * Self.bandCount })
            }
            written = rows.count
        }
        self.levels = levels
        harmonicity = sounding.map { features.harmonicity[$0] }
    }
}

/// Finds where both people speak at once, in a recording in which every frame of speech was given to one of them.
///
/// Each person's speech is learnt as a Gaussian mixture of band levels. Of two voices the louder one is heard in each
/// band (Nadas, Nahamoo and Picheny 1989), so two mixtures give a likelihood of both together without any speech of both
/// to learn from. How much better it fits than one person's, and six more features, make a score; a chain with two states
/// decides.
package struct OverlapDetector {
    private let samples: OverlapSamples
    private let parameters: OverlapParameters
    /// Whether each speech sample is the first person's.
    private let isFirst: [Bool]
    /// Where each speech sample lies among all samples.
    private let places: [Int]
    /// Speech samples before each sample, and in all.
    private let speechBefore: [Int]

    /// A detector for `samples`, of which those are the first person's whose posterior in `first`, per frame, is 0.5 or more.
    package init(samples: OverlapSamples, first: [Float], parameters: OverlapParameters) {
        self.samples = samples
        self.parameters = parameters
        var count = 0
        speechBefore =
            samples.isSpeech.map { isSpeech in
                defer { if isSpeech { count += 1 } }
                return count
            } + [samples.rows.count / OverlapSamples.bandCount]
        places = samples.isSpeech.indices.filter { samples.isSpeech[$0] }
        isFirst = places.map { first[$0 * samples.step] >= 0.5 }
    }

    /// Frames in which both speak; empty where one of them speaks too little to be learnt.
    package func overlaps(threads: Int = 1) -> [Range<Int>] {
        guard let score = score(threads: threads) else { return [] }
        let step = samples.step
        var gains = [Float](repeating: -parameters.silenceCost, count: samples.isSpeech.count)
        for (place, score) in zip(places, score) {
            let gain = score - parameters.leastScore
            gains[place] = min(max(gain, -parameters.greatestGain), parameters.greatestGain)
        }
        return Self.stretches(
            gains.map { $0 * Float(step) }, least: (parameters.leastFrames + step - 1) / step,
            cost: parameters.stretchCost
        ).map { ($0.lowerBound * step)..<($0.upperBound * step) }
    }

    /// Score of every speech sample: log odds that both speak.
    func score(threads: Int) -> [Float]? {
        let counts = (isFirst.count { $0 }, isFirst.count { !$0 })
        guard min(counts.0, counts.1) * samples.step >= max(parameters.leastSpeech, 1) else { return nil }
        let mixtures = [true, false].map { side in
            SpeakerMixture(rows: samples.rows, where: isFirst.map { $0 == side }, parameters: parameters)
        }
        let (one, other, both) = mixtures[0].likelihoods(
            with: mixtures[1], of: samples.rows, parameters: parameters, threads: threads)
        let fit = zip(one, other).map(max)
        let gain = zip(both, fit).map { $0 - $1 }
        let advantage = zip(zip(one, other), isFirst).map { max($1 ? $0.1 - $0.0 : $0.0 - $0.1, 0) }
        let (short, long) = (
            Self.reach(parameters.shortReach, samples.step), Self.reach(parameters.longReach, samples.step)
        )
        let place = relative(gain, to: movingMean(gain, short))
        var score = [Float](repeating: OverlapScore.bias, count: fit.count)
        func add(_ weight: Float, _ values: [Float]) {
            for index in values.indices { score[index] += weight * values[index] }
        }
        add(OverlapScore.gain, movingMean(place, short))
        add(OverlapScore.gainLong, movingMean(place, long))
        add(OverlapScore.otherFits, movingMean(advantage, short).map { Float.log(onePlus: $0) })
        add(OverlapScore.level, movingMean(normalised(samples.levels), short))
        add(OverlapScore.harmonicity, movingMean(normalised(samples.harmonicity), short))
        add(OverlapScore.fit, movingMean(normalised(fit), short))
        add(OverlapScore.fitOfBoth, movingMean(normalised(both), short))
        return score
    }

    /// Samples on either side of a window of `frames` on either side.
    private static func reach(_ frames: Int, _ step: Int) -> Int {
        Int((Double(frames) / Double(step)).rounded(.toNearestOrEven))
    }

    /// Mean over the speech samples within `reach`, in time.
    private func movingMean(_ values: [Float], _ reach: Int) -> [Float] {
        var sums = [0.0]
        sums.reserveCapacity(values.count + 1)
        var sum = 0.0
        for value in values {
            sum += Double(value)
            sums.append(sum)
        }
        return places.map { index in
            let low = speechBefore[max(index - reach, 0)]
            let high = speechBefore[min(index + reach + 1, samples.isSpeech.count)]
            return Float((sums[high] - sums[low]) / Double(high - low))
        }
    }

    /// `values` in deviations from the mean of the person's own.
    private func normalised(_ values: [Float]) -> [Float] {
        let sides = [true, false].map { side -> (mean: Float, deviation: Float) in
            let own = zip(values, isFirst).filter { $0.1 == side }.map { Double($0.0) }
            let mean = own.reduce(0, +) / Double(own.count)
            let square = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count)
            return (Float(mean), Float(square.squareRoot()) + 1e-6)
        }
        return zip(values, isFirst).map { value, isFirst in
            let side = sides[isFirst ? 0 : 1]
            return (value - side.mean) / side.deviation
        }
    }

    /// `values` in quartile distances of `smooth` from its median, of the person's own drawn towards those of all.
    private func relative(_ values: [Float], to smooth: [Float]) -> [Float] {
        func middle(_ values: [Float]) -> (median: Float, spread: Float) {
            var values = values
            let (low, high) = (quantile(&values, 0.25), quantile(&values, 0.75))
            return (quantile(&values, 0.5), high - low + 1e-9)
        }
        let all = middle(smooth)
        let sides = [true, false].map { side -> (median: Float, spread: Float) in
            let values = zip(smooth, isFirst).filter { $0.1 == side }.map(\.0)
            let own = middle(values)
            let count = Float(values.count)
            let share = count / (count + Float(parameters.shrinkage) / Float(samples.step))
            return (
                share * own.median + (1 - share) * all.median, share * own.spread + (1 - share) * all.spread
            )
        }
        return zip(values, isFirst).map { value, isFirst in
            let side = sides[isFirst ? 0 : 1]
            return (value - side.median) / side.spread
        }
    }

    /// The stretches of at least `least` places whose gains, `cost` taken off for each stretch, add up to most (Viterbi).
    package static func stretches(_ gains: [Float], least: Int, cost: Double) -> [Range<Int>] {
        var total = [0.0]
        for gain in gains { total.append((total.last ?? 0) + Double(gain)) }
        // Best sum up to a sample that lies outside of a stretch, and in one; where that one began.
        var outside = [Double](repeating: 0, count: gains.count + 1)
        var began = [Int](repeating: -1, count: gains.count + 1)
        var (inside, start) = (-Double.infinity, 0)
        for end in stride(from: 1, through: gains.count, by: 1) {
            inside += Double(gains[end - 1])
            if end >= least {
                let entered = outside[end - least] + total[end] - total[end - least] - cost
                if entered > inside { (inside, start) = (entered, end - least) }
            }
            outside[end] = outside[end - 1]
            if inside > outside[end] { (outside[end], began[end]) = (inside, start) }
        }
        var found: [Range<Int>] = []
        var end = gains.count
        while end > 0 {
            if began[end] >= 0 {
                found.append(began[end]..<end)
                end = began[end]
            } else {
                end -= 1
            }
        }
        return found.reversed()
    }
}
