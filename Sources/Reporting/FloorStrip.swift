import Reciprocity
import Timeline

/// The meeting drawn in characters: one row per person, a cell is fuller the more of it the person held the floor.
struct FloorStrip {
    /// Rows of cells, `columns` long.
    var rows: PerSpeaker<String>
    /// Times below the rows, at most `columns` long, each starting at its place.
    var axis: String

    /// Draws the turns of a meeting of `duration` seconds, > 0.
    init(turns: [Turn], duration: Double, columns: Int, levels: [Character]) {
        rows = PerSpeaker { speaker in
            var held = [Double](repeating: 0, count: columns)
            for turn in turns where turn.kind == .turn && turn.speaker == speaker {
                let first = Int(turn.start / duration * Double(columns))
                let last = Int((turn.end / duration * Double(columns)).rounded(.up))
                for cell in max(first, 0)..<max(min(last, columns), max(first, 0)) {
                    let start = max(turn.start, Double(cell) * duration / Double(columns))
                    let end = min(turn.end, Double(cell + 1) * duration / Double(columns))
                    held[cell] += max(end - start, 0)
                }
            }
            return String(held.map { Self.level($0 / duration * Double(columns), levels) })
        }
        axis = Self.axis(duration: duration, columns: columns)
    }

    /// The character for a filled share; anything visible that is not nothing gets at least the lowest step.
    private static func level(_ filled: Double, _ levels: [Character]) -> Character {
        let steps = levels.count - 1
        guard filled > 0.02 else { return levels[0] }
        return levels[min(max(Int((filled * Double(steps)).rounded()), 1), steps)]
    }

    /// Times at round steps, as many as fit with some air, and the end.
    private static func axis(duration: Double, columns: Int) -> String {
        let end = PlainNumber.time(duration)
        let air = 4
        let step =
            TimeAxis.roundSteps.first { $0 / duration * Double(columns) >= Double(end.count + air) } ?? duration
        var axis = ""
        var time = 0.0
        while time < duration {
            let column = Int(time / duration * Double(columns))
            let label = PlainNumber.time(time)
            // The end is printed flush right; a time that would touch it is left out.
            guard column + label.count + 2 <= columns - end.count else { break }
            axis = ColumnWidth.padded(axis, to: column) + label
            time += step
        }
        return ColumnWidth.padded(axis, to: columns - end.count) + end
    }
}
