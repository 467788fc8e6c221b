import ArgumentParser
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
        try Self.refuseDatabase(path)
        try Self.refusing(path) { try Self.write(Data(text.utf8), toFileAt: path, mode: 0o600) }
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
        case .file(let path):
            try Self.refuseDatabase(path)
            try Self.refusing(path) { try Self.write(Data(text.utf8), toFileAt: path, mode: nil) }
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

    /// Refuses to take the place of a journal or another SQLite database (file format, section 1.3), or of its log.
    ///
    /// - Throws: `CommandFailure` with exit code 64.
    private static func refuseDatabase(_ path: String) throws {
        guard FileStatus(path)?.isRegular == true, let file = FileHandle(forReadingAtPath: path) else { return }
        defer { try? file.close() }
        let start = Array((try? file.read(upToCount: 16)) ?? Data())
        let isLog = start.starts(with: [0x37, 0x7F, 0x06]) && (start.count > 3 && start[3] & 0xFE == 0x82)
        guard start.starts(with: Array("SQLite format 3".utf8)) || isLog else { return }
        throw CommandFailure(
            "\(path) is a journal or another database, and the result would take its place; name another file.",
            status: .validationFailure)
    }

    /// Whether two paths name the same place, links followed.
    static func isSame(_ one: String, _ other: String) -> Bool {
        func place(_ path: String) -> String { URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path }
        return place(one) == place(other)
    }

    /// Refuses a result that would take the place of what it is made from.
    ///
    /// - Throws: `ValidationError`.
    static func check(_ outputs: (option: String, path: String?)..., spares inputs: [String]) throws {
        for output in outputs {
            guard let path = output.path, path != "-" else { continue }
            for input in inputs where input != "-" && isSame(input, path) {
                throw ValidationError(
                    "\(output.option) would take the place of the input, \(input); name another file.")
            }
        }
    }

    /// Replaces a file, or the file behind a link, as a whole; a pipe or a device is written to and stays what it is.
    ///
    /// Without `mode` a file that is there keeps its permissions, and a new one has those of the umask.
    private static func write(_ data: Data, toFileAt path: String, mode: mode_t?) throws {
        let status = FileStatus(path)
        if let status, !status.isRegular {
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            try file.write(contentsOf: data)
            try file.close()
        } else {
            let mask = umask(0)
            umask(mask)
            let target = URL(filePath: path).resolvingSymlinksInPath().path
            try HeldSignals.during {
                try replace(target, with: data, mode: mode ?? status?.mode ?? 0o666 & ~mask)
            }
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
