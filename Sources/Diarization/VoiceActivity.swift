private import CSpeechKernels
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
    /// Level of loud speech that the quiet was measured from, log power.
    package let loudLevel: Float
    /// Whether speech ends as fast as near a microphone.
    package let isNear: Bool
    /// What brings the noise around the speech to one level; nil without speech.
    package let noise: NoiseEqualisation?

    /// Finds the speech in `features`; none where the recording is too short or its level is steady.
    ///
    /// - Parameters:
    ///   - loudLevel: level of loud speech where more is known than `features` holds; nil takes it from them.
    ///   - commonFloor: floor that the noise is brought to, per band; nil takes it from the features.
    ///   - threads: share the work; the result does not depend on how many.
    package init(
        features: SpectralFeatures, loudLevel: Float? = nil, commonFloor: [Float]? = nil,
        parameters: VoiceActivityParameters, threads: Int = 1
    ) {
        let frames = features.frameCount
        guard frames > 0 else {
            (score, mask, voiceFrameCount) = ([], [], 0)
            (expectedMissedFrames, expectedFalseFrames) = (0, 0)
            self.loudLevel = loudLevel ?? 0
            isNear = true
            noise = nil
            return
        }
        let loud = loudLevel ?? Self.loudLevel(features, parameters)
        self.loudLevel = loud
        let floor = NoiseFloor(features: features, loud: loud, parameters: parameters, threads: threads)
        let range = Self.levelRange(floor)
        guard range.high - range.low >= parameters.leastLevelSpan else {
            score = [Float](repeating: -.infinity, count: frames)
            mask = [Bool](repeating: false, count: frames)
            voiceFrameCount = 0
            (expectedMissedFrames, expectedFalseFrames) = (0, 0)
            isNear = true
            noise = nil
            return
        }
        noise = NoiseEqualisation(floor: floor, commonFloor: commonFloor, parameters: parameters)
        var terms = VoiceScoreSum(floor: floor, features: features, parameters: parameters, threads: threads)
        terms.addSmoothedTerms()
        terms.addLevelTerms(low: range.low, high: range.high)
        var score = terms.score
        let highest = movingMaximum(floor.level, width: parameters.edgeWindow, threads: threads)
        Self.silenceTonesAndMusic(in: &score, features, floor, parameters, threads)
        Self.silenceVoiceless(in: &score, features, floor.level, highest, parameters, threads)
        self.score = score
        var decoding = parameters
        decoding.bridgedPause = Self.bridgedPause(floor.level, parameters)
        isNear = decoding.bridgedPause == parameters.bridgedPause
        let decoder = SpeechDecoder(parameters: decoding)
        mask = decoder.tidy(
            zip(decoder.decode(score), zip(floor.level, highest)).map { isSpeech, levels in
                isSpeech && levels.0 > levels.1 - parameters.edgeDepth
            })
        voiceFrameCount = mask.reduce(0) { $0 + ($1 ? 1 : 0) }
        (expectedMissedFrames, expectedFalseFrames) = Self.expectedErrors(score, mask)
    }
}

extension VoiceActivity {
    /// Takes the score away from what is neither speech nor noise.
    private static func silenceTonesAndMusic(
        in score: inout [Float], _ features: SpectralFeatures, _ floor: NoiseFloor,
        _ parameters: VoiceActivityParameters,
        _ threads: Int
    ) {
        let change = spectralChange(features, parameters: parameters, threads: threads)
        let steady = steadySound(change: change, parameters: parameters)
        let tones = callTones(features, parameters: parameters, threads: threads)
        let music = musicOnHold(
            change: change, score: score, isSteady: steady, level: floor.level, leastLevel: floor.leastLogPower,
            parameters: parameters)
        for frame in score.indices where steady[frame] || tones[frame] || music[frame] {
            score[frame] = parameters.steadyScore
        }
    }

    /// Takes the score away from sound without voice.
    private static func silenceVoiceless(
        in score: inout [Float], _ features: SpectralFeatures, _ level: [Float], _ highest: [Float],
        _ parameters: VoiceActivityParameters, _ threads: Int
    ) {
        let voiceless = voicelessSound(
            score: score, level: level, highest: highest, harmonicity: features.harmonicity, parameters: parameters,
            threads: threads)
        for frame in score.indices where voiceless[frame] { score[frame] = parameters.steadyScore }
    }

    /// Frames of speech expected outside of `mask`, and of silence in it, by their score.
    private static func expectedErrors(_ score: [Float], _ mask: [Bool]) -> (missed: Double, wrong: Double) {
        var (missed, wrong) = (0.0, 0.0)
        for start in stride(from: 0, to: score.count, by: 8) {
            var scores = SIMD8<Float>(repeating: 0)
            let count = min(8, score.count - start)
            for lane in 0..<count { scores[lane] = -score[start + lane] }
            let probabilities = 1 / (1 + exponential(scores))
            for lane in 0..<count {
                let probability = Double(probabilities[lane])
                if mask[start + lane] { wrong += 1 - probability } else { missed += probability }
            }
        }
        return (missed, wrong)
    }

    /// What the smoothed level exceeds for 5 % of the time or for 30 s, whichever is less, log power.
    private static func loudLevel(_ features: SpectralFeatures, _ parameters: VoiceActivityParameters) -> Float {
        let rows = features.rowTable
        let (last, width) = (features.frameCount - 1, parameters.levelSmoothing)
        let step = last / quantileFrameCount + 1
        var levels = stride(from: 0, through: last, by: step).map { middle -> Float in
            let around = (middle - width / 2)..<(middle - width / 2 + width)
            return around.reduce(0) { $0 + mean_level(rows[min(max($1, 0), last)]) } / Float(width)
        }
        let active = levels.filter { $0 > parameters.digitalSilence }
        if active.count > leastActiveFrames { levels = active }
        let share = min(parameters.loudShare, Double(parameters.loudFrames) / Double(step * levels.count))
        return quantile(&levels, 1 - share)
    }

    /// Pauses up to this are bridged, frames: fewer where the level falls slowly.
    package static func bridgedPause(_ level: [Float], _ parameters: VoiceActivityParameters) -> Int {
        let last = level.count - 1
        var falls = stride(from: 0, through: last, by: last / quantileFrameCount + 1).map { frame in
            level[frame] - level[min(frame + parameters.fallWindow, last)]
        }
        let perFrame = max(quantile(&falls, 1 - parameters.fallShare), 0.1) / Float(parameters.fallWindow)
        let echo = max(parameters.edgeDepth / perFrame - parameters.unechoedFall, 0)
        return max(parameters.bridgedPause - Int(echo), min(parameters.leastBridgedPause, parameters.bridgedPause))
    }

    /// The 5 % and 95 % quantiles of the level, without frames at the least there is: silence that was cut off, and all the
    /// time in which somebody is muted, says nothing about the quiet in a recording.
    private static func levelRange(_ floor: NoiseFloor) -> (low: Float, high: Float) {
        var active = floor.level.filter { $0 > floor.leastLogPower + silenceMargin }
        if active.count <= leastActiveFrames { active = floor.level }
        active = spread(active, most: quantileFrameCount)
        return (quantile(&active, 0.05), quantile(&active, 0.95))
    }

    /// Levels up to this far above the least there is are silence, log power.
    static let silenceMargin: Float = 0.1

    /// Quantiles of a whole recording are taken over at most so many of its frames, evenly spread.
    fileprivate static let quantileFrameCount = 50_000
    /// With fewer frames that are not digital silence all of them are looked at.
    fileprivate static let leastActiveFrames = 50
}

/// Adds up the terms of the voice score over all frames.
private struct VoiceScoreSum {
    private(set) var score: [Float]
    private let level: [Float]
    private let threads: Int
    private var ratio: [Float]
    private var contrast: [Float]
    private var harmonicity: [Float]

    init(floor: NoiseFloor, features: SpectralFeatures, parameters: VoiceActivityParameters, threads: Int) {
        let frames = features.frameCount
        self.threads = threads
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

    /// Terms made from one frame's bands: ratios to the floor and contrast; eight frames side by side.
    private mutating func addSpectralTerms(
        _ floor: NoiseFloor, _ features: SpectralFeatures, _ parameters: VoiceActivityParameters
    ) {
        let ratios = RatioTerms(rows: features.rowTable, frameCount: features.frameCount, floor, parameters)
        score.withUnsafeMutableBufferPointer { score in
            ratio.withUnsafeMutableBufferPointer { ratio in
                contrast.withUnsafeMutableBufferPointer { contrast in
                    forEachPart(of: features.frameCount, length: SpectralFeatures.framesPerChunk, threads: threads) {
                        ratios.add($0, score, ratio, contrast)
                    }
                }
            }
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
    ///
    /// - Parameters:
    ///   - low: 5 % quantile of the level.
    ///   - high: 95 % quantile of the level.
    mutating func addLevelTerms(low: Float, high: Float) {
        addModulation()
        add(VoiceScore.aboveLow, level.map { min(max($0 - low, -2), 8) })
        add(VoiceScore.belowHigh, level.map { min(max(high - $0, -2), 8) })
        addConstant(VoiceScore.levelRange, Double(min(high - low, 10)))

        let local = Self.localQuiet(level)
        let above = zip(level, local).map { min(max($0 - $1, -1), 8) }
        add(VoiceScore.aboveLocal, above)
        addAverages(of: above, [(VoiceScore.aboveLocal31, 31)])

        let otsu = OtsuThreshold(movingAverage(level, width: 11, threads: threads))
        let gap = max(otsu.upperMean - otsu.lowerMean, 0.5)
        let place = level.map { min(max(($0 - otsu.threshold) / gap, -2), 2) }
        addConstant(VoiceScore.otsuGap, Double(min(gap, 8)))
        add(VoiceScore.otsu, place)
        addAverages(of: place, [(VoiceScore.otsu31, 31)])
        let smoothed = movingAverage(harmonicity, width: 11, threads: threads)
        add(VoiceScore.harmonicity11, smoothed)
        add(VoiceScore.otsuVoiced, zip(place, smoothed).map { $0 * $1 })
    }

    private mutating func addModulation() {
        let centre = Float(level.reduce(0.0) { $0 + Double($1) } / Double(level.count))
        let centred = level.map { $0 - centre }
        let mean = movingAverage(centred, width: 51, threads: threads)
        let square = movingAverage(centred.map { $0 * $0 }, width: 51, threads: threads)
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
        func value(_ index: Int) -> Float {
            if count <= reach { return quiet[min(max(index, 0), count - 1)] }
            return quiet[index < 0 ? -index : (index >= count ? 2 * (count - 1) - index : index)]
        }
        // The blocks around in order: one leaves and one enters from block to block.
        var around = (-reach...reach).map(value).sorted()
        let smoothed = (0..<count).map { block -> Float in
            if block > 0 {
                let (leaving, entering) = (value(block - 1 - reach), value(block + reach))
                if let place = around.firstIndex(of: leaving) { around.remove(at: place) }
                around.insert(entering, at: around.firstIndex { $0 > entering } ?? around.count)
            }
            return quantile(sorted: around, 0.2)
        }
        return interpolate(blocks: smoothed, blockLength: length, count: level.count)
    }

    private mutating func add(_ term: VoiceScore.Term, _ values: [Float]) {
        let slope = Float(term.slope)
        score.withUnsafeMutableBufferPointer { score in
            values.withUnsafeBufferPointer { values in
                for frame in values.indices { score[frame] += slope * values[frame] }
            }
        }
    }

    private mutating func addConstant(_ term: VoiceScore.Term, _ value: Double) {
        let share = Float(term.slope * value)
        score.withUnsafeMutableBufferPointer { score in
            for frame in score.indices { score[frame] += share }
        }
    }

    private mutating func addAverages(of values: [Float], _ terms: [(VoiceScore.Term, Int)]) {
        addMovingAverages(values, terms.map { (Float($0.0.slope), $0.1) }, to: &score, threads: threads)
    }
}

/// The terms of the voice score that are made from one frame's bands.
private struct RatioTerms {
    private let rows: RowTable
    private let frameCount: Int
    private let floor: NoiseFloor
    private let terms: ratio_terms

    init(rows: RowTable, frameCount: Int, _ floor: NoiseFloor, _ parameters: VoiceActivityParameters) {
        (self.rows, self.frameCount, self.floor) = (rows, frameCount, floor)
        let slopes = [VoiceScore.band0, VoiceScore.band1, VoiceScore.band2, VoiceScore.band3].map { Float($0.slope) }
        terms = ratio_terms(
            least: floor.leastLogPower, margin: parameters.floorMargin, greatest: parameters.greatestRatio,
            group_slopes: (slopes[0], slopes[1], slopes[2], slopes[3]), mean_slope: Float(VoiceScore.ratio.slope),
            top_slope: Float(VoiceScore.topRatio.slope))
    }

    /// Adds the terms of `frames` to `score` and writes their ratio and contrast.
    func add(
        _ frames: Range<Int>, _ score: UnsafeMutableBufferPointer<Float>, _ ratio: UnsafeMutableBufferPointer<Float>,
        _ contrast: UnsafeMutableBufferPointer<Float>
    ) {
        let (tile, bands) = (8, SpectralFeatures.bandCount)
        var terms = terms
        var rows = [UnsafePointer<Int16>?](repeating: nil, count: tile)
        var here = [UnsafePointer<Float>?](repeating: nil, count: tile)
        var next = here
        var parts = [Float](repeating: 0, count: tile)
        var (scores, ratios, contrasts) = (parts, parts, parts)
        func block(_ frame: Int) -> (block: Int, part: Float) {
            blockPosition(ofFrame: frame, blockLength: floor.blockLength, blockCount: floor.blockCount)
        }
        let firstBlock = block(frames.lowerBound).block
        let endBlock = min(block(min(frames.upperBound, frameCount) - 1).block + 2, floor.blockCount)
        let floors = floor.floors[(firstBlock * bands)..<(endBlock * bands)].map { max($0, floor.leastFloor) }
        floors.withUnsafeBufferPointer { floors in
            guard let floors = floors.baseAddress else { return }
            for start in stride(from: frames.lowerBound, to: frames.upperBound, by: tile) {
                for place in 0..<tile {
                    // Beyond the end the last frame stands in; what comes of it is not kept.
                    let frame = min(start + place, frameCount - 1)
                    rows[place] = self.rows[frame]
                    let (block, part) = block(frame)
                    here[place] = floors + (block - firstBlock) * bands
                    next[place] = floors + (min(block + 1, floor.blockCount - 1) - firstBlock) * bands
                    parts[place] = part
                    scores[place] = score[frame]
                }
                take_ratios(&terms, rows, here, next, parts, &scores, &ratios, &contrasts)
                for place in 0..<min(tile, frames.upperBound - start) {
                    score[start + place] = scores[place]
                    ratio[start + place] = ratios[place]
                    contrast[start + place] = contrasts[place]
                }
            }
        }
    }
}
