private import Crypto
private import Foundation

/// SHA-256 of a recording's bytes, by which it is known again (FIPS 180-4).
package struct ContentHash {
    private var digest = SHA256()

    /// A hash of nothing so far.
    package init() {}

    /// Takes the next bytes.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) { digest.update(bufferPointer: bytes) }

    /// The digest of all bytes so far, lower-case hexadecimal.
    package var hexadecimal: String {
        digest.finalize().map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }

    /// Hash of a text as UTF-8.
    static func of(_ text: String) -> String {
        var hash = ContentHash()
        var text = text
        text.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) }
        return hash.hexadecimal
    }

    /// Bytes read at once: they stay in the second-level cache until they are hashed.
    private static let blockByteCount = 1 << 18

    /// Hash of a regular file, read in pieces; nil where it cannot be read.
    package static func ofFile(_ path: String) -> String? {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        // Reading to the start of a memory page is about three times faster than elsewhere.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: blockByteCount, alignment: 16_384)
        defer { buffer.deallocate() }
        var hash = ContentHash()
        while true {
            let count = read(file, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return nil }
            if count == 0 { return hash.hexadecimal }
            hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
