/// What every decoder of this module offers to `AudioDecoder`.
protocol BlockDecoder: AnyObject {
    var format: AudioFormat { get }
    /// Complete after `read` has returned 0.
    var warnings: [String] { get }
    /// Fills `buffer` with interleaved samples and returns the frames; fewer than fit only at the end.
    func read(into buffer: UnsafeMutableBufferPointer<Float>) throws(AudioDecodingError) -> Int
}

extension AudioDecodingParameters {
    /// Room for one read and for everything that is looked at ahead of it, bytes.
    var bufferByteCount: Int {
        // A frame has at most 8 bytes a channel; the look behind the stated end starts within one.
        max(readByteCount, headerSearchByteCount, minimumUnstatedByteCount + 8 * maximumChannelCount)
    }

    /// Refuses rates and channel counts outside the accepted ranges.
    func check(sampleRate: Int, channelCount: Int, name: String) throws(AudioDecodingError) {
        guard (1...maximumChannelCount).contains(channelCount) else {
            throw .unsupportedChannelCount(name, count: channelCount, maximum: maximumChannelCount)
        }
        guard (minimumSampleRate...maximumSampleRate).contains(sampleRate) else {
            throw .unsupportedSampleRate(
                name, rate: sampleRate, accepted: minimumSampleRate...maximumSampleRate)
        }
    }
}

/// The length mismatch of a recording as a sentence; lengths in frames.
func lengthWarning(stated: Int?, held: Int, sampleRate: Int) -> String {
    guard let stated else {
        return "The header states no length; the recording was read to its real end, \(seconds(held, sampleRate)) s."
    }
    return "The header says \(seconds(stated, sampleRate)) s but the file holds \(seconds(held, sampleRate)) s; "
        + "read to its real end."
}

/// A number of frames as seconds with one decimal.
private func seconds(_ frameCount: Int, _ sampleRate: Int) -> String {
    // A damaged header may state nearly as many frames as there are numbers, so that ten times of them are too many.
    let (whole, rest) = frameCount.quotientAndRemainder(dividingBy: sampleRate)
    let tenths = (rest * 10 + sampleRate / 2) / sampleRate
    return "\(whole + tenths / 10).\(tenths % 10)"
}
