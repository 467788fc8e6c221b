import CSndfile

/// The programs and libraries that decode sound, as they are on this machine.
public enum DecodingLibraries {
    /// Name and version of libsndfile as it was loaded, such as `libsndfile-1.2.0`.
    public static var soundFileVersion: String {
        String(cString: sf_version_string())
    }

    /// What an external decoder says about itself.
    public enum ExternalDecoderState: Sendable, Hashable {
        /// It runs; the first line of what it prints, such as `ffmpeg version 5.1.6`.
        case runs(version: String)
        /// It is not on the search path.
        case notInstalled
        /// It is there and does not run; the reason.
        case broken(reason: String)
    }

    /// Starts a decoder program once to hear its version.
    ///
    /// - Parameter program: a name on the search path, or a path.
    public static func externalDecoder(_ program: String = "ffmpeg") -> ExternalDecoderState {
        do {
            let process = try ExternalDecoderProcess(
                program: program, arguments: ["-version"], standardInput: nil, name: program, parameters: .init())
            var text: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = try buffer.withUnsafeMutableBytes { bytes throws(AudioDecodingError) -> Int in
                    guard let start = bytes.baseAddress else { return 0 }
                    return try process.read(into: start, count: bytes.count)
                }
                if count == 0 { break }
                text += buffer.prefix(count)
            }
            switch try process.waitForOutcome() {
            case .succeeded: return .runs(version: firstWords(of: text))
            case .notInstalled: return .notInstalled
            case .failed(let message): return .broken(reason: message ?? "it gives no reason")
            }
        } catch {
            return .broken(reason: "\(error)")
        }
    }

    /// The first line up to the copyright notice.
    private static func firstWords(of text: [UInt8]) -> String {
        let line = String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        let words = line.split(separator: " ").prefix { $0 != "Copyright" }
        return words.joined(separator: " ")
    }
}
