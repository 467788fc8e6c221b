import AudioDecoding
private import Foundation

/// Makes the files of a batch out of analyses; the batch itself knows no form of report.
public protocol BatchWriter: Sendable {
    /// Everything that steers the form of the results, in words; a change makes all of them anew.
    var settings: String { get }
    /// Whether a file of this name in a recording's folder of results is one of those that the writer makes.
    func makes(_ name: String) -> Bool
    /// The files and the summary entry of one meeting.
    ///
    /// A thrown error makes the meeting a failed one, its description being the reason.
    func result(of analysis: RecordingAnalysis, for recording: BatchRecording) throws -> BatchResult
    /// The summary entry of a meeting that failed.
    func entry(forFailed recording: BatchRecording, message: String) -> BatchEntry
    /// Writes the summaries of all meetings.
    func writeSummaries(of results: BatchResults, into output: OutputFolder) throws
}

/// Hears what happens in a batch; called from several tasks at once.
public protocol BatchObserver: Sendable {
    /// A recording is begun.
    func began(_ recording: BatchRecording)
    /// A recording is done.
    func ended(_ recording: BatchRecording, _ outcome: BatchOutcome)
}

/// How a recording of a batch came out.
public enum BatchOutcome: Sendable, Hashable {
    /// It was analysed now.
    case analysed
    /// Its results were there already.
    case kept
    /// What failed and what to do.
    case failed(String)
}

/// The recordings of a batch with what was written about each, in order, read one by one.
public struct BatchResults: Sendable {
    /// The recordings in the order of the summaries.
    public let recordings: [BatchRecording]
    let output: OutputFolder

    /// Folder of the results of one recording, below the output folder.
    public static func folder(of recording: BatchRecording) -> String { "recordings/" + recording.place }

    /// Calls `body` with every recording and its entry.
    ///
    /// - Throws: `BatchError.outputFailed` where a note has vanished since it was written, or what `body` throws.
    public func forEach(_ body: (BatchRecording, BatchEntry) throws(BatchError) -> Void) throws(BatchError) {
        for recording in recordings {
            let folder = output.path + "/" + Self.folder(of: recording)
            guard let record = BatchRecord(in: folder) else {
                throw .outputFailed(path: folder, reason: "its files vanished during the run")
            }
            try body(recording, record.entry)
        }
    }

    /// The whole text of a file that was written about a recording.
    ///
    /// - Throws: `BatchError.outputFailed` where it has vanished.
    public func text(of name: String, for recording: BatchRecording) throws(BatchError) -> String {
        let path = output.path + "/" + Self.folder(of: recording) + "/" + name
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw .outputFailed(path: path, reason: "it vanished during the run")
        }
        return text
    }
}

/// A batch into a folder: every recording once, whatever happened to the runs before.
public struct FolderBatch: Sendable {
    /// The recordings in the order of the summaries.
    public var recordings: [BatchRecording]
    /// The folder in which they were found; nil for a list.
    public var source: String?
    /// Most recordings at the same time, at least 1.
    public var jobs: Int
    /// Memory for all of them.
    public var budget: MemoryBudget
    private let output: OutputFolder
    private let analysis: BatchAnalysis
    private let writer: any BatchWriter
    private let fingerprint: String

    /// A batch of `recordings` into `output`.
    public init(
        _ recordings: [BatchRecording], from source: String?, into output: OutputFolder,
        parameters: AnalysisParameters, writer: any BatchWriter, jobs: Int, budget: MemoryBudget = .half
    ) {
        var parameters = parameters
        // No result depends on threads.
        parameters.threads = 1
        (self.recordings, self.source, self.output, self.writer) = (recordings, source, output, writer)
        (self.jobs, self.budget) = (max(jobs, 1), budget)
        analysis = BatchAnalysis(parameters: parameters)
        // A limit refuses recordings or does not; what it lets through is the same under every limit.
        parameters.decoding.maximumDuration = AnalysisParameters().decoding.maximumDuration
        fingerprint = ContentHash.of(writer.settings + "\n\(parameters)")
    }

    /// Analyses what is not there yet, then writes the summaries.
    ///
    /// - Parameters:
    ///   - observer: Is told of every recording that begins and ends.
    ///   - writesSummaries: Whether this run ends the batch; a part of one leaves that to the last run.
    /// - Throws: `BatchError.outputFailed` or `.folderVanished`, after which the same call goes on where it stopped.
    public func run(observer: any BatchObserver, writesSummaries: Bool = true) async throws {
        var position = recordings.makeIterator()
        let count = recordings.count
        try await BoundedWork(jobs: jobs, byteCount: budget.byteCount).run(
            next: { position.next() }, cost: { $0.cost },
            work: { recording, admission in
                let isLast = admission.index == count - 1
                let threads = isLast ? jobs - admission.others : jobs / max(count, 1)
                observer.began(recording)
                let outcome = try await process(recording, threads: max(threads, 1))
                observer.ended(recording, outcome)
            })
        guard writesSummaries else { return }
        try writer.writeSummaries(of: BatchResults(recordings: recordings, output: output), into: output)
    }

    private func process(_ recording: BatchRecording, threads: Int) async throws -> BatchOutcome {
        let folder = BatchResults.folder(of: recording)
        if let earlier = BatchRecord(in: output.path + "/" + folder), isDone(earlier, recording) { return .kept }
        var (result, hash): (BatchResult, String?)
        var outcome = BatchOutcome.analysed
        do {
            let found = try await analysis.analyze(recording, threads: threads)
            (result, hash) = (try writer.result(of: found, for: recording), found.recording.sha256)
        } catch {
            if (error as? AudioDecodingError)?.kind == .unreadable { try checkSource() }
            let message = try BatchAnalysis.message(for: error)
            result = BatchResult(files: [:], entry: writer.entry(forFailed: recording, message: message))
            (hash, outcome) = (nil, .failed(message))
        }
        try Task.checkCancellation()
        try removeOthers(than: result, in: folder)
        for (name, text) in result.files.sorted(by: { $0.key < $1.key }) {
            try output.write(text, to: folder + "/" + name)
        }
        let record = BatchRecord(path: recording.path, sha256: hash, fingerprint: fingerprint, result: result)
        try output.write(record.text, to: folder + "/" + BatchRecord.fileName)
        return outcome
    }

    /// Whether the results that are there are those of this content, these parameters and this version.
    private func isDone(_ record: BatchRecord, _ recording: BatchRecording) -> Bool {
        record.entry.failure == nil && record.fingerprint == fingerprint && record.path == recording.path
            && record.sha256 != nil
            && record.hasItsFiles(in: output.path + "/" + BatchResults.folder(of: recording))
            && record.sha256 == analysis.contentHash(of: recording)
    }

    /// Removes what another choice of formats, or a recording that was still whole, has left in its folder.
    private func removeOthers(than result: BatchResult, in folder: String) throws(BatchError) {
        guard FileStamp(output.path + "/" + folder) != nil else { return }
        for entry in try FolderEntry.list(output.path + "/" + folder)
        where writer.makes(entry.name) && result.files[entry.name] == nil {
            output.remove(folder + "/" + entry.name)
        }
    }

    /// A disk that was pulled out fails every file; that is one failure and not thousands.
    private func checkSource() throws(BatchError) {
        guard let source else { return }
        guard let entries = try? FolderEntry.list(source), !entries.isEmpty else { throw .folderVanished(source) }
    }
}
