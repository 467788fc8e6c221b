private import Crypto
private import Foundation

/// SHA-256 of a recording's bytes, by which it is known again (FIPS 180-4).
package struct ContentHash {
    private var digest = SHA256()

    /// Nothing yet.
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

    /// Hash of a regular file, read in pieces; nil where it cannot be read.
    static func ofFile(_ path: String) -> String? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        var hash = ContentHash()
        do {
            // 1 MiB: large enough that the calls do not count, small enough not to matter.
            while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty {
                data.withUnsafeBytes { hash.update($0) }
            }
        } catch {
            return nil
        }
        return hash.hexadecimal
    }
}
