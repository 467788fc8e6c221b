import Foundation

/// What the system knows of a file, links followed.
///
/// FileManager looks up the owner's name besides, for which it may ask a name service through a socket.
struct FileStatus {
    /// Length, bytes.
    let byteCount: Int
    /// When the content was last changed.
    let modificationDate: Date
    /// Whether it is a regular file, not a folder, pipe or device.
    let isRegular: Bool
    /// The permission bits.
    let mode: mode_t

    /// The status of what is at a path; nil where there is nothing that can be looked at.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        byteCount = Int(status.st_size)
        #if canImport(Darwin)
            let changed = status.st_mtimespec
        #else
            let changed = status.st_mtim
        #endif
        modificationDate = Date(timeIntervalSince1970: Double(changed.tv_sec) + Double(changed.tv_nsec) / 1e9)
        isRegular = status.st_mode & S_IFMT == S_IFREG
        mode = status.st_mode & 0o777
    }
}
