/// The header of a RIFF/WAVE file: also RF64 and BW64 (EBU Tech 3306) and Sony Wave64.
struct WaveHeader: Sendable, Hashable {
    enum Container: String, Sendable { case wav = "WAV", rf64 = "RF64", wave64 = "W64" }

    var container: Container
    /// `wFormatTag`, already looked up in the sub-format of WAVE_FORMAT_EXTENSIBLE.
    var formatTag: Int
    var channelCount: Int
    /// Hertz.
    var sampleRate: Int
    /// `nBlockAlign`: bytes of one frame, or of one block of a compressed encoding.
    var blockByteCount: Int
    var bitsPerSample: Int
    /// Where the samples start, bytes from the start of the file.
    var dataOffset: Int
    /// Length of the samples as stated, bytes.
    ///
    /// May be anything: 0, all ones, or longer than the file.
    var statedByteCount: Int

    /// The plain encoding of the samples; nil if they are compressed or of an unknown kind.
    var sampleEncoding: SampleEncoding? {
        // The container of a sample may be wider than its bits (24 bits in 4 bytes, left-justified).
        let declared = (bitsPerSample + 7) / 8
        let width = channelCount > 0 && blockByteCount % channelCount == 0 ? blockByteCount / channelCount : 0
        switch (formatTag, width > 0 ? width : declared) {
        case (1, 1): return .unsigned8
        case (1, 2): return .signed16
        case (1, 3): return .signed24
        case (1, 4): return .signed32
        case (3, 4): return .float32
        case (3, 8): return .float64
        case (6, 1): return .aLaw
        case (7, 1): return .muLaw
        default: return nil
        }
    }
}

/// What a first look at the bytes of an input found.
enum WaveHeaderScan: Sendable, Hashable {
    /// The bytes are of another format.
    case notWave
    /// The samples start behind the bytes seen so far.
    case needsMore
    case damaged(String)
    case found(WaveHeader)
}

extension WaveHeader {
    /// Looks for the header in the first bytes of an input.
    static func scan(_ bytes: UnsafeRawBufferPointer) -> WaveHeaderScan {
        let fields = LittleEndianFields(bytes: bytes)
        switch fields.tag(0) {
        case "RIFF" where fields.tag(8) == "WAVE": return scan(fields, container: .wav, from: 12)
        case "RF64" where fields.tag(8) == "WAVE", "BW64" where fields.tag(8) == "WAVE":
            return scan(fields, container: .rf64, from: 12)
        case "riff" where fields.tag(24) == "wave": return scan(fields, container: .wave64, from: 40)
        case "RIFF", "RF64", "BW64", "riff": return bytes.count < 28 ? .needsMore : .notWave
        default: return .notWave
        }
    }

    private static func scan(_ fields: LittleEndianFields, container: Container, from start: Int) -> WaveHeaderScan {
        // A chunk is tag, size, content; Wave64 has 16-byte tags and 8-byte sizes that count the whole chunk.
        let (idWidth, headWidth, alignment) = container == .wave64 ? (16, 24, 8) : (4, 8, 2)
        var found: WaveHeader?
        var dataSize64: Int?
        var offset = start
        while let tag = fields.tag(offset), fields.bytes.count >= offset + headWidth {
            let content = offset + headWidth
            let stated = container == .wave64 ? fields.uint64(offset + idWidth) : fields.uint32(offset + idWidth)
            guard let stated else { return .needsMore }
            let size = container == .wave64 ? max(stated - headWidth, 0) : stated
            switch tag {
            case "data":
                guard var header = found else { return .damaged("no format stands before its samples") }
                header.dataOffset = content
                header.statedByteCount = container == .rf64 && size == 0xFFFF_FFFF ? dataSize64 ?? size : size
                return .found(header)
            case "fmt ":
                guard size >= 14 else { return .damaged("its format chunk is too short") }
                guard fields.bytes.count >= content + min(size, 40) else { return .needsMore }
                found = format(fields, at: content, size: size, container: container)
            case "ds64":
                guard fields.bytes.count >= content + 16 else { return .needsMore }
                dataSize64 = fields.uint64(content + 8)
            default: break
            }
            let padded = size.addingReportingOverflow(-size & (alignment - 1))
            guard !padded.overflow, padded.partialValue <= Int.max - content else { return .needsMore }
            offset = content + padded.partialValue
        }
        return .needsMore
    }

    /// Whether bytes behind the samples look like another chunk, or like the tags that music programs put there.
    ///
    /// `bytesToEnd` counts from the end of the samples to the end of the file, nil if that is not known.
    static func startsChunk(_ fields: LittleEndianFields, at offset: Int, bytesToEnd: Int?) -> Bool {
        guard let tag = fields.tag(offset), let size = fields.uint32(offset + 4) else { return true }
        if tag.hasPrefix("ID3") || tag.hasPrefix("TAG") { return true }
        guard tag.unicodeScalars.allSatisfy({ (" "..."~").contains($0) }) else { return false }
        // Padding may stand before the chunk and be missing behind it, one byte each.
        return bytesToEnd.map { 8 + size <= $0 + 1 } ?? true
    }

    private static func format(
        _ fields: LittleEndianFields, at start: Int, size: Int, container: Container
    ) -> WaveHeader? {
        guard let tag = fields.uint16(start), let channels = fields.uint16(start + 2),
            let rate = fields.uint32(start + 4), let block = fields.uint16(start + 12)
        else { return nil }
        var header = WaveHeader(
            container: container, formatTag: tag, channelCount: channels, sampleRate: rate, blockByteCount: block,
            bitsPerSample: size >= 16 ? fields.uint16(start + 14) ?? 0 : 8, dataOffset: 0, statedByteCount: 0)
        if tag == 0xFFFE, size >= 40, let subFormat = fields.uint16(start + 24) {
            // The GUID of a sub-format is its format tag in front of a fixed tail.
            header.formatTag = subFormat
        }
        return header
    }
}

/// Numbers and tags in a run of bytes; nil beyond its end.
struct LittleEndianFields {
    let bytes: UnsafeRawBufferPointer

    func uint16(_ offset: Int) -> Int? { load(offset, as: UInt16.self).map { Int(UInt16(littleEndian: $0)) } }
    func uint32(_ offset: Int) -> Int? { load(offset, as: UInt32.self).map { Int(UInt32(littleEndian: $0)) } }
    /// Values beyond Int.max, which stand for "not known", come out as Int.max.
    func uint64(_ offset: Int) -> Int? { load(offset, as: UInt64.self).map { Int(clamping: UInt64(littleEndian: $0)) } }

    /// Four characters as text, bytes above 127 as Latin-1.
    func tag(_ offset: Int) -> String? {
        guard offset >= 0, offset <= bytes.count - 4 else { return nil }
        return String(String.UnicodeScalarView(bytes[offset..<offset + 4].map { Unicode.Scalar($0) }))
    }

    private func load<Value: BitwiseCopyable>(_ offset: Int, as type: Value.Type) -> Value? {
        guard offset >= 0, offset <= bytes.count - MemoryLayout<Value>.size else { return nil }
        return bytes.loadUnaligned(fromByteOffset: offset, as: type)
    }
}
