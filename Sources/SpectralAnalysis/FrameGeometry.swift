/// How samples, frames and seconds relate at one sample rate.
///
/// The one place where they are converted.
public struct FrameGeometry: Sendable, Hashable {
    /// Samples per second after decimation, hertz.
    public let sampleRate: Double
    /// Samples in a frame.
    public let windowLength: Int
    /// Samples from one frame to the next.
    public let hopLength: Int
    /// Points of the Fourier transform: the next power of two, or three halves of one, that holds the window.
    public let transformLength: Int

    /// Frames of `parameters` at `sampleRate` hertz.
    public init(sampleRate: Double, parameters: SpectralParameters = .init()) {
        self.sampleRate = sampleRate
        windowLength = Int((parameters.windowDuration * sampleRate).rounded())
        hopLength = Int((parameters.hopDuration * sampleRate).rounded())
        var length = 1
        while length < windowLength { length *= 2 }
        // 3·2ⁿ⁻² is a fast size too: at 24 kHz 768 points instead of 1024.
        transformLength = length >= 16 && length / 4 * 3 >= windowLength ? length / 4 * 3 : length
    }

    /// Seconds from one frame to the next; the hop is a whole number of samples, so not always exactly 10 ms.
    public var framePeriod: Double { Double(hopLength) / sampleRate }

    /// Number of whole frames in `sampleCount` samples; the rest is not padded.
    public func frameCount(sampleCount: Int) -> Int {
        sampleCount < windowLength ? 0 : 1 + (sampleCount - windowLength) / hopLength
    }

    /// Number of samples that `frameCount` consecutive frames cover.
    public func sampleCount(frameCount: Int) -> Int {
        frameCount == 0 ? 0 : windowLength + (frameCount - 1) * hopLength
    }

    /// Time of the boundary before frame `frame`, seconds: the centre of the frame minus half a hop.
    ///
    /// The boundary before frame 0 is the start of the recording.
    public func boundary(beforeFrame frame: Int) -> Double {
        guard frame > 0 else { return 0 }
        return (Double(frame * hopLength) + Double(windowLength - hopLength) / 2) / sampleRate
    }

    /// Number of frames nearest to `seconds`, at least one.
    public func frames(inSeconds seconds: Double) -> Int {
        max(1, Int((seconds / framePeriod).rounded()))
    }
}
