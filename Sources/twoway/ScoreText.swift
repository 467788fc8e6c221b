import Foundation
import Scoring

/// Scores as text and JSON.
enum ScoreText {
    /// A rate as percent with two decimals; a dash where it is not defined.
    static func percent(_ rate: Double?) -> String { rate.map { fixed(100 * $0, 2) + " %" } ?? "–" }

    /// A number with a fixed count of decimals, whatever the locale.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        value.formatted(
            .number.precision(.fractionLength(decimals)).grouping(.never).locale(Locale(identifier: "en_US_POSIX")))
    }

    /// Two conventions one after the other.
    static func text(_ scores: [Score]) -> String {
        var lines: [String] = []
        for score in scores {
            lines.append("With \(score.convention):")
            let error = score.diarization
            lines.append("  diarization error  \(percent(error.rate)) of \(fixed(error.total, 1)) s of speech")
            lines.append("    missed           \(percent(error.missedRate))")
            lines.append("    false alarm      \(percent(error.falseAlarmRate))")
            lines.append("    wrong person     \(percent(error.confusionRate))")
            lines.append("  detection error    \(percent(score.detection.rate))")
        }
        guard let score = scores.first else { return "" }
        lines.append("Without collar, whatever the convention:")
        lines.append("  talk-share error   \(score.talkShareError.map { fixed($0, 2) + " points" } ?? "–")")
        lines.append("  Jaccard error      \(percent(score.jaccardErrorRate))")
        lines.append(
            "  overlap            precision \(percent(score.overlap.precision)), recall "
                + percent(score.overlap.recall))
        lines.append("  boundary error     \(score.medianBoundaryError.map { fixed($0, 3) + " s" } ?? "–") (median)")
        for (real, found) in score.mapping.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(real) in the reference is \(found)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One score as an object; rates are fractions.
    static func object(_ score: Score) -> [String: Any] {
        func value(_ number: Double?) -> Any { number ?? NSNull() }
        return [
            "convention": "\(score.convention)", "mapping": score.mapping,
            "diarizationError": value(score.diarization.rate), "missed": value(score.diarization.missedRate),
            "falseAlarm": value(score.diarization.falseAlarmRate),
            "confusion": value(score.diarization.confusionRate), "speech": score.diarization.total,
            "detectionError": value(score.detection.rate), "jaccardErrorRate": value(score.jaccardErrorRate),
            "talkShareError": value(score.talkShareError), "overlapPrecision": value(score.overlap.precision),
            "overlapRecall": value(score.overlap.recall), "medianBoundaryError": value(score.medianBoundaryError),
        ]
    }

    /// Scores as JSON, keys sorted.
    static func json(_ scores: [Score]) -> String { encode(scores.map(object)) }

    /// Anything as JSON with sorted keys and one newline at the end.
    static func encode(_ object: Any) -> String {
        let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? JSONSerialization.data(withJSONObject: object, options: options) else { return "" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
