import SeededSignals
import Timeline

/// Meetings of two drawn from a seed.
enum RandomMeeting {
    /// Names that every format can hold.
    static let names: [(String, String)] = [
        ("Ann", "Ben"), ("Zoë O'Neil", "Bob \"B\" <x> & Co"), ("שרה כהן", "🎈 Tom"), ("A: B", "C, D; E"),
        ("SPEAKER_00", "SPEAKER_01"),
    ]

    /// Meeting number `seed`: turns, pauses, overlaps, backchannels and touching segments, all times whole steps.
    ///
    /// - Parameter step: grid of the times, seconds; nil draws times without a grid.
    static func recording(seed: Int, step: Double?) -> (segments: [LabelledSegment], duration: Double) {
        var random = SeededRandom(seed: UInt64(seed))
        let people = names[seed % names.count]
        var segments: [LabelledSegment] = []
        var position = Double.random(in: 0...3, using: &random)
        let length = Double.random(in: 0...[30, 120, 900][seed % 3], using: &random)
        var isFirst = Bool.random(using: &random)
        while position < length {
            let end = position + Double.random(in: 0.05...12, using: &random)
            segments.append(segment(isFirst ? people.0 : people.1, position, end, step))
            switch Int.random(in: 0..<6, using: &random) {
            case 0:  // the same person goes on at once
                position = end
            case 1:  // a pause about as long as those that are bridged
                position = end + Double.random(in: 0.15...0.25, using: &random)
            case 2:  // a backchannel
                let start = max(0, end - Double.random(in: 0...3, using: &random))
                segments.append(segment(isFirst ? people.1 : people.0, start, start + 0.4, step))
                position = end + 0.1
            case 3:  // the other interrupts
                position = max(position, end - Double.random(in: 0...2, using: &random))
                isFirst.toggle()
            default:
                position = end + Double.random(in: 0...2, using: &random)
                isFirst.toggle()
            }
        }
        let last = segments.map(\.end).max() ?? 0
        let duration = last + Double.random(in: 0.002...20, using: &random)
        return (segments.filter { $0.start < $0.end }, onGrid(duration, step))
    }

    private static func segment(_ name: String, _ start: Double, _ end: Double, _ step: Double?) -> LabelledSegment {
        LabelledSegment(label: name, start: onGrid(start, step), end: onGrid(end, step))
    }

    /// Divided, not multiplied: the number nearest to the decimal.
    private static func onGrid(_ time: Double, _ step: Double?) -> Double {
        guard let step else { return time }
        let ticks = (1 / step).rounded()
        return (time * ticks).rounded() / ticks
    }
}
