import Foundation

/// Keeps two runs out of one output folder.
///
/// The lock is the system's (`flock`), which lets go of it when its process ends in whatever way, so a lock cannot be
/// left over. What the file says is only for people: who holds it or, if nobody does, that a run was cut off.
final class FolderLock: Sendable {
    /// What a run that was cut off wrote about itself; nil if the last one ended well.
    let remainder: String?
    private let descriptor: Int32
    private let isShared: Bool

    /// Takes the lock at `path`.
    ///
    /// - Parameter isShared: Whether others may hold it in the same way, as the parts of one batch do.
    /// - Throws: `BatchError.outputLocked` when somebody else has it, `.outputFailed` where there can be none.
    init(path: String, folder: String, isShared: Bool) throws(BatchError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .outputFailed(path: path, reason: OutputFolder.reason(errno)) }
        var result: Int32
        repeat {
            result = flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB)
        } while result != 0 && errno == EINTR
        let code = errno
        let written = Self.content(descriptor)
        guard result == 0 else {
            close(descriptor)
            guard code == EWOULDBLOCK else {
                throw .outputFailed(path: path, reason: "it cannot be locked: " + OutputFolder.reason(code))
            }
            throw .outputLocked(folder: folder, holder: written.isEmpty ? "another run" : written)
        }
        (self.descriptor, self.isShared) = (descriptor, isShared)
        remainder = written.isEmpty || isShared ? nil : written
        guard !isShared else { return }
        let process = ProcessInfo.processInfo
        let start = Date.now.formatted(.iso8601)
        let holder = Array("process \(process.processIdentifier) on \(process.hostName) since \(start)".utf8)
        ftruncate(descriptor, 0)
        // Nothing rests on these words, so a full disk is found out by the first result instead.
        _ = pwrite(descriptor, holder, holder.count, 0)
    }

    /// Lets go of the lock and says that all ended well.
    func release() {
        if !isShared { ftruncate(descriptor, 0) }
        close(descriptor)
    }

    private static func content(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 200)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }
}
