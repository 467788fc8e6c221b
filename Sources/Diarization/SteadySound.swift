private import CSpeechKernels
package import SpectralAnalysis

/// Mean change of the spectrum from frame to frame around every frame, log power per band.
///
/// Only bands near the strongest count. 0 where the recording is shorter than the window.
package func spectralChange(
    _ features: SpectralFeatures, parameters: VoiceActivityParameters, threads: Int = 1
) -> [Float] {
    let frames = features.frameCount
    guard frames >= parameters.steadyWindow else { return [Float](repeating: 0, count: frames) }
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
    return movingAverage(changes, width: parameters.steadyWindow, threads: threads)
}

/// Frames inside sound whose spectrum stands still: ringing and engaged tones, beeps, hum.
///
/// A voice never holds its spectrum for so long: over all frames of speech of the development recordings the mean change
/// in a window of 0.41 s was at least 0.068, in tones of one or two frequencies 15 to 40 dB above noise at most 0.03.
/// Two frequencies closer than about 60 Hz (the North American ringing tone) beat, and are found by `callTones`.
package func steadySound(change: [Float], parameters: VoiceActivityParameters) -> [Bool] {
    let (frames, width) = (change.count, parameters.steadyWindow)
    var steady = [Bool](repeating: false, count: frames)
    guard frames >= width else { return steady }
    for middle in (width / 2)..<(frames - width / 2) where change[middle] < parameters.greatestSteadyChange {
        for frame in (middle - width / 2)...(middle + width / 2) { steady[frame] = true }
    }
    return steady
}
