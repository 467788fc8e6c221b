import Reciprocity
import Timeline

/// The share of one person in sliding windows, as a curve with its interval.
struct WindowCourse {
    let windows: [WindowShare]
    /// Distance of the starts, seconds.
    let step: Double
    let duration: Double
    let focus: Speaker
    /// Where the share of the whole meeting lies, and what it is.
    let interval: ClosedRange<Double>?
    let share: Double?
    let segments: [SpeechSegment]

    /// Middle of a window, and its share with its interval, 0...1.
    struct Point: Hashable {
        var time: Double
        var share: Double
        var low: Double
        var high: Double
    }

    /// The points by time.
    ///
    /// Half the interval is that of the whole meeting, or the mean doubt of the window's segments where that is larger.
    var points: [Point] {
        let whole = interval.flatMap { interval in
            share.map { max(interval.upperBound - $0, $0 - interval.lowerBound) }
        }
        let doubts = DoubtByTime(segments: segments)
        return windows.map { window in
            let share = window.talkShare[focus]
            let half = max(whole ?? 0, doubts.mean(in: window.span) ?? 0)
            return Point(
                time: (window.span.start + window.span.end) / 2, share: share, low: max(share - half, 0),
                high: min(share + half, 1))
        }
    }

    /// Whether there is an interval to draw.
    var hasBand: Bool { points.contains { $0.high - $0.low >= 0.005 } }

    /// The curve as a drawing.
    func drawing(limit: Double, label: String) -> Markup {
        let height = 100.0
        func y(_ share: Double) -> String { PlainNumber.decimal((1 - share) * height, decimals: 2) }
        func x(_ time: Double) -> String { PlainNumber.decimal(time, decimals: 2) }
        var (line, band) = ("", "")
        for run in runs {
            line += run.enumerated().map { ($0 == 0 ? "M" : "L") + x($1.time) + " " + y($1.share) }.joined()
            if run.count == 1 { line += "h0.01" }
            band += run.enumerated().map { ($0 == 0 ? "M" : "L") + x($1.time) + " " + y($1.high) }.joined()
            band += run.reversed().map { "L" + x($0.time) + " " + y($0.low) }.joined() + "z"
        }
        return Tag.svg(
            .class("plot"), .named("width", "100%"), .named("height", "220"), .role("img"), .aria("label", label)
        ) {
            Tag.svg(
                .named("width", "100%"), .named("height", "192"), .named("viewBox", "0 0 \(x(duration)) 100"),
                .named("preserveAspectRatio", "none")
            ) {
                Tag.rect(
                    .class("usual"), .named("width", "100%"), .number("y", limit * height),
                    .number("height", (1 - 2 * limit) * height))
                for level in [0, 50, 100] {
                    Tag.line(
                        .class(level == 50 ? "half" : "edge"), .number("y1", Double(level)),
                        .number("y2", Double(level)),
                        .named("x2", "100%"))
                }
                if hasBand { Tag.path(.class("band \(focus.className)"), .named("d", band)) }
                Tag.path(.class("course \(focus.className)"), .named("d", line))
            }
            for time in TimeAxis(duration: duration).ticks(atMost: 7) {
                Tag.text(
                    .class("tick" + (time / duration < 0.03 ? " first" : time / duration > 0.96 ? " last" : "")),
                    .percent("x", time / duration), .named("y", "212")
                ) { PlainNumber.time(time) }
            }
        }
    }

    /// The curve in one sentence.
    func spoken(_ name: String) -> String {
        let shares = points.map(\.share)
        guard let low = shares.min(), let high = shares.max(), let first = shares.first, let last = shares.last else {
            return "No curve."
        }
        return "\(name): share of the talking over time, from \(PlainNumber.percent(first)) in the first window to "
            + "\(PlainNumber.percent(last)) in the last, lowest \(PlainNumber.percent(low)), highest "
            + "\(PlainNumber.percent(high))."
    }

    /// Points without a silent window between them.
    private var runs: [[Point]] {
        var runs: [[Point]] = []
        for point in points {
            if let last = runs.last?.last, point.time - last.time <= step * 1.5 {
                runs[runs.count - 1].append(point)
            } else {
                runs.append([point])
            }
        }
        return runs
    }
}

/// The doubt of the segments, one minus their confidence, summed so that any stretch is asked in logarithmic time.
private struct DoubtByTime {
    private var starts: [Double] = []
    private var speech: [Double] = [0]
    private var doubt: [Double] = [0]

    init(segments: [SpeechSegment]) {
        for segment in segments.sorted(by: { ($0.start, $0.end, $0.speaker) < ($1.start, $1.end, $1.speaker) }) {
            guard let confidence = segment.confidence, segment.duration > 0 else { continue }
            starts.append(segment.start)
            speech.append((speech.last ?? 0) + segment.duration)
            doubt.append((doubt.last ?? 0) + segment.duration * (1 - confidence))
        }
    }

    /// Mean over the segments that start in a stretch, weighted by length; nil when there is none.
    func mean(in span: TimeSpan) -> Double? {
        let (first, last) = (index(of: span.start), index(of: span.end))
        let length = speech[last] - speech[first]
        return length > 0 ? (doubt[last] - doubt[first]) / length : nil
    }

    /// How many segments start before a time.
    private func index(of time: Double) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
