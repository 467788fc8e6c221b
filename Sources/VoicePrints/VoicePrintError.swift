/// Why voices cannot be kept or read.
///
/// `description` is one sentence: what failed, where, what to do.
public enum VoicePrintError: Error, Sendable, Hashable {
    /// The file exists and cannot be read; the reason is the system's.
    case unreadable(String, reason: String)
    /// The file is not what this program writes.
    case damaged(String)
    /// The file was written by a later version.
    case tooNew(String)
    /// The file or its folder cannot be written; the reason is the system's.
    case unwritable(String, reason: String)
    /// Nobody of this name is enrolled.
    case unknown(name: String, known: [String])
}

extension VoicePrintError: CustomStringConvertible {
    /// The error as one sentence for a person.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path) with the enrolled voices cannot be read (\(reason)); check its permissions."
        case .damaged(let path):
            "\(path) does not hold enrolled voices as twoway writes them; move it away and enroll again."
        case .tooNew(let path): "\(path) was written by a later version of twoway; update this one."
        case .unwritable(let path, let reason):
            "\(path) cannot be written (\(reason)); check that its folder may be written and has room."
        case .unknown(let name, let known):
            known.isEmpty
                ? "No voice is enrolled, so not that of \(name) either."
                : "No voice is enrolled as \(name); there are \(known.joined(separator: ", "))."
        }
    }
}
