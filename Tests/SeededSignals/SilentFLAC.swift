/// FLAC files of silence: a day of it takes a hundred kilobytes, which is why length is limited (RFC 9639).
public enum SilentFLAC {
    /// Frames (samples of one channel) in every block, the most that the format takes.
    private static let blockLength = 65_535

    /// One channel of 16-bit silence, about `seconds` long: whole blocks of 65,535 samples.
    ///
    /// - Parameter statesLength: whether the header says how long it is; recorders that stream leave that out.
    public static func bytes(seconds: Int, rate: Int = 8_000, statesLength: Bool) -> [UInt8] {
        let blocks = (seconds * rate + blockLength - 1) / blockLength
        let total = statesLength ? blocks * blockLength : 0
        var bytes: [UInt8] = Array("fLaC".utf8) + [0x80, 0, 0, 34]
        for _ in 0..<2 { bytes += big(blockLength, 2) }
        bytes += [UInt8](repeating: 0, count: 6)
        // 20 bits rate, 3 bits channels less 1, 5 bits sample bits less 1, 36 bits length.
        bytes += big(rate << 44 | 15 << 36 | total, 8)
        bytes += [UInt8](repeating: 0, count: 16)
        for block in 0..<blocks {
            // Sync, fixed block size; size given below, rate as in the header; one channel, 16 bits.
            var frame: [UInt8] = [0xFF, 0xF8, 0x70, 0x08] + coded(block) + big(blockLength - 1, 2)
            frame.append(UInt8(remainder(of: frame, polynomial: 0x07, bits: 8)))
            // A subframe that is one value throughout.
            frame += [0, 0, 0]
            frame += big(remainder(of: frame, polynomial: 0x8005, bits: 16), 2)
            bytes += frame
        }
        return bytes
    }

    private static func big(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// A number as UTF-8 codes a character.
    private static func coded(_ number: Int) -> [UInt8] {
        Unicode.Scalar(UInt32(number)).map { Array(String(Character($0)).utf8) } ?? []
    }

    /// The cyclic redundancy check of FLAC: highest bit first, from 0.
    private static func remainder(of bytes: [UInt8], polynomial: Int, bits: Int) -> Int {
        bytes.reduce(0) { sum, byte in
            var sum = sum ^ Int(byte) << (bits - 8)
            for _ in 0..<8 { sum = sum << 1 ^ (sum >> (bits - 1) & 1 == 1 ? polynomial : 0) }
            return sum & (1 << bits - 1)
        }
    }
}
