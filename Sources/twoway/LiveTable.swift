import Analysis
import Live

/// How the running figures of a corpus compare with the truth so far, as `score --live` prints it.
enum LiveTable {
    /// A running share within this is close enough for a glance, percentage points.
    static let closeError = 8.0
    /// A share after the end within this is that of the offline analysis, percentage points.
    static let sameShare = 3.0

    /// Plays all recordings below `folder` and returns the table.
    static func measure(_ folder: String) async throws -> String {
        let accuracy = LiveAccuracy()
        var scores: [LiveScore] = []
        for recording in CorpusAccuracy.recordings(below: folder) {
            if let score = try await accuracy.score(recording) { scores.append(score) }
        }
        guard !scores.isEmpty else {
            throw CommandFailure(
                "\(folder) holds no recordings of two people and two minutes with an RTTM file beside them.",
                status: ExitStatus.unreadableInput)
        }
        var lines = [
            "end: talk share after the end against offline; running: error of the share against the reference so far,",
            "from minute 3 on, mean and largest; both in points. latency in s; work in % of one core.",
            "file                             length    end  running  largest  latency   work",
        ]
        func number(_ value: Double?, _ places: Int, _ width: Int) -> String {
            let text = value.map { ScoreText.fixed($0, places) } ?? "–"
            return String(repeating: " ", count: max(1, width - text.count)) + text
        }
        for score in scores {
            let mean = score.runningErrors.reduce(0, +) / Double(max(score.runningErrors.count, 1))
            lines.append(
                score.name + String(repeating: " ", count: max(1, 32 - score.name.count))
                    + number(score.duration, 0, 7) + number(score.finalDifference, 2, 7)
                    + number(score.runningErrors.isEmpty ? nil : mean, 1, 9)
                    + number(score.runningErrors.max(), 1, 9) + number(score.latency, 2, 9)
                    + number(100 * score.work, 2, 7))
        }
        let same = scores.count { $0.finalDifference.map { $0 <= sameShare } ?? true }
        let watched = scores.filter { !$0.runningErrors.isEmpty }
        let moments = watched.flatMap(\.runningErrors)
        lines += [
            "", "Share after the end within 3 points of offline: \(same) of \(scores.count) files",
            "Running share within 8 points of the truth so far: \(moments.count { $0 <= closeError }) of \(moments.count) "
                + "moments, throughout in \(watched.count { $0.runningErrors.allSatisfy { $0 <= closeError } }) of "
                + "\(watched.count) files",
            "Latency at most \(ScoreText.fixed(scores.map(\.latency).max() ?? 0, 2)) s; work at most "
                + "\(ScoreText.fixed(100 * (scores.map(\.work).max() ?? 0), 2)) % of one core",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
