import Reciprocity
import Timeline

/// The whole meeting as a drawing: one lane per person around a middle strip in which both talk at once.
///
/// Lanes are drawn in seconds and stretched to the width, so that zooming is a change of the view box and nothing else;
/// everything with text stands beside them in shares of the width.
struct FloorPicture {
    /// Heights in pixels: a lane, and the strip between the lanes with its margins.
    static let lane = 64.0
    static let strip = 16.0
    /// What is not the floor is lower: a longer overlap, and a backchannel.
    static let overlapHeight = 36.0
    static let backchannelHeight = 20.0
    /// Boxes in one path element.
    private static let boxesPerPath = 200

    let turns: [Turn]
    let segments: [SpeechSegment]
    let duration: Double

    private static var height: Double { 2 * lane + strip }

    /// The lanes; `id` names the group that an overview may use again.
    func lanes(id: String) -> Markup {
        Tag.svg(
            .class("lanes"), .named("width", "100%"), .number("height", Self.height),
            .named("viewBox", "0 0 \(number(duration)) \(number(Self.height))"),
            .named("preserveAspectRatio", "none")
        ) {
            Tag.g(.id(id)) {
                for speaker in Speaker.allCases {
                    let name = speaker.className
                    paths("turn \(name)", turnBoxes(speaker))
                    paths("speech \(name)", speechBoxes(speaker, .turn))
                    paths("speech low \(name)", speechBoxes(speaker, .overlap) + speechBoxes(speaker, .backchannel))
                }
                paths("both", bothBoxes)
            }
        }
    }

    // MARK: Paths

    /// Boxes of one kind as few paths, each short enough that a browser leaves out those outside the view.
    private func paths(_ className: String, _ boxes: [String]) -> [Markup] {
        stride(from: 0, to: boxes.count, by: Self.boxesPerPath).map { first in
            let path = boxes[first..<min(first + Self.boxesPerPath, boxes.count)].joined()
            return Tag.path(.class(className), .named("d", path))
        }
    }

    /// A box that grows from the middle strip outwards, A up and B down.
    private func box(_ speaker: Speaker, from start: Double, to end: Double, height: Double) -> String {
        let top = speaker == .a ? Self.lane - height : Self.lane + Self.strip
        return box(from: start, to: end, top: top, height: height)
    }

    private func box(from start: Double, to end: Double, top: Double, height: Double) -> String {
        let (left, right) = (max(start, 0), min(end, duration))
        guard right > left else { return "" }
        return "M\(number(left)) \(number(top))H\(number(right))v\(number(height))H\(number(left))z"
    }

    private func turnBoxes(_ speaker: Speaker) -> [String] {
        turns.filter { $0.kind == .turn && $0.speaker == speaker }
            .map { box(speaker, from: $0.start, to: $0.end, height: Self.lane) }
    }

    /// The speech of a person that plays the given part; a whole segment belongs to one part.
    private func speechBoxes(_ speaker: Speaker, _ kind: Turn.Kind) -> [String] {
        let height =
            switch kind {
            case .turn: Self.lane
            case .overlap: Self.overlapHeight
            case .backchannel: Self.backchannelHeight
            }
        let others = turns.filter { $0.speaker == speaker && $0.kind != .turn }
        if kind != .turn {
            return others.filter { $0.kind == kind }.map { box(speaker, from: $0.start, to: $0.end, height: height) }
        }
        var next = 0
        return union(speaker).filter { segment in
            while next < others.count, others[next].end <= segment.start { next += 1 }
            return next == others.count || others[next].start > segment.start
        }.map { box(speaker, from: $0.start, to: $0.end, height: height) }
    }

    /// All a person says, united and sorted.
    private func union(_ speaker: Speaker) -> [TimeSpan] {
        let sorted = segments.filter { $0.speaker == speaker && $0.end > $0.start }
            .sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        var result: [TimeSpan] = []
        for segment in sorted {
            if let last = result.last, segment.start <= last.end {
                result[result.count - 1].end = max(last.end, segment.end)
            } else {
                result.append(TimeSpan(start: segment.start, end: segment.end))
            }
        }
        return result
    }

    /// Where both talk.
    private var bothBoxes: [String] {
        let (a, b) = (union(.a), union(.b))
        var boxes: [String] = []
        var (first, second) = (0, 0)
        while first < a.count, second < b.count {
            let (start, end) = (max(a[first].start, b[second].start), min(a[first].end, b[second].end))
            if start < end { boxes.append(box(from: start, to: end, top: Self.lane + 3, height: Self.strip - 6)) }
            if a[first].end < b[second].end { first += 1 } else { second += 1 }
        }
        return boxes
    }

    private func number(_ value: Double) -> String { PlainNumber.decimal(value, decimals: 2) }
}
