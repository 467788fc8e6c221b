import CSndfile

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A compressed WAV whose header states a wrong length, shown to libsndfile with the right one.
///
/// The file itself stays as it is; only the bytes that pass through here differ.
final class CorrectedWaveFile {
    private let input: InputDescriptor
    private let byteCount: Int
    private let dataOffset: Int
    private var position = 0
    /// The samples' length as stated and as held, bytes.
    let stated: Int
    let held: Int

    /// Nil if the stated length is right, or the container is another than plain WAV.
    init?(
        _ input: InputDescriptor, header: WaveHeader, parameters: AudioDecodingParameters
    ) throws(AudioDecodingError) {
        guard header.container == .wav, let byteCount = input.byteCount else { return nil }
        let held = byteCount - header.dataOffset
        let stated = header.statedByteCount
        guard held > 0, held < 0xFFFF_FFFF, stated != held else { return nil }
        (self.input, self.byteCount, self.stated, self.held) = (input, byteCount, stated, held)
        dataOffset = header.dataOffset
        if stated > held { return }
        // What follows may be other chunks or padding; the samples are only longer if it is neither.
        var following = [UInt8](repeating: 0, count: parameters.minimumUnstatedByteCount)
        let count = following.withUnsafeMutableBytes { pread(input.number, $0.baseAddress, $0.count, end(of: stated)) }
        guard count >= 8, count == following.count else { return nil }
        let isChunk = following.withUnsafeBytes { bytes in
            (0...1).contains { skipped in
                WaveHeader.startsChunk(
                    LittleEndianFields(bytes: bytes), at: skipped, bytesToEnd: held - stated)
            }
        }
        if isChunk { return nil }
    }

    private func end(of stated: Int) -> off_t { off_t(dataOffset + stated) }

    /// Opens the corrected file; this value must outlive what is returned.
    func open(_ info: inout SF_INFO) -> OpaquePointer? {
        var callbacks = SF_VIRTUAL_IO(
            get_filelen: { sf_count_t(CorrectedWaveFile.at($0).byteCount) },
            seek: { offset, origin, file in CorrectedWaveFile.at(file).seek(Int(offset), from: origin) },
            read: { target, count, file in CorrectedWaveFile.at(file).read(target, Int(count)) },
            write: { _, _, _ in 0 },
            tell: { sf_count_t(CorrectedWaveFile.at($0).position) })
        return sf_open_virtual(&callbacks, Int32(SFM_READ), &info, Unmanaged.passUnretained(self).toOpaque())
    }

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> CorrectedWaveFile {
        guard let pointer else { preconditionFailure("libsndfile lost the file it was given") }
        return Unmanaged<CorrectedWaveFile>.fromOpaque(pointer).takeUnretainedValue()
    }

    private func seek(_ offset: Int, from origin: Int32) -> sf_count_t {
        switch origin {
        case SEEK_CUR: position += offset
        case SEEK_END: position = byteCount + offset
        default: position = offset
        }
        return sf_count_t(position)
    }

    private func read(_ target: UnsafeMutableRawPointer?, _ count: Int) -> sf_count_t {
        guard let target, position >= 0 else { return 0 }
        let got = max(pread(input.number, target, count, off_t(position)), 0)
        overlay(UInt32(truncatingIfNeeded: byteCount - 8), at: 4, on: target, count: got)
        overlay(UInt32(truncatingIfNeeded: held), at: dataOffset - 4, on: target, count: got)
        position += got
        return sf_count_t(got)
    }

    /// Puts a number of the header into those bytes just read that hold it.
    private func overlay(_ value: UInt32, at offset: Int, on target: UnsafeMutableRawPointer, count: Int) {
        for index in 0..<4 where (position..<position + count).contains(offset + index) {
            let byte = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index)))
            target.storeBytes(of: byte, toByteOffset: offset + index - position, as: UInt8.self)
        }
    }
}
