import Foundation
import Live
import Reporting
import Timeline

/// The one screen of a meeting in progress, drawn in place where a person watches.
final class LiveScreen {
    /// Whether somebody sees it.
    let isShown: Bool
    private let address: String?
    private var lastDraw: ContinuousClock.Instant?
    private static let redrawInterval = Duration.milliseconds(200)

    /// A screen; never shown when `quiet` or when standard error is no terminal.
    ///
    /// - Parameter address: Of the page that shows the same.
    init(quiet: Bool, address: String?) {
        self.address = address
        isShown = !quiet && StandardError.isTerminal
        // The other screen, so that what was there comes back; no cursor.
        if isShown { StandardError.write("\u{1B}[?1049h\u{1B}[?25l") }
    }

    /// Draws how it stands, at most five times a second.
    func draw(_ state: LiveState, sign: String?, notice: String?) {
        let now = ContinuousClock.now
        if let lastDraw, now - lastDraw < Self.redrawInterval { return }
        guard isShown else { return }
        lastDraw = now
        let width = Self.width
        let lines = Self.lines(state, sign: sign, notice: notice, address: address, width: width)
        StandardError.write(
            "\u{1B}[H" + lines.map { "\($0.prefix(width))\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J")
    }

    /// Gives the screen back.
    func close() {
        if isShown { StandardError.write("\u{1B}[?25h\u{1B}[?1049l") }
    }

    /// Columns of the terminal as it is now.
    private static var width: Int {
        var size = winsize()
        guard ioctl(FileHandle.standardError.fileDescriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return 80
        }
        return Int(size.ws_col)
    }

    /// What is on the screen.
    static func lines(
        _ state: LiveState, sign: String?, notice: String?, address: String?, width: Int
    ) -> [String] {
        let floor = state.floor
        func name(_ speaker: Speaker) -> String { state.names[speaker] }
        var head = "twoway live  \(clock(floor.time))"
        if let left = state.left { head += "   \(clock(left)) left" }
        var lines = [head, ""]
        let columns = Speaker.allCases.map { name($0).count }.max() ?? 0
        for speaker in Speaker.allCases {
            let bar = max(min(width - columns - 40, 40), 0)
            let share = floor.share(of: speaker, in: floor.speech)
            let filled = String(repeating: "█", count: Int(((share ?? 0) * Double(bar)).rounded()))
            lines.append(
                pad(name(speaker), columns) + percent(share) + "  " + pad(filled, bar) + "  last 5 min"
                    + percent(floor.share(of: speaker, in: floor.recentSpeech)))
        }
        lines.append("")
        if let holder = floor.holder {
            let other = holder.partner
            lines.append("\(name(holder)) \(has(name(holder))) the floor, for \(clock(floor.held)).")
            if let since = floor.sinceHeard[other] {
                lines.append("\(name(other)) \(name(other) == "You" ? "were" : "was") last heard \(clock(since)) ago.")
            } else {
                lines.append("\(name(other)) \(has(name(other))) not been heard yet.")
            }
        } else {
            lines += ["Nobody has the floor.", ""]
        }
        lines += [""] + (sign.map { ColumnWidth.wrapped($0, to: width) } ?? [""]) + [""]
        lines += ColumnWidth.wrapped(notice ?? "Ctrl-C ends the meeting and shows the report.", to: width)
        if let address {
            // An address that is cut leads nowhere: a narrow terminal gets it in pieces.
            lines += [""] + ColumnWidth.wrapped(address, to: width)
        }
        return lines
    }

    private static func has(_ name: String) -> String { name == "You" ? "have" : "has" }

    private static func percent(_ share: Double?) -> String {
        let text = share.map { "\(Int((100 * $0).rounded())) %" } ?? "–"
        return String(repeating: " ", count: max(6 - text.count, 1)) + text
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds)
        let minutes = whole / 60 % 60
        let rest = String(format: "%02d", whole % 60)
        return whole >= 3600 ? "\(whole / 3600):" + String(format: "%02d", minutes) + ":\(rest)" : "\(minutes):\(rest)"
    }
}
