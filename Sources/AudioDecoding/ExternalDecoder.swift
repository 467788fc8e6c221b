/// Decodes with ffmpeg what libsndfile does not read: ffmpeg writes WAV into a pipe.
final class ExternalDecoder: BlockDecoder {
    let format: AudioFormat
    private let process: ExternalDecoderProcess
    private let decoder: WaveDecoder
    private var decodedFrameCount = 0
    private var problem: String?
    private var ended = false

    /// Starts ffmpeg on a file.
    ///
    /// A spooled stream, which has no path, becomes ffmpeg's standard input.
    init(
        _ input: InputDescriptor, path: String?, formatName: String?, program: String,
        parameters: AudioDecodingParameters
    ) throws(AudioDecodingError) {
        if path == nil { try input.seek(to: 0) }
        // "file:" keeps names that begin with "-" or look like an address from being anything but names.
        let arguments = [
            "-nostdin", "-hide_banner", "-v", "error", "-protocol_whitelist", "file,pipe",
            "-i", "file:\(path ?? "/dev/stdin")", "-map", "0:a:0", "-c:a", "pcm_s16le", "-bitexact",
            "-f", "wav", "pipe:1",
        ]
        let process = try ExternalDecoderProcess(
            program: program, arguments: arguments, standardInput: path == nil ? input.number : nil, name: input.name,
            parameters: parameters)
        let stream = ByteStream(input: process, capacity: parameters.bufferByteCount, onBytes: nil)
        guard case .found(let header) = try WaveHeader.scan(stream, parameters: parameters),
            let decoder = try WaveDecoder(stream: stream, header: header, parameters: parameters)
        else {
            try stream.drain()
            throw Self.error(try process.waitForOutcome(), name: input.name, formatName: formatName, program: program)
        }
        (self.process, self.decoder) = (process, decoder)
        format = AudioFormat(
            sampleRate: decoder.format.sampleRate, channelCount: decoder.format.channelCount,
            encoding: "\(formatName ?? "unnamed format"), decoded by ffmpeg")
    }

    var warnings: [String] {
        guard let problem else { return decoder.warnings }
        return decoder.warnings + ["ffmpeg found damage in the recording (\(problem)); read as far as it goes."]
    }

    func read(into buffer: UnsafeMutableBufferPointer<Float>) throws(AudioDecodingError) -> Int {
        let count = try decoder.read(into: buffer)
        decodedFrameCount += count
        guard count == 0, !ended, buffer.count >= format.channelCount else { return count }
        ended = true
        let outcome = try process.waitForOutcome()
        switch outcome {
        case .succeeded(let message): problem = message
        case .failed(let message) where decodedFrameCount > 0: problem = message ?? "no reason given"
        default: throw Self.error(outcome, name: process.name, formatName: nil, program: "ffmpeg")
        }
        return 0
    }

    private static func error(
        _ outcome: ExternalDecoderProcess.Outcome, name: String, formatName: String?, program: String
    ) -> AudioDecodingError {
        switch outcome {
        case .notInstalled:
            .needsExternalDecoder(name, format: formatName ?? "in a format", program: program)
        case .failed(let message), .succeeded(let message):
            .externalDecoderFailed(name, reason: message ?? "it holds no sound")
        }
    }
}
