/// Where there is sound but hardly any voice for seconds on end: somebody types, rustles or works beside the microphone.
///
/// Speech is voiced at least a quarter of the time, and a stroke on a key never. Voiced are loud frames of high harmonicity;
/// how many there are is compared with a fixed share and with the recording's own speech, which noise makes look less voiced.
/// Near the edges of such sound a short window decides, so that speech before and behind it stays.
///
/// - Parameters:
///   - score: log odds of speech; above 0 there is sound.
///   - level: smoothed level, log power.
///   - highest: the highest level near each frame.
///   - harmonicity: of each frame.
package func voicelessSound(
    score: [Float], level: [Float], highest: [Float], harmonicity: [Float], parameters: VoiceActivityParameters,
    threads: Int = 1
) -> [Bool] {
    let (count, width) = (score.count, parameters.voicelessWindow)
    var voiceless = [Bool](repeating: false, count: count)
    guard count >= width else { return voiceless }
    let sounds = SoundCounts(
        score: score, level: level, highest: highest,
        harmonicity: movingAverage(harmonicity, width: parameters.voicedSmoothing, threads: threads),
        parameters: parameters)
    let starts = stride(from: 0, through: count - width, by: parameters.voicelessStep)
    let leastSound = Int(parameters.leastVoicelessSound * Double(width))
    let shares = starts.map { start -> Float? in
        let window = start..<(start + width)
        return sounds.sounding(in: window) >= leastSound ? sounds.voicedShare(in: window) : nil
    }
    var found = shares.compactMap(\.self)
    guard !found.isEmpty else { return voiceless }
    let limit = min(
        parameters.greatestVoicelessShare, parameters.greatestRelativeVoicelessShare * quantile(&found, 0.75))
    var marked = 0
    for (start, share) in zip(starts, shares) where (share ?? 1) < limit {
        for frame in max(start, marked)..<(start + width) where score[frame] > 0 {
            let near = parameters.voicelessEdgeWindow / 2
            let window = max(frame - near, 0)..<min(frame + near + 1, count)
            voiceless[frame] = (sounds.voicedShare(in: window) ?? 0) < parameters.greatestEdgeVoicedShare
        }
        marked = start + width
    }
    return voiceless
}

/// Numbers of sounding, loud and voiced frames before each frame.
private struct SoundCounts {
    private var before: [SIMD4<Int32>] = [.zero]
    /// With fewer loud frames in a window nothing is said of it.
    private static let leastLoudFrames: Int32 = 10

    init(
        score: [Float], level: [Float], highest: [Float], harmonicity: [Float], parameters: VoiceActivityParameters
    ) {
        before.reserveCapacity(score.count + 1)
        var counts = SIMD4<Int32>.zero
        for frame in score.indices {
            let sounds = score[frame] > 0
            let isLoud = sounds && level[frame] > highest[frame] - parameters.loudDepth
            let isVoiced = isLoud && harmonicity[frame] > parameters.leastVoicedHarmonicity
            counts &+= SIMD4(sounds ? 1 : 0, isLoud ? 1 : 0, isVoiced ? 1 : 0, 0)
            before.append(counts)
        }
    }

    /// Frames of `window` that sound.
    func sounding(in window: Range<Int>) -> Int {
        Int(before[window.upperBound][0] - before[window.lowerBound][0])
    }

    /// Share of the loud frames of `window` that are voiced; nil where there are few.
    func voicedShare(in window: Range<Int>) -> Float? {
        let counts = before[window.upperBound] &- before[window.lowerBound]
        return counts[1] < Self.leastLoudFrames ? nil : Float(counts[2]) / Float(counts[1])
    }
}
