package import SpectralAnalysis

/// How much each frame counts for the voices: vowels fully, the rest a little.
package struct FrameWeights: Sendable {
    private let smoothedHarmonicity: [Float]
    private let voiced: Float
    private let unvoicedWeight: Double

    /// Weights of the frames of `features`.
    package init(features: SpectralFeatures, parameters: SegmentationParameters) {
        smoothedHarmonicity = movingAverage(features.harmonicity, width: parameters.harmonicitySmoothing)
        voiced = parameters.voicedHarmonicity
        unvoicedWeight = parameters.unvoicedWeight
    }

    /// Weight of a frame, 0...1.
    package subscript(frame: Int) -> Double { smoothedHarmonicity[frame] > voiced ? 1 : unvoicedWeight }
}
