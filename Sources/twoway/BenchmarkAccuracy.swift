import Analysis
import Benchmarking
import Foundation
import LabelFormats
import Scoring

/// Scores this binary, and other programs, on recordings with references.
enum BenchmarkAccuracy {
    /// Name of this program in a record.
    static let ownName = "twoway"

    /// Errors on every recording below `folder` that has an RTTM file beside it.
    ///
    /// - Throws: `CommandFailure` and the errors of reading.
    static func measure(_ folder: String, against: [String]) async throws -> [BenchmarkRecord.Accuracy] {
        let recordings = CorpusAccuracy.recordings(below: folder)
        guard !recordings.isEmpty else {
            throw CommandFailure(
                "\(folder) holds no recordings with an RTTM file beside them.", status: ExitStatus.unreadableInput)
        }
        var entries: [BenchmarkRecord.Accuracy] = []
        let root = URL(filePath: folder).standardizedFileURL.path
        for recording in recordings {
            let place = URL(filePath: recording).standardizedFileURL.path
            let file = place.hasPrefix(root + "/") ? String(place.dropFirst(root.count + 1)) : recording
            let score = try await CorpusAccuracy().score(recording)
            entries.append(entry(file, ownName, [score.collared, score.strict]))
            for command in against {
                entries.append(entry(file, command, try other(command, recording, score)))
            }
        }
        return entries
    }

    /// Scores of what another program prints for a recording.
    private static func other(_ command: String, _ recording: String, _ own: CorpusScore) throws -> [Score] {
        let run = try ChildRun(command: command, audio: recording)
        guard run.exitCode == 0 else {
            throw CommandFailure(
                "\(command) ended with \(run.exitCode) on \(recording).", status: ExitStatus.nothingUsable)
        }
        let reference = URL(filePath: recording).deletingPathExtension().appendingPathExtension("rttm").path
        let real = try RTTM.recordings(atPath: reference).flatMap(\.segments)
        let found = try RTTM.recordings(in: run.output, path: command).flatMap(\.segments)
        return [ScoringConvention.nist, .strict].map {
            Score(
                reference: real, hypothesis: found, duration: own.analysis.recording.duration, convention: $0)
        }
    }

    private static func entry(_ file: String, _ program: String, _ scores: [Score]) -> BenchmarkRecord.Accuracy {
        var rates: [String: Double] = [:]
        for score in scores { rates["\(score.convention)"] = score.diarization.rate }
        return BenchmarkRecord.Accuracy(
            file: file, program: program, diarizationError: rates, talkShareError: scores.last?.talkShareError)
    }
}
