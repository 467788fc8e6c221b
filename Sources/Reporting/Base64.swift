/// Bytes as text (RFC 4648, section 4).
enum Base64 {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.underestimatedCount / 3 * 4 + 4)
        var group: UInt32 = 0
        var held = 0
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            held += 1
            guard held == 3 else { continue }
            for shift in [18, 12, 6, 0] as [UInt32] { result.append(letters[Int(group >> shift & 63)]) }
            (group, held) = (0, 0)
        }
        if held == 1 {
            result += [letters[Int(group >> 2 & 63)], letters[Int(group << 4 & 63)]] + Array("==".utf8)
        } else if held == 2 {
            result += [letters[Int(group >> 10 & 63)], letters[Int(group >> 4 & 63)], letters[Int(group << 2 & 63)]]
            result += Array("=".utf8)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
