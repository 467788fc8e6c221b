private import RealModule
package import SpectralAnalysis

/// Where there is speech: a learnt score per frame, then a two-state decoder.
package struct VoiceActivity: Sendable {
    /// Log odds of speech per frame, before scaling.
    package let score: [Float]
    /// Speech or not, per frame.
    package let mask: [Bool]
    /// Number of frames with speech.
    package let voiceFrameCount: Int
    /// Frames of speech expected among those taken for silence, after their score: a soft voice hides here.
    package let expectedMissedFrames: Double
    /// Frames of silence expected among those taken for speech.
    package let expectedFalseFrames: Double

    /// Finds the speech in `features`; none where the recording is too short or its level is steady.
    package init(features: SpectralFeatures, parameters: VoiceActivityParameters) {
        let frames = features.frameCount
        guard frames > 0 else {
            (score, mask, voiceFrameCount) = ([], [], 0)
            (expectedMissedFrames, expectedFalseFrames) = (0, 0)
            return
        }
        let floor = NoiseFloor(features: features, parameters: parameters)
        var levels = floor.level
        let span = -quantile(&levels, 0.05) + quantile(&levels, 0.95)
        guard span >= parameters.leastLevelSpan else {
            score = [Float](repeating: -.infinity, count: frames)
            mask = [Bool](repeating: false, count: frames)
            voiceFrameCount = 0
            (expectedMissedFrames, expectedFalseFrames) = (0, 0)
            return
        }
        var terms = VoiceScoreSum(floor: floor, features: features, parameters: parameters)
        terms.addSmoothedTerms()
        terms.addLevelTerms()
        var score = terms.score
        for (frame, isSteady) in steadySound(features, parameters: parameters).enumerated() where isSteady {
            score[frame] = parameters.steadyScore
        }
        self.score = score
        mask = SpeechDecoder(parameters: parameters).decode(score)
        voiceFrameCount = mask.reduce(0) { $0 + ($1 ? 1 : 0) }
        var (missed, wrong) = (0.0, 0.0)
        for (isSpeech, score) in zip(mask, score) {
            let probability = 1 / (1 + Double.exp(-Double(score)))
            if isSpeech { wrong += 1 - probability } else { missed += probability }
        }
        (expectedMissedFrames, expectedFalseFrames) = (missed, wrong)
    }
}

/// Adds up the terms of the voice score over all frames.
private struct VoiceScoreSum {
    private(set) var score: [Float]
    private let level: [Float]
    private var ratio: [Float]
    private var contrast: [Float]
    private var harmonicity: [Float]
    private static let bands = SpectralFeatures.bandCount
    /// Frames handled side by side.
    private static let tile = 16

    init(floor: NoiseFloor, features: SpectralFeatures, parameters: VoiceActivityParameters) {
        let frames = features.frameCount
        level = floor.level
        let origin = VoiceScore.terms.reduce(VoiceScore.bias) { $0 - $1.slope * $1.mean }
        score = [Float](repeating: Float(origin), count: frames)
        ratio = [Float](repeating: 0, count: frames)
        contrast = ratio
        harmonicity = features.harmonicity.map { min(max($0, 0), 1) }
        addSpectralTerms(floor, features, parameters)
        add(VoiceScore.harmonicity, harmonicity)
        add(VoiceScore.contrast, contrast)
    }

    /// Terms made from one frame's bands: ratios to the floor and contrast.
    private mutating func addSpectralTerms(
        _ floor: NoiseFloor, _ features: SpectralFeatures, _ parameters: VoiceActivityParameters
    ) {
        let (bands, tile) = (Self.bands, Self.tile)
        let groupSlopes = [VoiceScore.band0, VoiceScore.band1, VoiceScore.band2, VoiceScore.band3].map {
            Float($0.slope)
        }
        let topCount = bands / 4
        withUnsafeTemporaryAllocation(of: Float.self, capacity: (bands + topCount + 5) * tile) { scratch in
            guard let ratios = scratch.baseAddress else { return }
            let top = ratios + bands * tile
            let sums = top + topCount * tile
            for start in stride(from: 0, to: features.frameCount, by: tile) {
                let width = min(tile, features.frameCount - start)
                fillTile(ratios, start, width, floor, features, parameters)
                top.update(repeating: -.infinity, count: topCount * tile)
                sums.update(repeating: 0, count: 5 * tile)
                for band in 0..<bands {
                    let source = ratios + band * tile
                    let group = sums + (band / topCount) * tile
                    for frame in 0..<tile { group[frame] += source[frame] }
                    // Insertion into the sorted greatest ratios, all frames of the tile side by side.
                    for rank in 0..<topCount { Self.exchange(top + rank * tile, source) }
                }
                for frame in 0..<width {
                    var mean: Float = 0
                    var sum: Float = 0
                    for group in 0..<4 {
                        let value = sums[group * tile + frame] / Float(topCount)
                        mean += value / 4
                        sum += groupSlopes[group] * value
                    }
                    var highest: Float = 0
                    for rank in 0..<topCount { highest += top[rank * tile + frame] }
                    ratio[start + frame] = mean
                    score[start + frame] +=
                        sum + Float(VoiceScore.ratio.slope) * mean
                        + Float(VoiceScore.topRatio.slope) * highest / Float(topCount)
                }
            }
        }
    }

    /// Ratios of a tile of frames, band by band; contrast of each frame on the way.
    private mutating func fillTile(
        _ ratios: UnsafeMutablePointer<Float>, _ start: Int, _ width: Int, _ floor: NoiseFloor,
        _ features: SpectralFeatures, _ parameters: VoiceActivityParameters
    ) {
        let bands = Self.bands
        let (least, margin, greatest) = (parameters.leastLogPower, parameters.floorMargin, parameters.greatestRatio)
        floor.floors.withUnsafeBufferPointer { floors in
            for frame in 0..<width {
                let row = features.row(start + frame)
                let (block, part) = blockPosition(
                    ofFrame: start + frame, blockLength: floor.blockLength, blockCount: floor.blockCount)
                let here = block * bands
                let next = min(block + 1, floor.blockCount - 1) * bands
                contrast[start + frame] = Self.contrast(row, least: least)
                for band in 0..<bands {
                    let power = row[band] > least ? row[band] : least
                    let quiet = floors[here + band] * (1 - part) + floors[next + band] * part
                    let value = power - quiet - margin
                    ratios[band * Self.tile + frame] = value < 0 ? 0 : (value > greatest ? greatest : value)
                }
            }
        }
    }

    /// Standard deviation of a row's log powers.
    private static func contrast(_ row: UnsafePointer<Float>, least: Float) -> Float {
        let raw = UnsafeRawPointer(row)
        let limit = SIMD8<Float>(repeating: least)
        var sums = SIMD8<Float>.zero
        var squares = SIMD8<Float>.zero
        for offset in stride(from: 0, to: bands * 4, by: 32) {
            var power = raw.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
            power.replace(with: limit, where: power .< limit)
            // Relative to −12, the middle of the range, so that squares lose no precision.
            power += 12
            sums += power
            squares += power * power
        }
        let mean = sums.sum() / Float(bands)
        return max(squares.sum() / Float(bands) - mean * mean, 0).squareRoot()
    }

    @inline(__always)
    private static func exchange(_ greater: UnsafeMutablePointer<Float>, _ smaller: UnsafeMutablePointer<Float>) {
        for frame in 0..<tile {
            let (one, other) = (greater[frame], smaller[frame])
            greater[frame] = one > other ? one : other
            smaller[frame] = one > other ? other : one
        }
    }

    /// Terms that look at the frames around: moving averages of ratio, harmonicity and contrast.
    mutating func addSmoothedTerms() {
        addAverages(of: ratio, [(VoiceScore.ratio11, 11), (VoiceScore.ratio31, 31), (VoiceScore.ratio101, 101)])
        addAverages(of: harmonicity, [(VoiceScore.harmonicity31, 31), (VoiceScore.harmonicity101, 101)])
        addAverages(of: contrast, [(VoiceScore.contrast31, 31)])
        contrast = []
        let voiced = zip(harmonicity, ratio).map { $0 * min($1, 3) }
        ratio = []
        addAverages(of: voiced, [(VoiceScore.voicedRatio11, 11), (VoiceScore.voicedRatio31, 31)])
    }

    /// Terms that compare the level with the recording's own levels.
    mutating func addLevelTerms() {
        addModulation()
        // Digital silence says nothing about the level of the quiet in a recording.
        var active = level.filter { $0 > -19.9 }
        if active.count <= 50 { active = level }
        let (low, high) = (quantile(&active, 0.05), quantile(&active, 0.95))
        add(VoiceScore.aboveLow, level.map { min(max($0 - low, -2), 8) })
        add(VoiceScore.belowHigh, level.map { min(max(high - $0, -2), 8) })
        addConstant(VoiceScore.levelRange, Double(min(high - low, 10)))

        let local = Self.localQuiet(level)
        let above = zip(level, local).map { min(max($0 - $1, -1), 8) }
        add(VoiceScore.aboveLocal, above)
        addAverages(of: above, [(VoiceScore.aboveLocal31, 31)])

        let otsu = OtsuThreshold(movingAverage(level, width: 11))
        let gap = max(otsu.upperMean - otsu.lowerMean, 0.5)
        let place = level.map { min(max(($0 - otsu.threshold) / gap, -2), 2) }
        addConstant(VoiceScore.otsuGap, Double(min(gap, 8)))
        add(VoiceScore.otsu, place)
        addAverages(of: place, [(VoiceScore.otsu31, 31)])
        let smoothed = movingAverage(harmonicity, width: 11)
        add(VoiceScore.harmonicity11, smoothed)
        add(VoiceScore.otsuVoiced, zip(place, smoothed).map { $0 * $1 })
    }

    private mutating func addModulation() {
        let centre = Float(level.reduce(0.0) { $0 + Double($1) } / Double(level.count))
        let centred = level.map { $0 - centre }
        let mean = movingAverage(centred, width: 51)
        let square = movingAverage(centred.map { $0 * $0 }, width: 51)
        add(VoiceScore.modulation, zip(square, mean).map { max($0 - $1 * $1, 0).squareRoot() })
    }

    /// The lower fifth of the quiet (10 % quantile) of half-second blocks within 10 s on either side.
    private static func localQuiet(_ level: [Float]) -> [Float] {
        let (length, reach) = (50, 20)
        let count = max(1, level.count / length)
        let quiet = (0..<count).map { block -> Float in
            var values = Array(level[(block * length)..<(block == count - 1 ? level.count : (block + 1) * length)])
            return quantile(&values, 0.1)
        }
        let smoothed = (0..<count).map { block -> Float in
            var values = ((block - reach)...(block + reach)).map { index -> Float in
                if count <= reach { return quiet[min(max(index, 0), count - 1)] }
                let reflected = index < 0 ? -index : (index >= count ? 2 * (count - 1) - index : index)
                return quiet[reflected]
            }
            return quantile(&values, 0.2)
        }
        return interpolate(blocks: smoothed, blockLength: length, count: level.count)
    }

    private mutating func add(_ term: VoiceScore.Term, _ values: [Float]) {
        let slope = Float(term.slope)
        for frame in values.indices { score[frame] += slope * values[frame] }
    }

    private mutating func addConstant(_ term: VoiceScore.Term, _ value: Double) {
        let share = Float(term.slope * value)
        for frame in score.indices { score[frame] += share }
    }

    private mutating func addAverages(of values: [Float], _ terms: [(VoiceScore.Term, Int)]) {
        for (term, width) in terms { add(term, movingAverage(values, width: width)) }
    }
}
