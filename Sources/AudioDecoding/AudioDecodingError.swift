/// Why a recording cannot be decoded.
///
/// `description` is one sentence: what failed, where, what to do.
public enum AudioDecodingError: Error, Sendable, Hashable {
    /// Nothing exists at the path.
    case missing(String)
    /// The path is a folder.
    case directory(String)
    /// The file may not be read by this user.
    case permissionDenied(String)
    /// Opening or reading failed; the reason is the system's.
    case inputFailed(String, reason: String)
    /// A stream had to be kept in a temporary file and that failed.
    case spoolFailed(String, folder: String, reason: String)
    /// The input has no bytes.
    case empty(String)
    /// The input is something else than sound, for example "a text file".
    case notSound(String, what: String)
    /// No decoder knows the format; the reason is libsndfile's or ffmpeg's.
    case unknownFormat(String, reason: String)
    /// The header or the samples are damaged.
    case damaged(String, reason: String)
    /// The sample rate, hertz, is outside the accepted range.
    case unsupportedSampleRate(String, rate: Int, accepted: ClosedRange<Int>)
    /// The number of channels is 0 or too large.
    case unsupportedChannelCount(String, count: Int, maximum: Int)
    /// The recording is longer than accepted, by its header or in fact; the limit in seconds.
    case tooLong(String, stated: Double?, maximum: Double)
    /// Only ffmpeg can decode the format and it is not installed.
    case needsExternalDecoder(String, format: String, program: String)
    /// ffmpeg was started and could not decode the input.
    case externalDecoderFailed(String, reason: String)
    /// The sound could be read but not be coded as Opus; the reason is libsndfile's.
    case encodingFailed(String, reason: String)

    /// The two families that scripts tell apart by exit code.
    public enum Kind: Sendable, Hashable {
        /// The input cannot be read at all.
        case unreadable
        /// The input was read but is damaged or of an unsupported format.
        case unsupported
    }

    /// Whether reading the input or making sense of it failed.
    public var kind: Kind {
        switch self {
        case .missing, .directory, .permissionDenied, .inputFailed, .spoolFailed: .unreadable
        default: .unsupported
        }
    }
}

extension AudioDecodingError: CustomStringConvertible {
    /// The error as one sentence for a person.
    public var description: String {
        switch self {
        case .missing(let name): "\(name) does not exist; check the path."
        case .directory(let name): "\(name) is a folder, not a recording; name a file in it."
        case .permissionDenied(let name): "\(name) may not be read by this user; change its permissions (chmod +r)."
        case .inputFailed(let name, let reason): "\(name) cannot be read (\(reason)); check the disk or the pipe."
        case .spoolFailed(let name, let folder, let reason):
            "\(name) must be kept in a temporary file and \(folder) does not take it (\(reason)); "
                + "set TMPDIR to a folder with room or give a file."
        case .empty(let name): "\(name) is empty; the recorder stored nothing."
        case .notSound(let name, let what): "\(name) is \(what), not a recording; name a sound file."
        case .unknownFormat(let name, let reason):
            "\(name) is in no sound format that could be decoded (\(reason)); convert it to WAV."
        case .damaged(let name, let reason): "\(name) is damaged: \(reason); export or copy it again."
        case .unsupportedSampleRate(let name, let rate, let accepted):
            "\(name) has a sample rate of \(rate) Hz; rates from \(accepted.lowerBound) to \(accepted.upperBound) Hz "
                + "are supported, record or convert it so."
        case .unsupportedChannelCount(let name, let count, let maximum):
            "\(name) has \(count) channels; 1 to \(maximum) are supported, convert it."
        case .tooLong(let name, let stated, let maximum):
            "\(name) \(stated.map { "says that it lasts \(Self.hours($0))" } ?? "does not end"), which is over the limit of "
                + "\(Self.hours(maximum)); cut the recording or raise the limit with --max-duration."
        case .needsExternalDecoder(let name, let format, let program):
            "\(name) is \(format), which twoway does not read by itself; install \(program) "
                + "(Debian: apt install ffmpeg, macOS: brew install ffmpeg) or convert it to WAV."
        case .externalDecoderFailed(let name, let reason):
            "\(name) cannot be decoded, not even by ffmpeg (\(reason)); convert it to WAV or record again."
        case .encodingFailed(let name, let reason):
            "The sound of \(name) cannot be coded as Opus (\(reason)); put the recording itself into the page with "
                + "--embed-as original."
        }
    }

    /// A length as "25 h", "1 h 30 min", "10 s".
    private static func hours(_ seconds: Double) -> String {
        let whole = Int(min(max(seconds.rounded(.up), 0), 1e15))
        let parts = [(whole / 3600, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")].filter { $0.0 > 0 }
        return parts.isEmpty ? "0 s" : parts.prefix(2).map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
