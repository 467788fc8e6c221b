/// Where there is sound but hardly any voice for seconds on end: somebody types, rustles or works beside the microphone.
///
/// Speech is voiced in nearly a third of its loud frames at least, and a stroke on a key never. Voiced are loud frames of high harmonicity;
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
    let (count, step) = (score.count, parameters.voicelessStep)
    let steps = parameters.voicelessWindow / step
    var voiceless = [Bool](repeating: false, count: count)
    guard count >= steps * step else { return voiceless }
    let sounds = SoundCounts(
        score: score, level: level, highest: highest,
        harmonicity: movingAverage(harmonicity, width: parameters.voicedSmoothing, threads: threads),
        parameters: parameters)
    let leastSound = Int(parameters.leastVoicelessSound * Double(steps * step))
    let shares = (0...(count / step - steps)).map { first -> Float? in
        let counts = sounds.counts(inSteps: first..<(first + steps))
        return counts.sounding >= leastSound ? counts.voicedShare : nil
    }
    var found = shares.compactMap(\.self)
    guard !found.isEmpty else { return voiceless }
    let limit = min(
        parameters.greatestVoicelessShare,
        parameters.greatestRelativeVoicelessShare * quantile(&found, parameters.ordinaryVoicedQuantile))
    var marked = 0
    for (first, share) in shares.enumerated() where (share ?? 1) < limit {
        let (start, end) = (first * step, (first + steps) * step)
        for frame in max(start, marked)..<end where score[frame] > 0 {
            let near = parameters.voicelessEdgeWindow / 2
            let window = max(frame - near, 0)..<min(frame + near + 1, count)
            voiceless[frame] = (sounds.counts(in: window).voicedShare ?? 0) < parameters.greatestEdgeVoicedShare
        }
        marked = end
    }
    return voiceless
}

/// Numbers of frames.
private struct SoundCount {
    var sounding = 0
    var loud = 0
    var voiced = 0
    /// With fewer loud frames nothing is said of them.
    private static let leastLoudFrames = 10

    /// Share of the loud frames that are voiced; nil where there are few.
    var voicedShare: Float? { loud < Self.leastLoudFrames ? nil : Float(voiced) / Float(loud) }

    mutating func add(_ kind: UInt8) {
        sounding += Int(kind & 1)
        loud += Int(kind >> 1 & 1)
        voiced += Int(kind >> 2)
    }

    static func - (one: SoundCount, other: SoundCount) -> SoundCount {
        SoundCount(
            sounding: one.sounding - other.sounding, loud: one.loud - other.loud, voiced: one.voiced - other.voiced)
    }
}

/// Which frames sound, are loud and are voiced, and how many do before each step.
private struct SoundCounts {
    /// Sounding 1, loud too 3, voiced too 7; a byte a frame, for a recording may be long.
    private var kinds: [UInt8] = []
    private var before: [SoundCount] = []

    init(
        score: [Float], level: [Float], highest: [Float], harmonicity: [Float], parameters: VoiceActivityParameters
    ) {
        kinds.reserveCapacity(score.count)
        var count = SoundCount()
        for frame in score.indices {
            if frame.isMultiple(of: parameters.voicelessStep) { before.append(count) }
            let sounds = score[frame] > 0
            let isLoud = sounds && level[frame] > highest[frame] - parameters.loudDepth
            let isVoiced = isLoud && harmonicity[frame] > parameters.leastVoicedHarmonicity
            let kind: UInt8 = (sounds ? 1 : 0) | (isLoud ? 2 : 0) | (isVoiced ? 4 : 0)
            kinds.append(kind)
            count.add(kind)
        }
        if score.count.isMultiple(of: parameters.voicelessStep) { before.append(count) }
    }

    /// Of the frames of whole steps.
    func counts(inSteps steps: Range<Int>) -> SoundCount { before[steps.upperBound] - before[steps.lowerBound] }

    /// Of frames.
    func counts(in frames: Range<Int>) -> SoundCount {
        frames.reduce(into: SoundCount()) { $0.add(kinds[$1]) }
    }
}
