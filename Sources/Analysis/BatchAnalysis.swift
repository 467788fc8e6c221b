import AudioDecoding

/// Analyses one meeting of a batch, and makes sure that it was not written to meanwhile.
struct BatchAnalysis: Sendable {
    let parameters: AnalysisParameters

    /// The analysis of one recording, or of its tracks.
    ///
    /// - Throws: `AudioDecodingError` or `BatchError`.
    func analyze(_ recording: BatchRecording, threads: Int) async throws -> RecordingAnalysis {
        if let problem = recording.problem { throw problem }
        var parameters = parameters
        parameters.threads = threads
        let before = recording.files.map(FileStamp.init)
        // A pipe can be read only once, so it belongs on the command line of one analysis; here it would hang the batch.
        for (path, stamp) in zip(recording.files, before) where stamp?.kind == .other {
            throw AudioDecodingError.notSound(path, what: "a pipe or a device")
        }
        var analysis: RecordingAnalysis
        if recording.files.count == 1 {
            analysis = try await RecordingAnalyzer(parameters: parameters).analyze(.file(recording.files[0]))
        } else {
            analysis = try await TrackAnalyzer(parameters: parameters).analyze(recording.files)
        }
        analysis.recording.path = recording.path
        guard recording.files.map(FileStamp.init) == before else { throw BatchError.changedWhileRead(recording.path) }
        return analysis
    }

    /// The hash by which the meeting is known again; nil where it cannot be read.
    func contentHash(of recording: BatchRecording) -> String? {
        let hashes = recording.files.compactMap(ContentHash.ofFile)
        guard hashes.count == recording.files.count else { return nil }
        return hashes.count == 1 ? hashes[0] : TrackAnalyzer.contentHash(of: hashes)
    }

    /// What to say of a recording that failed; rethrows what is no fault of the recording.
    static func message(for error: any Error) throws -> String {
        switch error {
        case let error as AudioDecodingError: error.description
        case let error as BatchError where error.kind != .unwritable: error.description
        case let error as BatchFailure: error.message
        default: throw error
        }
    }
}
