#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An open input of the operating system: a regular file, or a stream whose bytes pass once.
final class InputDescriptor: ByteSource {
    let number: Int32
    /// What messages call the input.
    let name: String
    /// Length of a regular file, bytes; nil for a stream.
    let byteCount: Int?
    private let closesAtEnd: Bool

    /// Takes over an open descriptor; it is closed at the end if `closesAtEnd`.
    init(number: Int32, name: String, closesAtEnd: Bool, isStream: Bool) throws(AudioDecodingError) {
        (self.number, self.name, self.closesAtEnd) = (number, name, closesAtEnd)
        var status = stat()
        guard fstat(number, &status) == 0 else {
            byteCount = nil
            throw .inputFailed(name, reason: Self.systemReason(errno))
        }
        let type = status.st_mode & S_IFMT
        byteCount = type == S_IFREG && !isStream ? Int(status.st_size) : nil
        if type == S_IFDIR { throw .directory(name) }
    }

    /// Opens a path for reading; waits for a writer if it is a named pipe.
    convenience init(path: String) throws(AudioDecodingError) {
        var number: Int32
        repeat { number = open(path, O_RDONLY | O_CLOEXEC) } while number < 0 && errno == EINTR
        guard number >= 0 else {
            switch errno {
            case ENOENT, ENOTDIR: throw .missing(path)
            case EACCES, EPERM: throw .permissionDenied(path)
            case let code: throw .inputFailed(path, reason: Self.systemReason(code))
            }
        }
        try self.init(number: number, name: path, closesAtEnd: true, isStream: false)
    }

    deinit {
        if closesAtEnd { close(number) }
    }

    /// Reads up to `count` bytes; 0 at the end.
    func read(into target: UnsafeMutableRawPointer, count: Int) throws(AudioDecodingError) -> Int {
        while true {
            #if canImport(Darwin)
                let got = Darwin.read(number, target, count)
            #elseif canImport(Musl)
                let got = Musl.read(number, target, count)
            #else
                let got = Glibc.read(number, target, count)
            #endif
            if got >= 0 { return got }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                // A parent may have made standard input non-blocking; wait instead of failing.
                var waiting = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
                _ = poll(&waiting, 1, -1)
            case let code: throw .inputFailed(name, reason: Self.systemReason(code))
            }
        }
    }

    /// Puts the next read at `offset` bytes from the start of a regular file.
    func seek(to offset: Int) throws(AudioDecodingError) {
        guard lseek(number, off_t(offset), SEEK_SET) >= 0 else {
            throw .inputFailed(name, reason: Self.systemReason(errno))
        }
    }

    /// Another descriptor of the same file, for the caller to close.
    func duplicate() throws(AudioDecodingError) -> Int32 {
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw .inputFailed(name, reason: Self.systemReason(errno)) }
        return copy
    }

    /// The system's words for an error number, for example "No space left on device".
    static func systemReason(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
