import Foundation

/// Reads a label file from disk; what the text means is the business of each format.
public enum LabelFile {
    /// Largest file that is taken for labels, bytes.
    ///
    /// A day of word-level labels is under 20 MB; the limit keeps a recording given by mistake from filling the memory.
    public static let largestSize = 64 << 20

    /// The whole text of the file at `path`.
    ///
    /// Without a byte order mark the bytes are UTF-8; with one they may be UTF-16 as well, which Praat writes. The mark
    /// itself is not part of the text.
    ///
    /// - Throws: `LabelFormatError.unreadable` when the system refuses, `.notText` when the bytes are not what they
    ///   should be or more than `largestSize`.
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
        return try text(of: bytes, path: path)
    }

    /// The text that `bytes` encode; see `text(atPath:)`.
    static func text(of bytes: [UInt8], path: String) throws(LabelFormatError) -> String {
        switch bytes.prefix(2) {
        case [0xFF, 0xFE]:
            return try utf16(bytes.dropFirst(2), path: path) { low, high in UInt16(low) | UInt16(high) << 8 }
        case [0xFE, 0xFF]:
            return try utf16(bytes.dropFirst(2), path: path) { high, low in UInt16(low) | UInt16(high) << 8 }
        default:
            let rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
            guard let text = String(validating: rest, as: UTF8.self) else {
                throw .notText(path: path, reason: "not valid UTF-8")
            }
            return text
        }
    }

    private static func utf16(
        _ bytes: ArraySlice<UInt8>, path: String, _ unit: (UInt8, UInt8) -> UInt16
    ) throws(LabelFormatError) -> String {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var position = bytes.startIndex
        while position + 1 < bytes.endIndex {
            units.append(unit(bytes[position], bytes[position + 1]))
            position += 2
        }
        guard position == bytes.endIndex, let text = String(validating: units, as: UTF16.self) else {
            throw .notText(path: path, reason: "not valid UTF-16")
        }
        return text
    }

    private static func unreadable(_ path: String) -> LabelFormatError {
        .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
}
