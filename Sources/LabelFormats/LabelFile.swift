import Foundation

/// Reads a label file from disk; what the text means is the business of each format.
public enum LabelFile {
    /// Largest file that is taken for labels, bytes.
    ///
    /// A day of word-level labels is under 20 MB; the limit keeps a recording given by mistake from filling the memory.
    public static let largestSize = 64 << 20

    /// The whole text of the file at `path`.
    ///
    /// - Throws: `LabelFormatError.unreadable` when the system refuses, `.notText` when the bytes are not UTF-8
    ///   or more than `largestSize`.
    public static func text(atPath path: String) throws(LabelFormatError) -> String {
        guard let file = fopen(path, "rb") else { throw unreadable(path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&block, 1, block.count, file)
            // A folder opens like a file on Linux and fails only here.
            guard ferror(file) == 0 else { throw unreadable(path) }
            guard count > 0 else { break }
            bytes.append(contentsOf: block[..<count])
            guard bytes.count <= largestSize else {
                throw .notText(path: path, reason: "more than \(largestSize >> 20) MiB")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .notText(path: path, reason: "not valid UTF-8")
        }
        return text
    }

    private static func unreadable(_ path: String) -> LabelFormatError {
        .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
}
