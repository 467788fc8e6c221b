private import CSpeechKernels
private import RealModule
package import SpectralAnalysis

/// What the two channels of a recording mean.
package enum ChannelLayout: Sendable, Hashable {
    /// Both hold the same signal, perhaps with swapped polarity, or the other one is dead: channel 1 or 2, the louder,
    /// says all.
    case single(channel: Int)
    /// One person per channel; the two typical level differences (channel 1 minus 2) in decibels,
    /// `lower` while the person of channel 2 speaks.
    case separate(lower: Float, upper: Float)
    /// Two microphones in one room.
    case spatial

    /// Finds the layout from the features and speech of both channels.
    package init(
        first: SpectralFeatures, second: SpectralFeatures, firstMask: [Bool], secondMask: [Bool],
        parameters: ChannelParameters
    ) {
        // Medians over so many frames, evenly spread, say as much as over all.
        let voiced = spread(
            firstMask.indices.filter { firstMask[$0] || secondMask[$0] }, most: parameters.greatestVoiceFrameCount)
        let levels = [(first, firstMask), (second, secondMask)].map { features, mask -> Float in
            guard !voiced.isEmpty else { return 0 }
            // Somebody who is muted while the other talks is not dead.
            let own = voiced.filter { mask[$0] }
            return Self.loudLevel(features, own.count < parameters.leastVoiceFrames ? voiced : own)
        }
        if voiced.count < parameters.leastVoiceFrames || levels.contains(where: { $0 < parameters.deadLogPower })
            || Self.medianSpectralDifference(first, second, voiced) < parameters.sameSignalDifference
        {
            self = .single(channel: levels[1] > levels[0] ? 2 : 1)
            return
        }
        let smoothed = movingAverage(Self.levelDifference(first, second), width: parameters.kindSmoothing)
        let differences = voiced.map { smoothed[$0] }
        let threshold = OtsuThreshold(differences).threshold
        var lower = differences.filter { $0 <= threshold }
        var upper = differences.filter { $0 > threshold }
        guard !lower.isEmpty, !upper.isEmpty else {
            self = .spatial
            return
        }
        let modes = (quantile(&lower, 0.5), quantile(&upper, 0.5))
        let share = Double(upper.count) / Double(differences.count)
        let isSeparate =
            modes.1 - modes.0 > parameters.leastModeDistance && modes.0 < -parameters.leastMode
            && modes.1 > parameters.leastMode && share > parameters.leastModeShare
            && share < 1 - parameters.leastModeShare
        self = isSeparate ? .separate(lower: modes.0, upper: modes.1) : .spatial
    }

    /// Decibels of one natural logarithm of power.
    package static let decibelsPerLog: Float = 4.343

    /// Level of channel 1 minus level of channel 2 per frame: mean over the bands, decibels.
    package static func levelDifference(_ first: SpectralFeatures, _ second: SpectralFeatures) -> [Float] {
        // Powers near digital silence differ by chance; both are lifted to the level of faint noise.
        let least: Float = -19
        let (one, other) = (first.rowTable, second.rowTable)
        return (0..<min(first.frameCount, second.frameCount)).map { frame in
            decibelsPerLog * mean_level_difference(one[frame], other[frame], least)
        }
    }

    /// Level of channel 1 minus level of channel 2 around each frame: ratio of the powers summed over `width` frames,
    /// decibels.
    ///
    /// Powers are summed, not logarithms, so that the pauses between syllables, where both channels hold nothing but
    /// noise, do not count.
    package static func powerDifference(_ first: SpectralFeatures, _ second: SpectralFeatures, width: Int) -> [Float] {
        let powers = [first, second].map { features in
            let rows = features.rowTable
            return movingAverage((0..<features.frameCount).map { total_power(rows[$0]) }, width: width)
        }
        return zip(powers[0], powers[1]).map { one, other in
            decibelsPerLog * Float.log(max(one, .leastNormalMagnitude) / max(other, .leastNormalMagnitude))
        }
    }

    /// What the mean log power of a tenth of `frames` exceeds; there is one at least.
    static func loudLevel(_ features: SpectralFeatures, _ frames: [Int]) -> Float {
        let rows = features.rowTable
        var levels = frames.map { mean_level(rows[$0]) }
        return quantile(&levels, 0.9)
    }

    /// Median over speech of the mean distance of the bands' differences from their overall mean, decibels.
    static func medianSpectralDifference(
        _ first: SpectralFeatures, _ second: SpectralFeatures, _ voiced: [Int]
    ) -> Float {
        let (one, other) = (first.rowTable, second.rowTable)
        var sum = 0.0
        for frame in voiced { sum += Double(mean_level(one[frame]) - mean_level(other[frame])) }
        let offset = Float(sum / Double(voiced.count))
        var distances = voiced.map { decibelsPerLog * mean_distance(one[$0], other[$0], offset) }
        return quantile(&distances, 0.5)
    }
}
