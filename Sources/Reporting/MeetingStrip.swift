public import Timeline

/// A meeting as a strip for lists: A above, B below, a cell darker the more of it the person held the floor.
///
/// It has the same size in bytes for a meeting of minutes and of hours, so that a list of a thousand stays small.
public struct MeetingStrip: Sendable, Hashable {
    /// Number of cells: 120, about one per two pixels in a list.
    static let cellCount = 120
    /// Steps of fullness, beyond which no eye sees a difference in so small a cell.
    private static let steps = 4

    /// Fullness of each cell of each person, 0...`steps`.
    let cells: PerSpeaker<[Int]>

    /// The strip of a meeting of `duration` seconds; backchannels and overlaps are left out.
    public init(turns: [Turn], duration: Double) {
        let width = max(duration, 0.001) / Double(Self.cellCount)
        cells = PerSpeaker { speaker in
            var held = [Double](repeating: 0, count: Self.cellCount)
            for turn in turns where turn.kind == .turn && turn.speaker == speaker {
                let first = max(Int(turn.start / width), 0)
                let last = min(Int((turn.end / width).rounded(.up)), Self.cellCount)
                for cell in first..<max(last, first) {
                    let (start, end) = (Double(cell) * width, Double(cell + 1) * width)
                    held[cell] += max(min(turn.end, end) - max(turn.start, start), 0)
                }
            }
            return held.map { $0 / width <= 0.02 ? 0 : max(Int(($0 / width * Double(Self.steps)).rounded()), 1) }
        }
    }

    /// The drawing; the numbers beside it say it in words.
    var drawing: Markup {
        Tag.svg(
            .class("strip"), .named("width", "100%"), .named("height", "28"),
            .named("viewBox", "0 0 \(Self.cellCount) 28"), .named("preserveAspectRatio", "none"),
            .aria("hidden", "true")
        ) {
            for speaker in Speaker.allCases {
                for step in 1...Self.steps {
                    let path = path(speaker, step)
                    if !path.isEmpty { Tag.path(.class("\(speaker.className) step\(step)"), .named("d", path)) }
                }
            }
        }
    }

    /// Runs of cells with the given fullness.
    private func path(_ speaker: Speaker, _ step: Int) -> String {
        var path = ""
        var start: Int?
        for (cell, value) in (cells[speaker] + [-1]).enumerated() {
            if value == step, start == nil { start = cell }
            if value != step, let first = start {
                path += "M\(first) \(speaker == .a ? 1 : 15)h\(cell - first)v12h-\(cell - first)z"
                start = nil
            }
        }
        return path
    }
}
