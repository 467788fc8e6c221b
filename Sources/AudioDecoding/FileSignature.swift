/// What the first bytes of an input say it is.
enum FileSignature: Sendable, Hashable {
    /// Sound or video; the name goes into "X is …".
    case recording(String)
    /// Something else, for example "a text file".
    case other(String)
    case unknown

    /// Judges the first bytes, at best 512 or more.
    init(_ bytes: UnsafeRawBufferPointer) {
        for (offset, mark, name) in Self.recordings where Self.has(bytes, mark, at: offset) {
            self = .recording(name)
            return
        }
        // The byte order mark of UTF-16 is a frame of MPEG layer I with a checksum as well, so the text is looked at too.
        if Self.isUTF16(bytes) {
            self = .other("a text file")
            return
        }
        // MPEG audio has no name in front, only eleven bits set; layer 0 is how AAC in ADTS looks.
        if bytes.count > 2, bytes[0] == 0xFF, bytes[1] & 0xE0 == 0xE0, bytes[2] != 0xFF, bytes[1] != 0xFF {
            self = .recording(bytes[1] & 0x06 == 0 ? "raw AAC" : "MPEG audio")
            return
        }
        for (mark, name) in Self.others where Self.has(bytes, mark, at: 0) {
            self = .other(name)
            return
        }
        self = Self.isText(bytes) ? .other("a text file") : .unknown
    }

    private static let recordings: [(Int, [UInt8], String)] = [
        (0, Array("fLaC".utf8), "FLAC"), (0, Array("OggS".utf8), "Ogg"), (0, Array("caff".utf8), "CAF"),
        (8, Array("AIFF".utf8), "AIFF"), (8, Array("AIFC".utf8), "AIFF"), (0, Array(".snd".utf8), "AU"),
        (0, Array("ID3".utf8), "MP3"), (0, Array("NIST_1A".utf8), "NIST SPHERE"),
        (0, Array("Creative Voice".utf8), "VOC"), (0, Array("RIFX".utf8), "big-endian WAV"),
        (4, Array("ftyp".utf8), "MPEG-4 (m4a, mp4)"), (0, [0x1A, 0x45, 0xDF, 0xA3], "WebM or Matroska"),
        (0, Array("#!AMR".utf8), "AMR"), (0, [0x30, 0x26, 0xB2, 0x75], "Windows Media (wma, wmv)"),
        (8, Array("AVI ".utf8), "AVI"), (8, Array("WAVE".utf8), "WAV with a rare encoding"),
        (0, Array("wvpk".utf8), "WavPack"), (0, Array("MAC ".utf8), "Monkey's Audio"),
        (0, Array("FLV".utf8), "Flash video"), (0, [0, 0, 1, 0xBA], "MPEG video"),
    ]

    private static let others: [([UInt8], String)] = [
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image"), ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        (Array("GIF8".utf8), "a GIF image"), (Array("%PDF".utf8), "a PDF document"),
        (Array("PK\u{3}\u{4}".utf8), "a ZIP archive or office document"), ([0x1F, 0x8B], "a gzip archive"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"), (Array("SQLite format 3".utf8), "a database"),
    ]

    private static func has(_ bytes: UnsafeRawBufferPointer, _ mark: [UInt8], at offset: Int) -> Bool {
        bytes.count >= offset + mark.count && bytes[offset..<offset + mark.count].elementsEqual(mark)
    }

    /// Text has no control characters but line breaks, tabs, form feeds and escapes.
    private static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let start = bytes.prefix(512)
        return !start.isEmpty && start.allSatisfy { isTextual(UInt16($0)) }
    }

    private static func isTextual(_ unit: UInt16) -> Bool {
        unit >= 0x20 && unit != 0x7F || (9...13).contains(unit) || unit == 0x1B
    }

    /// Whether the bytes are a byte order mark with text behind it: no control characters, surrogates in pairs.
    private static func isUTF16(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let isLittle = has(bytes, [0xFF, 0xFE], at: 0)
        guard isLittle || has(bytes, [0xFE, 0xFF], at: 0) else { return false }
        let units = stride(from: 2, to: min(bytes.count, 512) - 1, by: 2).map {
            UInt16(bytes[isLittle ? $0 : $0 + 1]) | UInt16(bytes[isLittle ? $0 + 1 : $0]) << 8
        }
        // The end of what is looked at may part a pair.
        let whole = units.last.map(UTF16.isLeadSurrogate) == true ? units.dropLast() : units[...]
        return whole.allSatisfy(isTextual) && String(validating: whole, as: UTF16.self) != nil
    }
}
