import Foundation

/// The sound of a meeting in progress as a WAV file, only where it was asked for.
final class LiveSoundFile {
    private let path: String
    private let handle: FileHandle
    private let shape: PCMShape
    private var byteCount = 0

    /// A new file that only its owner may read.
    ///
    /// - Throws: `CommandFailure` with exit code 73.
    init(path: String, shape: PCMShape) throws {
        (self.path, self.shape) = (path, shape)
        let file = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Self.failure(path) }
        handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        do { try handle.write(contentsOf: Data(shape.header)) } catch { throw Self.failure(path) }
    }

    /// Adds interleaved samples.
    func append(_ samples: [Float]) throws {
        let values = samples.map { Int16(max(min(($0 * 32768).rounded(), 32767), -32768)).littleEndian }
        byteCount += 2 * values.count
        do { try values.withUnsafeBytes { try handle.write(contentsOf: Data($0)) } } catch { throw Self.failure(path) }
    }

    /// Puts the length into the header.
    func finish() throws {
        func little(_ value: Int) -> Data { Data((0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }) }
        guard byteCount < 0xFFFF_FFFF - 36 else { return }
        do {
            try handle.seek(toOffset: 4)
            try handle.write(contentsOf: little(36 + byteCount))
            try handle.seek(toOffset: 40)
            try handle.write(contentsOf: little(byteCount))
            try handle.close()
        } catch { throw Self.failure(path) }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(
            "\(path) cannot be written; check that its folder exists, may be written and has room.",
            status: ExitStatus.unwritableOutput)
    }
}
