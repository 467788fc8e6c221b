#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A temporary file without a name: unlinked as soon as it exists, so that it vanishes with the process however that ends.
package enum NamelessFile {
    /// The folder for temporary files: `TMPDIR`, or `/tmp` where that is not set.
    package static var folder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

    /// An open descriptor to read and write, closed when another program is started; negative, with `errno` set, when
    /// `folder` takes no new file.
    package static func open(in folder: String) -> Int32 {
        var path = Array("\(folder)/twoway.XXXXXX".utf8CString)
        return path.withUnsafeMutableBufferPointer { path in
            guard let start = path.baseAddress else { return -1 }
            let number = mkstemp(start)
            if number >= 0 {
                unlink(start)
                _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            }
            return number
        }
    }
}
