/// The pages of an Ogg file (RFC 3533).
package enum OggPages {
    /// Gives all pages one serial number, with their checksums anew.
    ///
    /// A writer draws the number at random, which is of use only where streams are joined.
    package static func setSerialNumber(_ number: UInt32, in bytes: inout [UInt8]) {
        var start = 0
        while let length = pageLength(bytes, at: start) {
            store(number, in: &bytes, at: start + 14)
            store(0, in: &bytes, at: start + 22)
            store(checksum(bytes[start..<start + length]), in: &bytes, at: start + 22)
            start += length
        }
    }

    /// Header and content of the page at an offset; nil where no whole page is.
    package static func pageLength(_ bytes: [UInt8], at start: Int) -> Int? {
        guard bytes.count - start >= 27, bytes[start..<start + 4].elementsEqual("OggS".utf8) else { return nil }
        let segments = Int(bytes[start + 26])
        guard bytes.count - start >= 27 + segments else { return nil }
        let content = bytes[(start + 27)..<(start + 27 + segments)].reduce(0) { $0 + Int($1) }
        let length = 27 + segments + content
        return bytes.count - start >= length ? length : nil
    }

    private static func store(_ number: UInt32, in bytes: inout [UInt8], at offset: Int) {
        for byte in 0..<4 { bytes[offset + byte] = UInt8(truncatingIfNeeded: number >> UInt32(8 * byte)) }
    }

    /// Cyclic redundancy check of RFC 3533: polynomial 0x04C11DB7, no reflection, starts at 0.
    package static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reduce(0) { $0 << 8 ^ table[Int($0 >> 24 ^ UInt32($1))] }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index) << 24) { value, _ in value << 1 ^ (value >> 31 == 1 ? 0x04C1_1DB7 : 0) }
    }
}
