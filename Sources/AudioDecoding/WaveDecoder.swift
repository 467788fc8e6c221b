/// Decodes the plain encodings of WAV from front to back, from a file or a stream.
///
/// It trusts the stated length only as far as the bytes agree: recorders that were cut off leave 0, all ones,
/// or the length of some earlier moment in the header.
final class WaveDecoder: BlockDecoder {
    let format: AudioFormat
    private let stream: ByteStream
    private let encoding: SampleEncoding
    private let frameByteCount: Int
    private let container: WaveHeader.Container
    private let parameters: AudioDecodingParameters
    private let statedFrameCount: Int?
    /// Bytes left until the stated end; nil when reading to the real end.
    private var remaining: Int?
    private var decodedFrameCount = 0
    private var ended = false
    private var lengthDiffers = false
    private var nonFinite: NonFiniteSamples

    /// Starts at the first sample of the stream whose header was found; nil if the encoding is not plain.
    init?(
        stream: ByteStream, header: WaveHeader, parameters: AudioDecodingParameters
    ) throws(AudioDecodingError) {
        // Rate and channels first, so that "0 channels" is said even where no encoding can be told.
        try parameters.check(
            sampleRate: header.sampleRate, channelCount: header.channelCount, name: stream.input.name)
        guard let encoding = header.sampleEncoding else { return nil }
        (self.stream, self.encoding, self.parameters) = (stream, encoding, parameters)
        container = header.container
        let frameByteCount = encoding.byteCount * header.channelCount
        self.frameByteCount = frameByteCount
        let unknown =
            header.statedByteCount == Int.max
            || header.container == .wav && header.statedByteCount == 0xFFFF_FFFF
            || stream.input.byteCount == nil && header.statedByteCount >= parameters.unknownLengthByteCount
                && header.container == .wav
        remaining = unknown ? nil : header.statedByteCount
        statedFrameCount = unknown ? nil : header.statedByteCount / frameByteCount
        // On a regular file "not known" is worth a warning, on a stream it is how things are.
        lengthDiffers = unknown && stream.input.byteCount != nil
        let stored = stream.input.byteCount.map { max($0 - header.dataOffset, 0) / frameByteCount }
        let promised = header.statedByteCount == 0 ? stored : statedFrameCount ?? stored
        format = AudioFormat(
            sampleRate: header.sampleRate, channelCount: header.channelCount,
            encoding: "\(header.container.rawValue), \(encoding.name)",
            statedFrameCount: stored.map { min($0, promised ?? $0) } ?? promised)
        nonFinite = NonFiniteSamples(largestMagnitude: parameters.largestMagnitude)
        _ = try stream.available(atLeast: header.dataOffset)
        stream.consume(header.dataOffset)
    }

    var warnings: [String] {
        var warnings: [String] = []
        if ended, lengthDiffers {
            warnings.append(
                lengthWarning(stated: statedFrameCount, held: decodedFrameCount, sampleRate: format.sampleRate))
        }
        if let warning = nonFinite.warning { warnings.append(warning) }
        return warnings
    }

    func read(into buffer: UnsafeMutableBufferPointer<Float>) throws(AudioDecodingError) -> Int {
        let capacity = buffer.count / format.channelCount
        guard capacity > 0, let samples = buffer.baseAddress else { return 0 }
        var done = 0
        while done < capacity, let stored = try nextFrames(atMost: capacity - done), let bytes = stored.baseAddress {
            let sampleCount = stored.count / encoding.byteCount
            encoding.convert(bytes, count: sampleCount, to: samples + done * format.channelCount)
            done += stored.count / frameByteCount
            stream.consume(stored.count)
            remaining? -= stored.count
        }
        if encoding.isFloat {
            nonFinite.silence(UnsafeMutableBufferPointer(rebasing: buffer[..<(done * format.channelCount)]))
        }
        decodedFrameCount += done
        return done
    }

    /// Whole frames at hand, at least one; nil at the end.
    private func nextFrames(atMost limit: Int) throws(AudioDecodingError) -> UnsafeRawBufferPointer? {
        if ended { return nil }
        if let remaining, remaining < frameByteCount, try endsAsStated(remaining) { return try finish() }
        let bytes = try stream.available(atLeast: frameByteCount)
        let usable = min(bytes.count, remaining ?? bytes.count, limit * frameByteCount)
        let whole = usable - usable % frameByteCount
        guard whole > 0 else {
            lengthDiffers = lengthDiffers || remaining.map { $0 >= frameByteCount } ?? false
            return try finish()
        }
        return UnsafeRawBufferPointer(rebasing: bytes[..<whole])
    }

    private func finish() throws(AudioDecodingError) -> UnsafeRawBufferPointer? {
        ended = true
        // Other chunks may follow; whoever observes the bytes wants theirs too.
        if stream.input.byteCount == nil || stream.isObserved { try stream.drain() }
        return nil
    }

    /// At the stated end: whether it is the real one.
    ///
    /// If not, reading goes on to the end of the input.
    private func endsAsStated(_ rest: Int) throws(AudioDecodingError) -> Bool {
        let bytes = try stream.available(atLeast: rest + parameters.minimumUnstatedByteCount)
        guard bytes.count >= rest + parameters.minimumUnstatedByteCount else { return true }
        // A writer may or may not have padded the samples to an even length.
        let bytesToEnd = container == .wave64 ? nil : stream.input.byteCount.map { $0 - stream.position - rest }
        let isChunk = (rest...rest + 1).contains { offset in
            WaveHeader.startsChunk(LittleEndianFields(bytes: bytes), at: offset, bytesToEnd: bytesToEnd)
        }
        if isChunk { return true }
        remaining = nil
        lengthDiffers = true
        return false
    }
}
