import CSndfile

/// What a format number of libsndfile means.
struct SndfileEncoding {
    /// Container and encoding in plain words, for example "FLAC, 16-bit PCM".
    let name: String
    /// Whether every sample is a 16-bit number, so that nothing is lost by reading it as one.
    let fitsSixteenBits: Bool

    init(format: Int32) {
        let bits = Int(format)
        let major = bits & SF_FORMAT_TYPEMASK
        let minor = bits & SF_FORMAT_SUBMASK
        let container = Self.containers[major] ?? Self.libraryName(major)
        let encoding = Self.encodings[minor]
        name = "\(container), \(encoding?.name ?? Self.libraryName(minor))"
        fitsSixteenBits = encoding?.fitsSixteenBits ?? false
    }

    private static let containers: [Int: String] = [
        SF_FORMAT_WAV: "WAV", SF_FORMAT_WAVEX: "WAV", SF_FORMAT_RF64: "RF64", SF_FORMAT_W64: "W64",
        SF_FORMAT_AIFF: "AIFF", SF_FORMAT_AU: "AU", SF_FORMAT_CAF: "CAF", SF_FORMAT_FLAC: "FLAC",
        SF_FORMAT_OGG: "Ogg", SF_FORMAT_MPEG: "MPEG",
    ]

    private typealias Encoding = (name: String, fitsSixteenBits: Bool)

    private static let encodings: [Int: Encoding] = [
        SF_FORMAT_PCM_S8: ("8-bit PCM", true), SF_FORMAT_PCM_U8: ("8-bit PCM", true),
        SF_FORMAT_PCM_16: ("16-bit PCM", true), SF_FORMAT_PCM_24: ("24-bit PCM", false),
        SF_FORMAT_PCM_32: ("32-bit PCM", false), SF_FORMAT_FLOAT: ("32-bit float", false),
        SF_FORMAT_DOUBLE: ("64-bit float", false), SF_FORMAT_ULAW: ("µ-law", true),
        SF_FORMAT_ALAW: ("A-law", true), SF_FORMAT_IMA_ADPCM: ("IMA ADPCM", true),
        SF_FORMAT_MS_ADPCM: ("Microsoft ADPCM", true), SF_FORMAT_GSM610: ("GSM 6.10", true),
        SF_FORMAT_VORBIS: ("Vorbis", false), SF_FORMAT_OPUS: ("Opus", false),
        SF_FORMAT_MPEG_LAYER_I: ("MP1", false), SF_FORMAT_MPEG_LAYER_II: ("MP2", false),
        SF_FORMAT_MPEG_LAYER_III: ("MP3", false), SF_FORMAT_ALAC_16: ("ALAC", true),
    ]

    /// libsndfile's own name of a container or encoding that few people meet.
    private static func libraryName(_ format: Int) -> String {
        var info = SF_FORMAT_INFO()
        info.format = Int32(format)
        let size = Int32(MemoryLayout<SF_FORMAT_INFO>.size)
        guard sf_command(nil, Int32(SFC_GET_FORMAT_INFO), &info, size) == 0, let name = info.name else {
            return "format \(String(format, radix: 16))"
        }
        return String(cString: name)
    }
}
