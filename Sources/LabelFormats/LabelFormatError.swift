/// Why a label file could not be used.
public enum LabelFormatError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file could not be opened or read; `reason` is the system's own word.
    case unreadable(path: String, reason: String)
    /// The file was read but is not text in UTF-8 or UTF-16, or far too big to be labels.
    case notText(path: String, reason: String)
    /// One line breaks the format; `line` counts from 1, `problem` says what is wrong, `advice` what to do.
    case damagedLine(path: String, line: Int, problem: String, advice: String)

    /// The two families of failure that a caller tells apart.
    public enum Kind: Sendable, Hashable {
        /// The file is missing, forbidden or a folder.
        case unreadable
        /// The file is there, but its content is not what the format asks for.
        case damaged
    }

    /// Whether the file or its content is at fault.
    public var kind: Kind {
        switch self {
        case .unreadable: .unreadable
        case .notText, .damagedLine: .damaged
        }
    }

    /// What failed, on which file and line, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): cannot be read (\(reason)); check the name and the permissions"
        case .notText(let path, let reason):
            "\(path): not a label file (\(reason)); give a text file in UTF-8 or, with a byte order mark, UTF-16"
        case .damagedLine(let path, let line, let problem, let advice):
            "\(path):\(line): \(problem); \(advice)"
        }
    }
}
