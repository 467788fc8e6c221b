import Foundation
import Synchronization

/// The folder that a batch writes into: locked, and every file in it whole or not there at all.
///
/// A file is written under another name, brought to the disk and renamed. What a run that was cut off left unfinished
/// is removed by the next one.
public final class OutputFolder: Sendable {
    /// The folder.
    public let path: String
    /// What a run that was cut off wrote about itself; nil if the last one ended well.
    public var remainder: String? { lock.remainder }
    private let lock: FolderLock
    private let unfinished: Mutex<Set<String>> = .init([])

    /// Folder of the lock and of unfinished files.
    static let stateFolder = ".twoway-batch"
    private var temporaryFolder: String { path + "/" + Self.stateFolder + "/unfinished" }

    /// Makes the folder if there is none, and locks it.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - isShared: Whether other parts of the same batch may write into it at the same time.
    /// - Throws: `BatchError.outputLocked` or `.outputFailed`.
    public init(path: String, isShared: Bool = false) throws(BatchError) {
        self.path = path
        let state = path + "/" + Self.stateFolder
        try Self.makeFolders(state + "/unfinished")
        lock = try FolderLock(path: state + "/lock", folder: path, isShared: isShared)
        guard !isShared else { return }
        for entry in try FolderEntry.list(temporaryFolder) { unlink(temporaryFolder + "/" + entry.name) }
    }

    /// Writes a file from one text.
    ///
    /// - Throws: `BatchError.outputFailed`; what was there before is still there then.
    public func write(_ text: String, to name: String) throws(BatchError) {
        try write(to: name) { sink in sink(text) }
    }

    /// Writes a file from pieces of text; `body` calls its argument with one piece after the other.
    ///
    /// - Throws: `BatchError.outputFailed`, or what `body` throws; what was there before is still there then.
    public func write(to name: String, _ body: ((String) -> Void) throws(BatchError) -> Void) throws(BatchError) {
        let target = path + "/" + name
        // Making its folders anew would hide that the disk was pulled out.
        guard isThere else { throw vanished }
        if let slash = target.lastIndex(of: "/") { try Self.makeFolders(String(target[..<slash])) }
        let temporary = temporaryFolder + "/" + UUID().uuidString
        let descriptor = unfinished.withLock { names in
            names.insert(temporary)
            return open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        }
        defer { unfinished.withLock { _ = $0.remove(temporary) } }
        guard descriptor >= 0 else { throw failure(of: target, errno) }
        var sink = DescriptorSink(descriptor: descriptor)
        do throws(BatchError) {
            try body { sink.add($0) }
            sink.finish()
            if let code = sink.failure { throw failure(of: target, code) }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        close(descriptor)
        let code = unfinished.withLock { _ in rename(temporary, target) == 0 ? 0 : errno }
        guard code == 0 else {
            unlink(temporary)
            throw failure(of: target, code)
        }
    }

    private var isThere: Bool { FileStamp(temporaryFolder)?.kind == .folder }

    private var vanished: BatchError { .outputFailed(path: path, reason: "it vanished during the run") }

    /// Why a file could not be written; the folder may have gone in the middle of it.
    private func failure(of target: String, _ code: Int32) -> BatchError {
        isThere ? .outputFailed(path: target, reason: Self.reason(code)) : vanished
    }

    /// Removes a file if it is there.
    func remove(_ name: String) { unlink(path + "/" + name) }

    /// Lets go of the lock; nothing may be written afterwards.
    public func release() { lock.release() }

    /// Ends the process in the middle of the work: no file is renamed from here on, and what is unfinished is removed.
    public func abandon(_ end: () -> Never) -> Never {
        unfinished.withLock { names in
            for name in names { unlink(name) }
            lock.release()
            end()
        }
    }

    /// The system's words for an error number.
    static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

    private static func makeFolders(_ path: String) throws(BatchError) {
        guard FileStamp(path)?.kind != .folder else { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeFolders(String(path[..<slash]))
        }
        // Another job may make the same folder at the same time.
        guard mkdir(path, 0o755) == 0 || (errno == EEXIST && FileStamp(path)?.kind == .folder) else {
            throw .outputFailed(path: path, reason: reason(errno))
        }
    }
}

/// Text on its way to a descriptor, in large pieces.
private struct DescriptorSink {
    let descriptor: Int32
    private(set) var failure: Int32?
    private var waiting: [UInt8] = []
    /// 256 KiB: large enough that the calls do not count.
    private static let pieceByteCount = 1 << 18

    init(descriptor: Int32) { self.descriptor = descriptor }

    mutating func add(_ text: String) {
        waiting.append(contentsOf: text.utf8)
        if waiting.count >= Self.pieceByteCount { flush() }
    }

    /// Writes the rest and brings all to the disk.
    mutating func finish() {
        flush()
        if failure == nil, fsync(descriptor) != 0, errno != EINVAL { failure = errno }
    }

    private mutating func flush() {
        var start = 0
        while failure == nil, start < waiting.count {
            let count = waiting[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                start += count
            } else if errno != EINTR {
                failure = errno
            }
        }
        waiting.removeAll(keepingCapacity: true)
    }
}
