import Timeline

/// How often values of the two people fall into bins: A above a common line, B below it, all bars to one scale.
struct MirroredHistogram {
    /// Places and texts along the axis.
    struct Tick {
        /// 0...1.
        var place: Double
        var text: String
    }

    /// Edges of the bins, ascending; values outside count in the first or last bin.
    var edges: [Double]
    /// Values of each person.
    var values: PerSpeaker<[Double]>
    /// Middle value of each person; nil for none.
    var medians: PerSpeaker<Double?>
    /// Range that is usual, in the unit of the values; nil for none.
    var usual: ClosedRange<Double>?
    /// A single place to mark, such as a typical value.
    var landmark: Double?
    /// Texts at edges.
    var ticks: [(edge: Double, text: String)]

    /// Height of the bars of one person, pixels.
    private static let half = 64.0
    /// Room above and below for the medians, pixels.
    private static let margin = 18.0
    private static let height = 2 * half + 2 * margin + 30

    /// Number of values per bin.
    func counts(of speaker: Speaker) -> [Int] {
        var counts = [Int](repeating: 0, count: max(edges.count - 1, 0))
        for value in values[speaker] {
            let bin = (edges.lastIndex { $0 <= value } ?? 0)
            counts[min(bin, counts.count - 1)] += 1
        }
        return counts
    }

    /// Where a value lies along the axis, 0...1: bins are equally wide, whatever they hold.
    func place(of value: Double) -> Double {
        guard let first = edges.first, let last = edges.last, value > first else { return 0 }
        guard value < last, let bin = edges.lastIndex(where: { $0 <= value }) else { return 1 }
        let inside = (value - edges[bin]) / (edges[bin + 1] - edges[bin])
        return (Double(bin) + inside) / Double(edges.count - 1)
    }

    /// The drawing; `label` says it in words.
    func drawing(label: String) -> Markup {
        let counts = PerSpeaker { self.counts(of: $0) }
        let highest = Double(max((counts.a + counts.b).max() ?? 0, 1))
        let middle = Self.margin + Self.half
        return Tag.svg(
            .class("plot histogram"), .named("width", "100%"), .number("height", Self.height), .role("img"),
            .aria("label", label)
        ) {
            if let usual {
                Tag.rect(
                    .class("usual"), .percent("x", place(of: usual.lowerBound)),
                    .percent("width", place(of: usual.upperBound) - place(of: usual.lowerBound)),
                    .number("y", Self.margin), .number("height", 2 * Self.half))
            }
            for speaker in Speaker.allCases {
                bars(speaker, counts[speaker], highest: highest, middle: middle)
            }
            if let landmark {
                Tag.line(
                    .class("landmark"), .percent("x1", place(of: landmark)), .percent("x2", place(of: landmark)),
                    .number("y1", Self.margin), .number("y2", Self.margin + 2 * Self.half))
            }
            Tag.line(.class("edge"), .named("x2", "100%"), .number("y1", middle), .number("y2", middle))
            for speaker in Speaker.allCases { median(speaker, middle: middle) }
            for tick in ticks {
                let place = place(of: tick.edge)
                Tag.text(
                    .class("tick" + (place < 0.03 ? " first" : place > 0.97 ? " last" : "")), .percent("x", place),
                    .number("y", Self.height - 8)
                ) { tick.text }
            }
        }
    }

    private func bars(_ speaker: Speaker, _ counts: [Int], highest: Double, middle: Double) -> [Markup] {
        let width = 1 / Double(max(counts.count, 1))
        return counts.enumerated().filter { $0.element > 0 }.map { bin, count in
            let height = max(Double(count) / highest * (Self.half - 2), 1.5)
            return Tag.rect(
                .class("bar \(speaker.className)"), .percent("x", (Double(bin) + 0.08) * width),
                .percent("width", width * 0.84), .number("y", speaker == .a ? middle - 1 - height : middle + 1),
                .number("height", height)
            ) {
                Tag.title {
                    "\(count) from \(PlainNumber.seconds(edges[bin])) to \(PlainNumber.seconds(edges[bin + 1]))"
                }
            }
        }
    }

    private func median(_ speaker: Speaker, middle: Double) -> Markup? {
        guard let median = medians[speaker] else { return nil }
        let place = place(of: median)
        let (top, bottom) = speaker == .a ? (Self.margin - 4, middle) : (middle, middle + Self.half + 4)
        return Tag.g(.class("median \(speaker.className)")) {
            Tag.line(.percent("x1", place), .percent("x2", place), .number("y1", top), .number("y2", bottom))
            Tag.circle(.percent("cx", place), .number("cy", speaker == .a ? top : bottom), .named("r", "3.5"))
        }
    }
}
