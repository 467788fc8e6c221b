import Reciprocity
import Timeline

extension MeetingPage {
    /// The share over the meeting: sliding windows as a curve with its interval, and five equal parts.
    var courseSection: Markup {
        section("course", "The share over the meeting") {
            if reciprocity.windows == nil, parts == nil {
                Tag.p { "The meeting is too short, or its times too coarse, to say how the share moved." }
            }
            curve
            parts
        }
    }

    /// Whose share is drawn: the reader's, else that of the one who talked more.
    private var focus: Speaker {
        report.me ?? ((reciprocity.talkShare.a ?? 0) >= (reciprocity.talkShare.b ?? 0) ? .a : .b)
    }

    // MARK: The curve

    private var curve: Markup? {
        guard let windows = reciprocity.windows else { return nil }
        let course = WindowCourse(
            windows: windows.shares, step: reciprocity.parameters.windowStep,
            duration: max(reciprocity.duration, 0.001),
            focus: focus, interval: reciprocity.talkShareInterval[focus], share: reciprocity.talkShare[focus],
            segments: report.timeline.segments)
        let minutes = PlainNumber.decimal(reciprocity.parameters.windowWidth / 60, decimals: 1)
        return Tag.figure(.class("curve")) {
            Tag.p(.class("chart-title")) {
                label(focus)
                ": share of the talking in sliding windows of \(minutes) minutes"
            }
            Tag.div(.class("chart")) {
                Tag.div(.class("y-axis"), .aria("hidden", "true")) {
                    for level in ["100\u{A0}%", "50\u{A0}%", "0\u{A0}%"] { Tag.span { level } }
                }
                course.drawing(
                    limit: reciprocity.parameters.twoWayFloorShare, label: course.spoken(plainPeople[focus].title))
            }
            Tag.figcaption(.class("note")) { caption(course) }
        }
    }

    private func caption(_ course: WindowCourse) -> String {
        let limit = reciprocity.parameters.twoWayFloorShare
        var text =
            "The grey zone from \(PlainNumber.percent(limit)) to \(PlainNumber.percent(1 - limit)) is where 76\u{A0}% "
            + "of the talks between strangers lie (Zhang and others 2025)."
        if course.hasBand {
            text +=
                " The band around the curve is where the share may lie, since some of the talking is put down to "
                + "the wrong person: the uncertainty of the whole meeting, or the doubt in the voices of that window "
                + "where it is larger."
        }
        return text
    }

    // MARK: Five parts

    private var parts: Markup? {
        let shares = reciprocity.trajectory
        guard shares.a.contains(where: { $0 != nil }) else { return nil }
        let length = reciprocity.duration / Double(max(shares.a.count, 1))
        return Tag.figure(.class("five")) {
            Tag.p(.class("chart-title")) {
                "The floor in \(shares.a.count == 5 ? "five" : "\(shares.a.count)") equal parts"
            }
            Tag.ol(.class("parts")) {
                for part in shares.a.indices {
                    Tag.li {
                        Tag.span(.class("quiet")) { "from \(PlainNumber.time(Double(part) * length))" }
                        if let a = shares.a[part], let b = shares.b[part] {
                            SplitBar(shareOfA: a).drawing
                            Tag.span(.class("pair")) { pair(PlainNumber.percents(a, b)) }
                        } else {
                            Tag.span(.class("silent")) { "nobody" }
                        }
                    }
                }
            }
        }
    }

    @MarkupBuilder private func pair(_ percents: (String, String)) -> Markup {
        Tag.span(.class("number a")) {
            Tag.span(.class("unseen")) { plainPeople.a.title + " " }
            percents.0
        }
        Tag.span(.class("number b")) {
            Tag.span(.class("unseen")) { plainPeople.b.title + " " }
            percents.1
        }
    }
}

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
