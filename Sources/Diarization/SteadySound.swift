private import CSpeechKernels
package import SpectralAnalysis

/// Frames inside sound whose spectrum stands still: ringing and engaged tones, beeps, hum.
///
/// A voice never holds its spectrum for so long: over all frames of speech of the development recordings the mean change
/// in a window of 0.41 s was at least 0.068, in tones of one or two frequencies 15 to 40 dB above noise at most 0.03.
/// Two frequencies closer than about 60 Hz (the North American ringing tone) beat, and are not found.
package func steadySound(_ features: SpectralFeatures, parameters: VoiceActivityParameters) -> [Bool] {
    let frames = features.frameCount
    let width = parameters.steadyWindow
    var steady = [Bool](repeating: false, count: frames)
    guard frames >= width else { return steady }
    var before = [Float](repeating: 0, count: SpectralFeatures.bandCount)
    let rows = features.rowTable
    var changes = (0..<frames).map { take_strong_change(rows[$0], parameters.steadyDepth, &before) }
    // Before the first frame there is nothing to change from.
    changes[0] = 0
    let means = movingAverage(changes, width: width)
    for middle in (width / 2)..<(frames - width / 2) where means[middle] < parameters.greatestSteadyChange {
        for frame in (middle - width / 2)...(middle + width / 2) { steady[frame] = true }
    }
    return steady
}
