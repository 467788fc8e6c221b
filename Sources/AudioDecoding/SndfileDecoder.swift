import CSndfile

/// Decodes whatever libsndfile reads, from a regular file.
final class SndfileDecoder: BlockDecoder {
    let format: AudioFormat
    private let input: InputDescriptor
    private let corrected: CorrectedWaveFile?
    private let file: OpaquePointer
    private let readsShorts: Bool
    private let isFloat: Bool
    private let statedFrameCount: Int?
    private var shorts: [Int16] = []
    private var decodedFrameCount = 0
    private var ended = false
    private var problem: String?
    private var nonFinite: NonFiniteSamples

    /// libsndfile does not read the file; the reason is its own text.
    struct Refusal: Error {
        var reason: String
    }

    /// Opens the file, or its corrected form; the reason if libsndfile does not read it.
    static func open(
        _ input: InputDescriptor, corrected: CorrectedWaveFile?, parameters: AudioDecodingParameters
    ) throws(AudioDecodingError) -> Result<SndfileDecoder, Refusal> {
        try input.seek(to: 0)
        var info = SF_INFO()
        let opened: OpaquePointer?
        if let corrected {
            opened = LibraryMessages.silenced { corrected.open(&info) }
        } else {
            // libsndfile closes the descriptor when it refuses the file, even if told not to, so it gets its own.
            let descriptor = try input.duplicate()
            opened = LibraryMessages.silenced { sf_open_fd(descriptor, Int32(SFM_READ), &info, 1) }
        }
        guard let file = opened else {
            return .failure(Refusal(reason: Self.text(sf_strerror(nil))))
        }
        let decoder = SndfileDecoder(
            input: input, corrected: corrected, file: file, info: info, parameters: parameters)
        try parameters.check(
            sampleRate: Int(info.samplerate), channelCount: Int(info.channels), name: input.name)
        return .success(decoder)
    }

    private init(
        input: InputDescriptor, corrected: CorrectedWaveFile?, file: OpaquePointer, info: SF_INFO,
        parameters: AudioDecodingParameters
    ) {
        (self.input, self.corrected, self.file) = (input, corrected, file)
        let encoding = SndfileEncoding(format: info.format)
        readsShorts = encoding.fitsSixteenBits
        isFloat = !readsShorts
        // SF_COUNT_MAX is libsndfile's "not known".
        statedFrameCount = info.frames > 0 && info.frames < sf_count_t.max ? Int(info.frames) : nil
        format = AudioFormat(
            sampleRate: Int(info.samplerate), channelCount: Int(info.channels), encoding: encoding.name,
            statedFrameCount: statedFrameCount)
        nonFinite = NonFiniteSamples(largestMagnitude: parameters.largestMagnitude)
    }

    deinit {
        LibraryMessages.silenced { _ = sf_close(file) }
    }

    var warnings: [String] {
        var warnings: [String] = []
        if let problem {
            warnings.append("The rest of the recording is damaged (\(problem)); read as far as it goes.")
        } else if ended, let corrected {
            // Of a compressed encoding only bytes are stated; frames follow in proportion.
            let stated = Double(decodedFrameCount) * Double(corrected.stated) / Double(corrected.held)
            let isKnown = corrected.stated != 0xFFFF_FFFF
            warnings.append(
                lengthWarning(
                    stated: isKnown ? Int(stated) : nil, held: decodedFrameCount, sampleRate: format.sampleRate))
        } else if ended, let statedFrameCount, decodedFrameCount != statedFrameCount {
            warnings.append(
                lengthWarning(stated: statedFrameCount, held: decodedFrameCount, sampleRate: format.sampleRate))
        }
        if let warning = nonFinite.warning { warnings.append(warning) }
        return warnings
    }

    func read(into buffer: UnsafeMutableBufferPointer<Float>) throws(AudioDecodingError) -> Int {
        let capacity = buffer.count / format.channelCount
        guard !ended, capacity > 0, let samples = buffer.baseAddress else { return 0 }
        let count = LibraryMessages.silenced {
            readsShorts
                ? readShorts(samples, capacity) : Int(sf_readf_float(file, samples, sf_count_t(capacity)))
        }
        decodedFrameCount += count
        if count < capacity {
            ended = true
            try noteProblem()
        }
        if isFloat {
            nonFinite.silence(UnsafeMutableBufferPointer(rebasing: buffer[..<(count * format.channelCount)]))
        }
        return count
    }

    /// Whole numbers with an own conversion take a third of the time of libsndfile's conversion.
    private func readShorts(_ samples: UnsafeMutablePointer<Float>, _ capacity: Int) -> Int {
        let sampleCount = capacity * format.channelCount
        if shorts.count < sampleCount { shorts = [Int16](repeating: 0, count: sampleCount) }
        return shorts.withUnsafeMutableBufferPointer { shorts in
            guard let stored = shorts.baseAddress else { return 0 }
            let count = Int(sf_readf_short(file, stored, sf_count_t(capacity)))
            SampleEncoding.convertSigned16(stored, count: count * format.channelCount, to: samples)
            return count
        }
    }

    private func noteProblem() throws(AudioDecodingError) {
        guard sf_error(file) != Int32(SF_ERR_NO_ERROR) else { return }
        let reason = Self.text(sf_strerror(file))
        guard decodedFrameCount > 0 else { throw .damaged(input.name, reason: "no sample can be decoded (\(reason))") }
        problem = reason
    }

    /// libsndfile's sentences without their full stop, to stand in brackets.
    private static func text(_ message: UnsafePointer<CChar>?) -> String {
        var text = message.map { String(cString: $0) } ?? "no reason given"
        if text.hasPrefix("Error : ") { text.removeFirst(8) }
        while let last = text.last, last == "." || last.isWhitespace { text.removeLast() }
        return text
    }
}
