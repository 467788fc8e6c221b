import Foundation

/// One line on standard error that says how far an analysis is; only where a person watches, and only if it takes long.
final class ProgressLine {
    /// Nothing is shown before this has passed.
    static let patience = Duration.seconds(2)
    /// Least time between two redraws: ten a second are more than the eye needs.
    static let redrawInterval = Duration.milliseconds(100)

    private let name: String
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var lastDraw = ContinuousClock.now
    private var hasDrawn = false

    /// A line for the recording `name`; never shown when `quiet` or when standard error is no terminal.
    init(name: String, quiet: Bool) {
        self.name = String(name.suffix(40))
        isShown = !quiet && StandardError.isTerminal
    }

    /// Says that `seconds` of `total` seconds of sound have been read.
    func update(seconds: Double, total: Double?) {
        let now = ContinuousClock.now
        guard isShown, now - start > Self.patience, now - lastDraw > Self.redrawInterval else { return }
        lastDraw = now
        hasDrawn = true
        let done = total.map { $0 > 0 ? " (\(Int(min(seconds / $0, 1) * 100)) %)" : "" } ?? ""
        StandardError.write("\r\u{1B}[K\(name): \(Int(seconds / 60)) min read\(done)")
    }

    /// Takes the line away.
    func finish() {
        if hasDrawn { StandardError.write("\r\u{1B}[K") }
    }
}
