public import AudioDecoding
import Foundation

/// Finds the recordings below a folder by what the files hold.
///
/// A file is a recording when its content is sound, whatever it is called; one that is called like a sound file and
/// is none is kept too, so that it is reported instead of being passed over in silence.
public struct RecordingFinder: Sendable {
    /// The folder that is searched.
    public let folder: String
    private let parameters: AudioDecodingParameters
    private let budget: MemoryBudget
    private let skipped: [Int]?
    private let part: BatchPart?

    /// Endings that promise sound.
    static let soundEndings: Set<String> = [
        "wav", "wave", "flac", "ogg", "oga", "opus", "mp3", "m4a", "mp4", "aac", "aif", "aiff", "aifc", "au", "caf",
        "wma", "amr", "w64", "rf64", "sph", "webm", "mka", "mkv", "mov", "avi", "3gp", "voc",
    ]

    /// A search below `folder` that skips hidden files and `output`.
    public init(
        folder: String, skipping output: String?, part: BatchPart? = nil,
        parameters: AudioDecodingParameters = .init(), budget: MemoryBudget = .half
    ) {
        var folder = folder
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        while folder.hasPrefix("./"), folder.count > 2 { folder.removeFirst(2) }
        (self.folder, self.parameters, self.budget, self.part) = (folder, parameters, budget, part)
        skipped = output.flatMap { FileStamp($0)?.identity }
    }

    /// The recordings, one file each, in the order of their paths (by UTF-8 bytes).
    ///
    /// - Throws: `BatchError.folderUnreadable` for the folder itself; one below it becomes a failed recording.
    public func recordings() throws(BatchError) -> [BatchRecording] {
        let found = try candidates().compactMap { candidate -> BatchRecording? in
            guard part?.contains(candidate.place) ?? true else { return nil }
            return candidate.problem == nil ? inspected(candidate) : candidate
        }
        return Self.sorted(found)
    }

    /// The meetings with one file per person: each folder that itself holds two recordings, named by its files.
    ///
    /// A single recording above such a folder is taken for the mix of the same meeting and passed over, which is how
    /// Zoom stores it. Any other number of recordings in a folder is a failed meeting.
    ///
    /// - Throws: `BatchError.folderUnreadable` for the folder itself.
    public func meetings() throws(BatchError) -> [BatchRecording] {
        var found: [BatchRecording] = []
        var byFolder: [String: [BatchRecording]] = [:]
        for candidate in try candidates() {
            if candidate.problem != nil {
                found.append(candidate)
            } else if let recording = inspected(candidate) {
                byFolder[Self.parent(of: recording.path), default: []].append(recording)
            }
        }
        let pairs = byFolder.filter { $0.value.count == 2 }.keys
        for (path, tracks) in byFolder {
            let isMix = tracks.count == 1 && pairs.contains { $0.hasPrefix(path + "/") }
            let place = path == folder ? "_meeting" : String(path.dropFirst(folder.count + 1))
            guard !isMix, part?.contains(place) ?? true else { continue }
            let sorted = Self.sorted(tracks)
            found.append(
                BatchRecording(
                    path: path, place: place, files: sorted.map(\.path), seconds: sorted.map(\.seconds).max() ?? 0,
                    // Both tracks, and both again on their common time axis.
                    cost: 2 * sorted.reduce(0) { $0 + $1.cost },
                    problem: tracks.count == 2 ? nil : .wrongTrackCount(path, count: tracks.count)))
        }
        return Self.sorted(found)
    }

    /// What is in a list, with length and memory where they can be told; each file once.
    public static func inspect(
        listed paths: [String], parameters: AudioDecodingParameters = .init(), budget: MemoryBudget = .half
    ) -> [BatchRecording] {
        let workingFolder = FileManager.default.currentDirectoryPath
        var places: Set<String> = []
        return paths.compactMap { path in
            let recording = BatchRecording(listed: path, workingFolder: workingFolder)
            guard places.insert(recording.place).inserted else { return nil }
            return measured(recording, parameters: parameters, budget: budget)
        }
    }

    /// A listed recording with its length and memory, as far as its header tells; what cannot be opened stays as it is.
    public static func measured(
        _ recording: BatchRecording, parameters: AudioDecodingParameters, budget: MemoryBudget
    ) -> BatchRecording {
        var recording = recording
        guard FileStamp(recording.path)?.kind == .file,
            let extent = try? budget.extent(of: recording.path, parameters: parameters)
        else { return recording }
        (recording.seconds, recording.cost) = (extent.seconds, budget.cost(of: extent))
        return recording
    }

    // MARK: The walk

    /// Regular files below the folder, and folders that cannot be listed.
    private func candidates() throws(BatchError) -> [BatchRecording] {
        var found: [BatchRecording] = []
        var waiting = [""]
        while let place = waiting.popLast() {
            let path = place.isEmpty ? folder : folder + "/" + place
            let names: [FolderEntry]
            do throws(BatchError) {
                names = try FolderEntry.list(path)
            } catch {
                if place.isEmpty { throw error }
                found.append(BatchRecording(path: path, place: place, files: [], problem: error))
                continue
            }
            for entry in names where !entry.name.hasPrefix(".") {
                let below = place.isEmpty ? entry.name : place + "/" + entry.name
                let full = folder + "/" + below
                guard entry.isUTF8 else {
                    found.append(BatchRecording(path: full, place: below, files: [], problem: .unreadableName(full)))
                    continue
                }
                guard let stamp = FileStamp(full) else { continue }
                switch stamp.kind {
                case .file: found.append(BatchRecording(path: full, place: below, files: [full]))
                // Linked folders are not entered: they may lead in a circle.
                case .folder where !entry.isLink(in: path) && stamp.identity != skipped: waiting.append(below)
                default: continue
                }
            }
        }
        return found
    }

    /// The candidate with its length if it is a recording or is called like one; else nil.
    private func inspected(_ candidate: BatchRecording) -> BatchRecording? {
        var candidate = candidate
        do throws(AudioDecodingError) {
            let extent = try budget.extent(of: candidate.path, parameters: parameters)
            (candidate.seconds, candidate.cost) = (extent.seconds, budget.cost(of: extent))
            return candidate
        } catch {
            let ending = candidate.path.split(separator: "/").last?.split(separator: ".").last.map(String.init) ?? ""
            if Self.soundEndings.contains(ending.lowercased()) { return candidate }
            return switch error {
            case .damaged, .unsupportedSampleRate, .unsupportedChannelCount, .needsExternalDecoder, .tooLong: candidate
            default: nil
            }
        }
    }

    private static func sorted(_ recordings: [BatchRecording]) -> [BatchRecording] {
        recordings.sorted { $0.place.utf8.lexicographicallyPrecedes($1.place.utf8) }
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}

/// One name in a folder.
struct FolderEntry {
    /// The name; what is not UTF-8 is replaced.
    let name: String
    /// Whether the name is exactly that of the file.
    let isUTF8: Bool

    /// Whether it is a symbolic link.
    func isLink(in folder: String) -> Bool {
        var status = stat()
        return lstat(folder + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// All names in a folder but "." and "..", in no order.
    ///
    /// Read by the system's call: Foundation changes names that are no valid UTF-8 without a word.
    static func list(_ folder: String) throws(BatchError) -> [FolderEntry] {
        guard let stream = opendir(folder) else {
            throw .folderUnreadable(folder, reason: OutputFolder.reason(errno))
        }
        defer { closedir(stream) }
        var entries: [FolderEntry] = []
        while let entry = readdir(stream) {
            let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
            let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let bytes = UnsafeBufferPointer(start: start, count: strlen(start)).map(UInt8.init(bitPattern:))
            let exact = String(validating: bytes, as: UTF8.self)
            let name = exact ?? String(decoding: bytes, as: UTF8.self)
            if name != ".", name != ".." { entries.append(FolderEntry(name: name, isUTF8: exact != nil)) }
        }
        return entries
    }
}
