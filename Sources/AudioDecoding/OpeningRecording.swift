/// The choice of the decoder for an input, by what its first bytes are.
struct OpeningRecording {
    let input: InputDescriptor
    let stream: ByteStream
    let path: String
    let parameters: AudioDecodingParameters

    /// Finds who can decode the input, in the order: this module, libsndfile, ffmpeg.
    func decoder() throws(AudioDecodingError) -> any BlockDecoder {
        let scan = try WaveHeader.scan(stream, parameters: parameters)
        let start = try stream.available(atLeast: 1)
        guard !start.isEmpty else { throw .empty(input.name) }
        switch scan {
        case .damaged(let reason): throw .damaged(input.name, reason: reason)
        case .needsMore where start.count < parameters.headerSearchByteCount:
            throw .damaged(input.name, reason: "it ends within its header, before any sample")
        case .found(let header):
            if let decoder = try WaveDecoder(stream: stream, header: header, parameters: parameters) { return decoder }
        default: break
        }
        var header: WaveHeader?
        if case .found(let found) = scan { header = found }
        let signature = FileSignature(start)
        if case .other(let what) = signature { throw .notSound(input.name, what: what) }
        if input.byteCount != nil { return try seekingDecoder(input, path: path, signature: signature, header: header) }
        // An endless stream of anything must not fill the disk, so only what looks like sound is kept.
        guard case .recording = signature else {
            throw .unknownFormat(input.name, reason: "its first bytes belong to no known sound format")
        }
        let spooled = try SpoolFile.copy(stream, parameters: parameters)
        return try seekingDecoder(spooled, path: nil, signature: signature, header: header)
    }

    private func seekingDecoder(
        _ file: InputDescriptor, path: String?, signature: FileSignature, header: WaveHeader?
    ) throws(AudioDecodingError) -> any BlockDecoder {
        var corrected: CorrectedWaveFile?
        if let header { corrected = try CorrectedWaveFile(file, header: header, parameters: parameters) }
        let refusal: SndfileDecoder.Refusal
        switch try SndfileDecoder.open(file, corrected: corrected, parameters: parameters) {
        case .success(let decoder): return decoder
        case .failure(let reason): refusal = reason
        }
        var formatName: String?
        if case .recording(let name) = signature { formatName = name }
        guard let program = parameters.externalDecoder else {
            guard let formatName else { throw .unknownFormat(file.name, reason: refusal.reason) }
            throw .needsExternalDecoder(file.name, format: formatName, program: "ffmpeg")
        }
        do throws(AudioDecodingError) {
            return try ExternalDecoder(
                file, path: path, formatName: formatName, program: program, parameters: parameters)
        } catch .needsExternalDecoder where formatName == nil {
            throw .unknownFormat(file.name, reason: refusal.reason)
        }
    }
}

extension WaveHeader {
    /// Looks for the header in as few bytes as it takes, so that a live stream starts at once.
    static func scan(
        _ stream: ByteStream, parameters: AudioDecodingParameters
    ) throws(AudioDecodingError) -> WaveHeaderScan {
        var wanted = 512
        while true {
            let bytes = try stream.available(atLeast: wanted)
            let scan = scan(bytes)
            guard case .needsMore = scan, bytes.count >= wanted, wanted < parameters.headerSearchByteCount else {
                return scan
            }
            wanted = min(2 * wanted, parameters.headerSearchByteCount)
        }
    }
}
