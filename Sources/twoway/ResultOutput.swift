import Foundation

/// Where a result goes: standard output, or a file that appears whole or not at all.
enum ResultOutput {
    case standardOutput
    case file(String)

    /// The output for `--output FILE`; nil and `-` mean standard output.
    init(path: String?) {
        self = path.flatMap { $0 == "-" ? nil : .file($0) } ?? .standardOutput
    }

    /// Whether a person watches.
    var isTerminal: Bool {
        guard case .standardOutput = self else { return false }
        return isatty(FileHandle.standardOutput.fileDescriptor) == 1
    }

    /// Writes the whole text into a file that only its owner can read; standard output is as always.
    ///
    /// - Throws: `CommandFailure` with exit code 73.
    func writePrivately(_ text: String) throws {
        guard case .file(let path) = self else { return try write(text) }
        try Self.refusing(path) { try Self.replace(path, with: Data(text.utf8), mode: 0o600) }
    }

    /// Writes the whole text.
    ///
    /// - Throws: `CommandFailure` with exit code 73.
    func write(_ text: String) throws {
        switch self {
        case .standardOutput:
            do {
                try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
            } catch {
                throw CommandFailure(
                    "The result could not be written to standard output.", status: ExitStatus.unwritableOutput)
            }
        case .file(let path): try Self.refusing(path) { try Self.write(Data(text.utf8), toFileAt: path) }
        }
    }

    /// Says what to do when writing to `path` fails.
    private static func refusing(_ path: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            throw CommandFailure(
                "\(path) cannot be written; check that its folder exists, may be written and has room.",
                status: ExitStatus.unwritableOutput)
        }
    }

    /// Replaces a file, or the file behind a link, as a whole; a pipe or a device is written to and stays what it is.
    ///
    /// A file that is there keeps its permissions, a new one has those of the umask.
    private static func write(_ data: Data, toFileAt path: String) throws {
        let status = FileStatus(path)
        if let status, !status.isRegular {
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            try file.write(contentsOf: data)
            try file.close()
        } else {
            let mask = umask(0)
            umask(mask)
            let target = URL(filePath: path).resolvingSymlinksInPath().path
            try replace(target, with: data, mode: status?.mode ?? 0o666 & ~mask)
        }
    }

    /// Writes beside the place and renames, so that the file is there whole or not at all.
    private static func replace(_ path: String, with data: Data, mode: mode_t) throws {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        var name = Array("\(folder)/.twoway-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        let temporary = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: data)
            try handle.synchronize()
            guard fchmod(descriptor, mode) == 0 else { throw CocoaError(.fileWriteUnknown) }
            try handle.close()
            guard rename(temporary, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            unlink(temporary)
            throw error
        }
    }
}
