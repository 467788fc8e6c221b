/// Why the page of a meeting cannot be served.
///
/// `description` is one sentence: what failed, where, what to do.
public enum LivePageError: Error, Sendable, Hashable {
    /// The port cannot be had; the reason is the system's. Port 0 stands for any that is free.
    case unavailable(port: UInt16, reason: String)
}

extension LivePageError: CustomStringConvertible {
    /// The error as one sentence for a person.
    public var description: String {
        switch self {
        case .unavailable(0, let reason): "The page cannot be served on this machine (\(reason)); leave out --page."
        case .unavailable(let port, let reason):
            "The page cannot be served on port \(port) (\(reason)); name another with --page-port, or leave that out."
        }
    }
}
