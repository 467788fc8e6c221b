import Analysis
import Diarization
import Foundation
import Scoring

/// Error rates of the analysis over a corpus, by file and by condition.
struct CorpusTable {
    /// Confusion above this share of the speech is a file that went wrong.
    static let badConfusion = 0.10
    /// A talk share off by more than this, percentage points, must not be trusted.
    static let badShareError = 5.0

    private var scores: [CorpusScore] = []

    /// Analyses every recording below `folder` that has a reference, and returns the tables.
    static func measure(_ folder: String, threads: Int, json: Bool) async throws -> String {
        let recordings = CorpusAccuracy.recordings(below: folder)
        guard !recordings.isEmpty else {
            throw CommandFailure(
                "\(folder) holds no recordings with an RTTM file beside them.", status: ExitStatus.unreadableInput)
        }
        var parameters = AnalysisParameters()
        parameters.threads = threads
        let accuracy = CorpusAccuracy(parameters: parameters)
        var table = CorpusTable()
        for recording in recordings { table.scores.append(try await accuracy.score(recording)) }
        return json ? table.json() : table.text()
    }

    /// Columns: mean over files of what a score says.
    private static let columns: [(title: String, value: @Sendable (CorpusScore) -> Double?)] = [
        ("DER", { $0.collared.diarization.rate.map { 100 * $0 } }),
        ("DER0", { $0.strict.diarization.rate.map { 100 * $0 } }),
        ("miss", { $0.collared.diarization.missedRate.map { 100 * $0 } }),
        ("FA", { $0.collared.diarization.falseAlarmRate.map { 100 * $0 } }),
        ("conf", { $0.collared.diarization.confusionRate.map { 100 * $0 } }),
        ("share", { $0.strict.talkShareError }),
        ("bound", { $0.strict.medianBoundaryError.map { 1000 * $0 } }),
    ]

    private func text() -> String {
        let pairs = scores.filter { $0.referenceSpeakerCount <= 2 }
        var lines = [
            "Each file. DER: \(ScoringConvention.nist); DER0: \(ScoringConvention.strict); in percent.",
            "share: error of the talk share in points. bound: median boundary error in ms.",
            header("file") + "  trusted",
        ]
        lines += pairs.map { row($0.name, [$0]) + "  \($0.analysis.diarization.trusted ? "yes" : "no")" }
        lines += ["", "Mean over the files of a condition.", header("condition")]
        for group in Set(pairs.map(\.group)).sorted() { lines.append(row(group, pairs.filter { $0.group == group })) }
        lines += ["", "Mean over the files of a folder; one channel, then two.", header("folder")]
        for folder in Set(pairs.map(Self.folder)).sorted() {
            for isMono in [true, false] {
                let part = pairs.filter {
                    Self.folder($0) == folder && ($0.analysis.recording.channelCount == 1) == isMono
                }
                if !part.isEmpty { lines.append(row(folder + (isMono ? " (mono)" : " (two channels)"), part)) }
            }
        }
        for folder in Set(pairs.map(Self.folder)).sorted() {
            lines.append(row(folder + " (all)", pairs.filter { Self.folder($0) == folder }))
        }
        return (lines + [""] + summary(pairs)).joined(separator: "\n") + "\n"
    }

    private func summary(_ pairs: [CorpusScore]) -> [String] {
        let wrong = pairs.filter { ($0.collared.diarization.confusionRate ?? 0) > Self.badConfusion }
        let misleading = pairs.filter {
            ($0.strict.talkShareError ?? 0) > Self.badShareError && $0.analysis.diarization.trusted
        }
        let covered = pairs.compactMap(\.shareCovered)
        var lines = [
            "Files with confusion over 10 %: \(wrong.count) of \(pairs.count)"
                + (wrong.isEmpty ? "" : " (\(wrong.map(\.name).joined(separator: ", ")))"),
            "Files off by more than 5 points of share and still trusted: \(misleading.count)"
                + (misleading.isEmpty ? "" : " (\(misleading.map(\.name).joined(separator: ", ")))"),
            "Real talk share inside the interval: \(covered.filter { $0 }.count) of \(covered.count)",
        ]
        let overlap = pairs.reduce(OverlapDetection(reference: 0, hypothesis: 0, shared: 0)) { $0 + $1.strict.overlap }
        lines.append(
            "Overlapped speech, all files together: precision \(ScoreText.percent(overlap.precision)), recall "
                + ScoreText.percent(overlap.recall))
        let others = scores.filter { $0.referenceSpeakerCount > 2 }
        if !others.isEmpty {
            lines.append("More than two people, not counted above: " + others.map(\.name).joined(separator: ", "))
        }
        return lines
    }

    private static func folder(_ score: CorpusScore) -> String {
        String(score.group.split(separator: "/").first ?? "")
    }

    private func header(_ title: String) -> String {
        pad(title, 30) + " files" + Self.columns.map { leading($0.title, 7) }.joined()
    }

    private func row(_ title: String, _ scores: [CorpusScore]) -> String {
        pad(title, 30) + leading("\(scores.count)", 6)
            + Self.columns.map { column in
                let values = scores.compactMap(column.value)
                let mean = values.reduce(0, +) / Double(max(values.count, 1))
                return leading(values.isEmpty ? "–" : ScoreText.fixed(mean, column.title == "bound" ? 0 : 2), 7)
            }.joined()
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func leading(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }

    private func json() -> String {
        ScoreText.encode(
            scores.map { score in
                [
                    "name": score.name, "group": score.group, "people": score.referenceSpeakerCount,
                    "collared": ScoreText.object(score.collared), "strict": ScoreText.object(score.strict),
                    "trusted": score.analysis.diarization.trusted,
                    "estimatedConfusion": score.analysis.diarization.estimatedConfusion as Any? ?? NSNull(),
                    "shareCovered": score.shareCovered as Any? ?? NSNull(),
                    "evidence": score.analysis.diarization.evidence.map(Self.object) as Any? ?? NSNull(),
                ] as [String: Any]
            })
    }

    /// Evidence as an object, from which the calibration is learnt.
    private static func object(_ evidence: SplitEvidence) -> [String: Double] {
        [
            "agreement": evidence.agreement, "separation": evidence.separation,
            "likelihoodRatio": evidence.likelihoodRatio, "speakerDistance": evidence.speakerDistance,
            "smallerSide": evidence.smallerSide, "meanDoubt": evidence.meanDoubt, "speech": evidence.speech,
            "missedSpeech": evidence.missedSpeech, "falseSpeech": evidence.falseSpeech,
        ]
    }
}
