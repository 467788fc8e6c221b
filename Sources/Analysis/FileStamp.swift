import Foundation

/// What the file system says of a file; two stamps differ when it was written to, or replaced, in between.
struct FileStamp: Equatable {
    /// What lies at a path.
    enum Kind { case file, folder, other }

    /// What lies at the path, links followed.
    let kind: Kind
    /// Length, bytes.
    let byteCount: Int
    /// Device and inode, by which a file is the same under several names.
    let identity: [Int]
    /// Times of the last change of content and of metadata, seconds and nanoseconds.
    private let times: [Int]

    /// The stamp of what lies at `path`; nil where nothing does.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        default: kind = .other
        }
        byteCount = Int(status.st_size)
        identity = [Int(status.st_dev), Int(status.st_ino)]
        #if canImport(Darwin)
            let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (modified, changed) = (status.st_mtim, status.st_ctim)
        #endif
        times = [modified, changed].flatMap { [Int($0.tv_sec), Int($0.tv_nsec)] }
    }
}
