/// Reads a recording as blocks of samples, from front to back, in memory that does not grow with its length.
///
/// Plain WAV (PCM, float, µ-law, A-law; also RF64 and Wave64) is decoded directly, what libsndfile knows by
/// libsndfile, anything else by ffmpeg if it is installed. A stream (standard input or a named pipe) in another
/// format than plain WAV is first copied to an unlinked temporary file, because such formats are read with jumps.
///
/// A decoder belongs to one task at a time. Letting it go early stops ffmpeg and closes the input.
public final class AudioDecoder {
    /// What the header says; the samples from `read` have this rate and these channels.
    public var format: AudioFormat { decoder.format }

    /// What was wrong with the recording but did not stop the reading, one sentence each.
    ///
    /// Complete after `read` has returned 0.
    public var warnings: [String] { decoder.warnings }

    /// Whether the input is read only once from front to back (standard input, a named pipe).
    public let isStream: Bool

    /// Whether `onBytes` sees the whole input: true for streams and plain WAV.
    ///
    /// Other files are read with jumps, and can be read again by whoever needs their bytes.
    public let showsEveryByte: Bool

    private let decoder: any BlockDecoder
    private let name: String
    private let maximumDuration: Double
    private var framesLeft: Int

    /// Opens a recording and reads its header.
    ///
    /// - Parameters:
    ///   - source: A file, a named pipe or standard input; a pipe without a writer is waited for.
    ///   - parameters: Limits and buffer sizes.
    ///   - onBytes: Sees every byte as stored, once and in order, by the time `read` has returned 0, if
    ///     `showsEveryByte`; otherwise only some at the beginning.
    /// - Throws: `AudioDecodingError`.
    public convenience init(
        _ source: AudioSource, parameters: AudioDecodingParameters = .init(),
        onBytes: ((UnsafeRawBufferPointer) -> Void)? = nil
    ) throws(AudioDecodingError) {
        let input =
            switch source {
            case .file(let path): try InputDescriptor(path: path)
            case .standardInput:
                try InputDescriptor(number: 0, name: source.name, closesAtEnd: false, isStream: true)
            }
        try self.init(input, path: source.name, parameters: parameters, onBytes: onBytes)
    }

    /// Reads a stream from an open descriptor, which stays open, as if it were standard input.
    ///
    /// - Throws: `AudioDecodingError`.
    package convenience init(
        streamDescriptor: Int32, parameters: AudioDecodingParameters = .init(),
        onBytes: ((UnsafeRawBufferPointer) -> Void)? = nil
    ) throws(AudioDecodingError) {
        let name = AudioSource.standardInput.name
        let input = try InputDescriptor(number: streamDescriptor, name: name, closesAtEnd: false, isStream: true)
        try self.init(input, path: name, parameters: parameters, onBytes: onBytes)
    }

    private init(
        _ input: InputDescriptor, path: String, parameters: AudioDecodingParameters,
        onBytes: ((UnsafeRawBufferPointer) -> Void)?
    ) throws(AudioDecodingError) {
        isStream = input.byteCount == nil
        let stream = ByteStream(
            input: input, capacity: parameters.bufferByteCount, onBytes: onBytes)
        let opening = OpeningRecording(input: input, stream: stream, path: path, parameters: parameters)
        decoder = try opening.decoder()
        showsEveryByte = isStream || decoder is WaveDecoder
        (name, maximumDuration) = (path, max(parameters.maximumDuration, 0))
        let format = decoder.format
        framesLeft = Int(min(maximumDuration * Double(format.sampleRate), 1e18))
        // What a header promises is believed here, so that a day is not decoded before it is refused.
        if let stated = format.statedFrameCount, stated > framesLeft {
            throw .tooLong(path, stated: Double(stated) / Double(format.sampleRate), maximum: maximumDuration)
        }
    }

    /// Reads the next frames: interleaved samples, full scale 1; float recordings may exceed it.
    ///
    /// Waits until the buffer is full or the recording ends.
    ///
    /// - Parameter buffer: Room for at least one frame (`format.channelCount` samples).
    /// - Returns: Frames read; 0 at the end.
    /// - Throws: `AudioDecodingError` if the input fails, nothing in it can be decoded, or it goes on for longer than
    ///   accepted.
    public func read(into buffer: UnsafeMutableBufferPointer<Float>) throws(AudioDecodingError) -> Int {
        let count = try decoder.read(into: buffer)
        framesLeft -= count
        guard framesLeft >= 0 else { throw .tooLong(name, stated: nil, maximum: maximumDuration) }
        return count
    }
}
