import Diarization
public import Foundation

/// The file with the enrolled voices, beside the journal: only its owner may read it.
///
/// Every change replaces the file as a whole, under a lock, so that neither a crash nor a second program loses a voice.
public struct VoicePrintStore: Sendable {
    /// Where the file is.
    public let path: String
    /// Names another journal, and with it another folder.
    public static let environmentVariable = "TWOWAY_JOURNAL"
    private static let fileName = "voices.json"
    private static let version = 1

    private struct Contents: Codable {
        var version: Int
        var voices: [VoicePrint]
    }

    /// The file at `path`; it need not exist.
    public init(path: String) { self.path = path }

    /// The voices of the user: beside the journal that `TWOWAY_JOURNAL` names, else in the data folder of the platform.
    ///
    /// `~/Library/Application Support/twoway` on macOS, `$XDG_DATA_HOME/twoway` or `~/.local/share/twoway` elsewhere
    /// (XDG Base Directory Specification 0.8).
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        if let journal = environment[Self.environmentVariable], !journal.isEmpty {
            self.init(path: URL(filePath: journal).deletingLastPathComponent().appending(path: Self.fileName).path)
            return
        }
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
        #if os(macOS)
            let folder = home + "/Library/Application Support"
        #else
            // The specification: a relative path is to be ignored.
            let given = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            let folder = given ?? home + "/.local/share"
        #endif
        self.init(path: folder + "/twoway/" + Self.fileName)
    }

    /// All enrolled voices by name; none where there is no file.
    ///
    /// - Throws: `VoicePrintError`.
    public func voices() throws(VoicePrintError) -> [VoicePrint] {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            if !FileManager.default.fileExists(atPath: path) { return [] }
            throw .unreadable(path, reason: Self.reason(error))
        }
        struct Stamp: Decodable { var version: Int }
        if let stamp = try? JSONDecoder().decode(Stamp.self, from: data), stamp.version > Self.version {
            throw .tooNew(path)
        }
        guard let contents = try? JSONDecoder().decode(Contents.self, from: data),
            contents.voices.allSatisfy({ $0.statistics.allSatisfy(\.isSound) })
        else { throw .damaged(path) }
        return contents.voices
    }

    /// Keeps a voice; one of the same name is replaced, or heard once more if `adding`.
    ///
    /// - Throws: `VoicePrintError`.
    @discardableResult
    public func enroll(_ voice: VoicePrint, adding: Bool = false) throws(VoicePrintError) -> VoicePrint {
        var kept = voice
        try change { voices in
            if let index = voices.firstIndex(where: { $0.name == voice.name }) {
                if adding { kept = voices[index].adding(voice) }
                voices.remove(at: index)
            }
            voices.append(kept)
            voices.sort { $0.name < $1.name }
        }
        return kept
    }

    /// Forgets a voice.
    ///
    /// - Throws: `VoicePrintError`, `.unknown` where nobody has this name.
    public func remove(_ name: String) throws(VoicePrintError) {
        let known = try voices().map(\.name)
        guard known.contains(name) else { throw .unknown(name: name, known: known) }
        try change { $0.removeAll { $0.name == name } }
    }

    private func change(_ body: (inout [VoicePrint]) -> Void) throws(VoicePrintError) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .unwritable(path, reason: Self.reason(error))
        }
        let lock = open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .unwritable(path, reason: Self.reason(errno)) }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            if errno != EINTR { throw .unwritable(path, reason: Self.reason(errno)) }
        }
        var contents = Contents(version: Self.version, voices: try voices())
        body(&contents.voices)
        try replace(contents)
    }

    /// Writes beside the file, then puts it in its place.
    private func replace(_ contents: Contents) throws(VoicePrintError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard var data = try? encoder.encode(contents) else { throw .damaged(path) }
        data.append(0x0A)
        let partial = path + ".partial"
        unlink(partial)
        let file = open(partial, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unwritable(path, reason: Self.reason(errno)) }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: data)
            try handle.synchronize()
            try handle.close()
        } catch {
            unlink(partial)
            throw .unwritable(path, reason: Self.reason(error))
        }
        guard rename(partial, path) == 0 else {
            let code = errno
            unlink(partial)
            throw .unwritable(path, reason: Self.reason(code))
        }
    }

    private static func reason(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }

    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        return (underlying ?? error as NSError).localizedDescription
    }
}
