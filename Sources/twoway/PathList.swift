import ArgumentParser
import Foundation

/// A list of paths, one a line or ended by null characters, from a file or standard input.
struct PathList: Sendable {
    /// The file; `-` is standard input.
    let path: String
    /// What ends a path: a line feed or, for names that may hold one, the null character.
    let delimiter: UInt8

    /// Opens the list.
    ///
    /// - Throws: `CommandFailure` with exit code 66.
    private func open() throws -> UnsafeMutablePointer<FILE> {
        guard let file = path == "-" ? fdopen(dup(0), "r") : fopen(path, "r") else {
            throw CommandFailure(
                "\(path) cannot be read (\(String(cString: strerror(errno)))); check the path of the list.",
                status: ExitStatus.unreadableInput)
        }
        return file
    }

    /// All paths at once.
    ///
    /// - Throws: `CommandFailure` with exit code 66.
    func all() throws -> [String] {
        let file = try open()
        defer { fclose(file) }
        var paths: [String] = []
        Self.read(file, delimiter) { paths.append($0) }
        return paths
    }

    /// The paths as they come; whoever writes the list may take its time.
    ///
    /// A thread of its own waits for them, so that no analysis has to.
    ///
    /// - Throws: `CommandFailure` with exit code 66.
    func stream() throws -> AsyncStream<String> {
        nonisolated(unsafe) let file = try open()
        let delimiter = delimiter
        return AsyncStream { continuation in
            Thread.detachNewThread {
                Self.read(file, delimiter) { continuation.yield($0) }
                fclose(file)
                continuation.finish()
            }
        }
    }

    private static func read(_ file: UnsafeMutablePointer<FILE>, _ delimiter: UInt8, _ take: (String) -> Void) {
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        while true {
            var count = getdelim(&line, &capacity, Int32(delimiter), file)
            guard count >= 0, let line else { return }
            if count > 0, UInt8(bitPattern: line[count - 1]) == delimiter { count -= 1 }
            guard count > 0 else { continue }
            let bytes = UnsafeBufferPointer(start: line, count: count).map(UInt8.init(bitPattern:))
            take(String(decoding: bytes, as: UTF8.self))
        }
    }
}
