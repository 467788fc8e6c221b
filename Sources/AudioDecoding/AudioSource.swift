/// Where a recording comes from.
public enum AudioSource: Sendable, Hashable {
    /// A file by its path. A named pipe (FIFO) works too and is read like standard input.
    case file(String)
    /// The bytes that arrive on standard input, read once from front to back.
    case standardInput

    /// How messages name the source: the path, or "standard input".
    public var name: String {
        switch self {
        case .file(let path): path
        case .standardInput: "standard input"
        }
    }
}
