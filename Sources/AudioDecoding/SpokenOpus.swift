import CSndfile

/// A recording as a small Ogg Opus file that browsers play: one channel, made for speech, the same bytes every time.
public enum SpokenOpus {
    /// Bits per second: 24,000, at which Opus codes wide-band speech without audible loss (RFC 6716, section 2.1.1:
    /// 16–20 kbit/s for wide-band speech, 28 for full band).
    static let bitRate = 24_000

    /// Sample rates that Opus takes, hertz (RFC 6716, section 2).
    static let sampleRates = [8_000, 12_000, 16_000, 24_000, 48_000]

    /// Rate for recordings with another one, hertz: all of speech up to 12 kHz.
    static let commonRate = 24_000

    /// Serial number of the Ogg stream: "tway", so that equal sound gives equal bytes.
    static let serialNumber: UInt32 = 0x7477_6179

    /// Whether the installed libsndfile writes Opus.
    public static var isAvailable: Bool {
        var info = outputInfo(sampleRate: commonRate)
        return sf_format_check(&info) != 0
    }

    /// About how large the file gets, bytes; variable bit rate stays a little below on speech with pauses.
    public static func expectedByteCount(seconds: Double) -> Int {
        Int(min(max(seconds, 0), 1e7) * Double(bitRate) / 8) + 1_000
    }

    /// Reads a recording and codes it.
    ///
    /// - Throws: `AudioDecodingError`; `encodingFailed` when libsndfile does not write Opus.
    public static func encode(
        _ source: AudioSource, parameters: AudioDecodingParameters = .init()
    ) throws(AudioDecodingError) -> [UInt8] {
        let decoder = try AudioDecoder(source, parameters: parameters)
        let format = decoder.format
        let rate = sampleRates.contains(format.sampleRate) ? format.sampleRate : commonRate
        let file = MemoryFile()
        guard let writer = Writer(file: file, info: outputInfo(sampleRate: rate)) else {
            throw .encodingFailed(source.name, reason: String(cString: sf_strerror(nil)))
        }
        var resampler = RationalResampler(from: format.sampleRate, to: rate)
        let framesAtOnce = 16_384
        var block = [Float](repeating: 0, count: framesAtOnce * format.channelCount)
        var mono: [Float] = []
        while true {
            let count = try read(decoder, into: &block)
            guard count > 0 else { break }
            mix(block, frames: count, channels: format.channelCount, into: &mono)
            guard writer.write(resampler.process(mono)) else {
                throw .encodingFailed(source.name, reason: writer.reason)
            }
        }
        guard writer.write(resampler.finish()) else { throw .encodingFailed(source.name, reason: writer.reason) }
        writer.close()
        OggPages.setSerialNumber(serialNumber, in: &file.bytes)
        return file.bytes
    }

    private static func outputInfo(sampleRate: Int) -> SF_INFO {
        var info = SF_INFO()
        info.samplerate = Int32(sampleRate)
        info.channels = 1
        info.format = Int32(SF_FORMAT_OGG | SF_FORMAT_OPUS)
        return info
    }

    private static func read(_ decoder: AudioDecoder, into block: inout [Float]) throws(AudioDecodingError) -> Int {
        var result: Result<Int, AudioDecodingError> = .success(0)
        block.withUnsafeMutableBufferPointer { buffer in
            do throws(AudioDecodingError) {
                result = .success(try decoder.read(into: buffer))
            } catch {
                result = .failure(error)
            }
        }
        return try result.get()
    }

    /// The mean of the channels, within full scale.
    private static func mix(_ block: [Float], frames: Int, channels: Int, into mono: inout [Float]) {
        mono.removeAll(keepingCapacity: true)
        for frame in 0..<frames {
            var sum: Float = 0
            for channel in 0..<channels { sum += block[frame * channels + channel] }
            mono.append(min(max(sum / Float(channels), -1), 1))
        }
    }

    /// libsndfile writing into memory.
    private final class Writer {
        private var file: OpaquePointer?

        init?(file target: MemoryFile, info: SF_INFO) {
            var info = info
            var callbacks = target.callbacks
            let pointer = Unmanaged.passUnretained(target).toOpaque()
            file = sf_open_virtual(&callbacks, Int32(SFM_WRITE), &info, pointer)
            guard file != nil else { return nil }
            // libsndfile's scale: level 0 is 256 kbit/s a channel, level 1 is 6.
            var level = 1 - (Double(SpokenOpus.bitRate) - 6_000) / 250_000
            sf_command(file, Int32(SFC_SET_COMPRESSION_LEVEL), &level, Int32(MemoryLayout<Double>.size))
        }

        deinit { close() }

        var reason: String { String(cString: sf_strerror(file)) }

        func write(_ samples: [Float]) -> Bool {
            samples.isEmpty || sf_write_float(file, samples, sf_count_t(samples.count)) == sf_count_t(samples.count)
        }

        func close() {
            if let file { sf_close(file) }
            file = nil
        }
    }
}

/// A growing file in memory, as libsndfile wants it.
private final class MemoryFile {
    var bytes: [UInt8] = []
    private var position = 0

    var callbacks: SF_VIRTUAL_IO {
        SF_VIRTUAL_IO(
            get_filelen: { sf_count_t(MemoryFile.at($0).bytes.count) },
            seek: { offset, origin, file in MemoryFile.at(file).seek(Int(offset), from: origin) },
            read: { _, _, _ in 0 },
            write: { source, count, file in
                source.map { MemoryFile.at(file).write(UnsafeRawBufferPointer(start: $0, count: Int(count))) } ?? 0
            },
            tell: { sf_count_t(MemoryFile.at($0).position) })
    }

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> MemoryFile {
        guard let pointer else { preconditionFailure("libsndfile lost the file it was given") }
        return Unmanaged<MemoryFile>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// The origins are those of `lseek`: 0 start, 1 here, 2 end.
    private func seek(_ offset: Int, from origin: Int32) -> sf_count_t {
        position = max((origin == 1 ? position : origin == 2 ? bytes.count : 0) + offset, 0)
        return sf_count_t(position)
    }

    private func write(_ source: UnsafeRawBufferPointer) -> sf_count_t {
        if position > bytes.count { bytes += [UInt8](repeating: 0, count: position - bytes.count) }
        let overlap = min(bytes.count - position, source.count)
        bytes.replaceSubrange(position..<position + overlap, with: source.prefix(overlap))
        bytes += source.dropFirst(overlap)
        position += source.count
        return sf_count_t(source.count)
    }
}
