private import CSpeechKernels
package import SpectralAnalysis

/// Frames inside sound whose spectrum stands still: ringing and engaged tones, beeps, hum.
///
/// A voice never holds its spectrum for so long: over all frames of speech of the development recordings the mean change
/// in a window of 0.41 s was at least 0.068, in tones of one or two frequencies 15 to 40 dB above noise at most 0.03.
/// Two frequencies closer than about 60 Hz (the North American ringing tone) beat, and are found by `callTones`.
package func steadySound(
    _ features: SpectralFeatures, parameters: VoiceActivityParameters, threads: Int = 1
) -> [Bool] {
    let frames = features.frameCount
    let width = parameters.steadyWindow
    var steady = [Bool](repeating: false, count: frames)
    guard frames >= width else { return steady }
    let rows = features.rowTable
    let changes = [Float](unsafeUninitializedCapacity: frames) { changes, count in
        forEachPart(of: frames, length: SpectralFeatures.framesPerChunk, threads: threads) { part in
            var before = [Float](repeating: 0, count: SpectralFeatures.bandCount)
            // Before the first frame of all there is nothing to change from.
            _ = take_strong_change(rows[max(part.lowerBound - 1, 0)], parameters.steadyDepth, &before)
            for frame in part {
                let change = take_strong_change(rows[frame], parameters.steadyDepth, &before)
                changes[frame] = frame == 0 ? 0 : change
            }
        }
        count = frames
    }
    let means = movingAverage(changes, width: width, threads: threads)
    for middle in (width / 2)..<(frames - width / 2) where means[middle] < parameters.greatestSteadyChange {
        for frame in (middle - width / 2)...(middle + width / 2) { steady[frame] = true }
    }
    return steady
}
