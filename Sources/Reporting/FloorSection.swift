import Reciprocity
import Timeline

extension MeetingPage {
    /// The floor as a picture, with its player, its legend and the key moments in words.
    var floorSection: Markup {
        PageFrame.section(
            "floor", "The floor",
            lead: "Who talked when. The higher lane belongs to one person, the lower to the other; where both talk at "
                + "once, the strip between them is filled."
        ) {
            Tag.figure(.class("floor"), .id("picture")) {
                toolbar
                Tag.div(
                    .class(reciprocity.duration > 1200 ? "stage dense" : "stage"), .id("stage"),
                    .named("tabindex", "0"), .role("group"), .aria("label", spoken)
                ) {
                    Tag.p(.class("lane-name upper")) { label(.a) }
                    stage
                    Tag.p(.class("lane-name lower")) { label(.b) }
                    Tag.div(.class("tip"), .id("tip"), .role("status"), .flag("hidden")) {}
                }
                overview
                legend
            }
            moments
            turnList
        }
    }

    // MARK: The drawing

    /// Rows of the drawing in pixels: name, flags and brackets above the upper lane and, mirrored, below the lower one,
    /// then the axis.
    ///
    /// The names are HTML on top of it, since only HTML cuts long ones short.
    private enum Row {
        static let flagA = 40.0
        static let bracketA = 60.0
        static let lanes = 70.0
        static let bracketB = lanes + 2 * FloorPicture.lane + FloorPicture.strip + 10
        static let flagB = bracketB + 30
        static let nameB = flagB + 26
        static let axis = nameB + 30
        static let height = axis + 22
    }

    private var stage: Markup {
        let duration = max(reciprocity.duration, 0.001)
        let picture = FloorPicture(
            turns: reciprocity.turns, segments: report.timeline.segments, duration: duration)
        return Tag.svg(
            .class("picture"), .id("drawing"), .named("width", "100%"), .number("height", Row.height),
            .aria("hidden", "true")
        ) {
            Tag.g(.class("ticks"), .id("ticks")) {
                for time in TimeAxis(duration: duration).ticks(atMost: 7) { tick(time, duration) }
            }
            Tag.svg(.named("y", "\(Int(Row.lanes))"), .named("width", "100%"), .class("window")) {
                picture.lanes(id: "lanes")
            }
            for speaker in Speaker.allCases {
                flag(speaker, duration)
                bracket(speaker, duration)
            }
            Tag.line(
                .class("hair"), .id("hair"), .named("y1", "\(Int(Row.lanes - 8))"),
                .named("y2", "\(Int(Row.axis - 16))"),
                .flag("hidden"))
            Tag.line(
                .class("cursor"), .id("cursor"), .named("y1", "\(Int(Row.lanes - 8))"),
                .named("y2", "\(Int(Row.axis - 16))"), .flag("hidden"))
        }
    }

    private func tick(_ time: Double, _ duration: Double) -> Markup {
        let share = time / duration
        return Tag.svg(
            .class("tick" + (share < 0.03 ? " first" : share > 0.96 ? " last" : "")), .percent("x", share),
            .named("overflow", "visible"), .data("time", PlainNumber.decimal(time, decimals: 2))
        ) {
            Tag.line(.named("y1", "\(Int(Row.lanes))"), .named("y2", "\(Int(Row.axis - 16))"))
            Tag.text(.named("y", "\(Int(Row.axis))")) { PlainNumber.time(time) }
        }
    }

    /// A bracket over the longest monologue of a person.
    private func bracket(_ speaker: Speaker, _ duration: Double) -> Markup? {
        guard let span = reciprocity.longestMonologue[speaker] else { return nil }
        let row = speaker == .a ? Row.bracketA : Row.bracketB
        let text = "longest \(PlainNumber.time(span.duration))"
        return mark(
            speaker, from: span.start, to: span.end, duration,
            shape: Tag.rect(
                .class("bracket"), .percent("x", span.start / duration), .percent("width", span.duration / duration),
                .number("y", row), .number("height", 3)),
            text: text, y: speaker == .a ? row - 6 : row + 17)
    }

    /// A flag where a person first got the floor.
    private func flag(_ speaker: Speaker, _ duration: Double) -> Markup? {
        guard let first = reciprocity.firstFloor[speaker] else { return nil }
        let row = speaker == .a ? Row.flagA : Row.flagB
        return mark(
            speaker, from: first.time, to: first.time, duration,
            shape: Tag.line(
                .class("pole"), .percent("x1", first.time / duration), .percent("x2", first.time / duration),
                .number("y1", speaker == .a ? row - 12 : Row.bracketB),
                .number("y2", speaker == .a ? Row.lanes : row + 4)),
            text: "first floor \(PlainNumber.time(first.time))", y: speaker == .a ? row - 3 : row + 3)
    }

    private func mark(
        _ speaker: Speaker, from start: Double, to end: Double, _ duration: Double, shape: Markup, text: String,
        y: Double
    ) -> Markup {
        let flips = start / duration > 0.6
        return Tag.g(
            .class("mark \(speaker.className)" + (flips ? " flip" : "")),
            .data("start", PlainNumber.decimal(start, decimals: 2)), .data("end", PlainNumber.decimal(end, decimals: 2))
        ) {
            shape
            Tag.text(
                .percent("x", (flips && end > start ? end : start) / duration), .number("y", y),
                .named("dx", flips ? "-5" : "5")
            ) { text }
        }
    }

    // MARK: Around it

    private var toolbar: Markup {
        Tag.div(.class("toolbar"), .role("group"), .aria("label", "Player and zoom")) {
            Tag.button(.type("button"), .id("play"), .class("primary"), .flag("disabled")) { "Play" }
            Tag.output(.id("clock"), .class("clock"), .named("for", "seek")) { "0:00" }
            Tag.input(
                .type("range"), .id("seek"), .named("min", "0"), .named("value", "0"), .named("step", "100"),
                .named("max", "\(Int(min(reciprocity.duration, 1e7) * 1000))"),
                .aria("label", "Position in the meeting"))
            Tag.label(.class("file"), .named("for", "file")) {
                Tag.span { sound == nil ? "Choose the recording to listen" : "Other recording" }
                Tag.input(.type("file"), .id("file"), .named("accept", "audio/*,video/*"))
            }
            Tag.span(.class("zoom")) {
                Tag.button(.type("button"), .id("zoom-out"), .aria("label", "Zoom out")) { "−" }
                Tag.button(.type("button"), .id("zoom-in"), .aria("label", "Zoom in")) { "+" }
                Tag.button(.type("button"), .id("zoom-all")) { "Whole" }
            }
        }
    }

    /// The whole meeting in small, with the part that is shown; only there while zoomed.
    private var overview: Markup {
        let height = Int(2 * FloorPicture.lane + FloorPicture.strip)
        return Tag.svg(
            .class("overview"), .id("overview"), .named("width", "100%"), .named("height", "28"), .flag("hidden"),
            .aria("hidden", "true")
        ) {
            Tag.svg(
                .named("width", "100%"), .named("height", "28"),
                .named(
                    "viewBox", "0 0 \(PlainNumber.decimal(max(reciprocity.duration, 0.001), decimals: 2)) \(height)"),
                .named("preserveAspectRatio", "none")
            ) { Tag.use(.href("#lanes")) }
            Tag.rect(.id("shown"), .named("height", "28"))
        }
    }

    private var legend: Markup {
        Tag.figcaption {
            Tag.ul(.class("legend")) {
                Tag.li {
                    Tag.span(.class("key solid")); "talking"
                }
                Tag.li {
                    Tag.span(.class("key tint")); "pause in a turn"
                }
                Tag.li {
                    Tag.span(.class("key short")); "“mhm”, or talk that did not win the floor"
                }
                Tag.li {
                    Tag.span(.class("key both")); "both at once"
                }
            }
            Tag.p(.class("note script-only")) {
                "Point at the picture for exact times; click a turn to hear it. Keys on the picture: arrows move from "
                    + "turn to turn, Enter plays, + and − zoom, 0 shows the whole."
            }
        }
    }

    /// The picture in one sentence, for those who do not see it.
    private var spoken: String {
        let parts = Speaker.allCases.compactMap { speaker -> String? in
            guard let share = reciprocity.floorShare[speaker] else { return nil }
            return "\(plainPeople[speaker].title): \(PlainNumber.percent(share)) of the floor, "
                + "\(reciprocity.turns.count { $0.kind == .turn && $0.speaker == speaker }) turns"
        }
        return "Picture of the meeting. " + parts.joined(separator: ". ") + ". Arrow keys move from turn to turn."
    }

    /// Longest monologue and first floor of each person in words.
    private var moments: Markup {
        let least = PlainNumber.decimal(reciprocity.parameters.firstFloorSpeech, decimals: 0)
        return Tag.div(.class("moments")) {
            for speaker in voices {
                Tag.dl(.class(speaker.className)) {
                    Tag.div(.class("who")) {
                        Tag.dt { label(speaker) }
                        Tag.dd(.class("quiet")) { turnCount(speaker) }
                    }
                    Tag.div {
                        Tag.dt { "Longest monologue" }
                        Tag.dd { monologue(speaker) }
                    }
                    Tag.div {
                        Tag.dt { "First floor of \(least)\u{A0}s" }
                        Tag.dd { firstFloor(speaker) }
                    }
                }
            }
        }
    }

    private func turnCount(_ speaker: Speaker) -> String {
        guard let count = reciprocity.turnCount[speaker] else { return "no turn" }
        return count == 1 ? "1 turn" : "\(count) turns"
    }

    @MarkupBuilder private func monologue(_ speaker: Speaker) -> Markup {
        if let span = reciprocity.longestMonologue[speaker] {
            Tag.strong { PlainNumber.time(span.duration) }
            Tag.span(.class("quiet")) { " from \(PlainNumber.time(span.start)) to \(PlainNumber.time(span.end))" }
        } else {
            "–"
        }
    }

    @MarkupBuilder private func firstFloor(_ speaker: Speaker) -> Markup {
        if let first = reciprocity.firstFloor[speaker] {
            Tag.strong { PlainNumber.time(first.time) }
            Tag.span(.class("quiet")) {
                first.fraction < 0.01
                    ? " right at the start" : " when \(PlainNumber.percent(first.fraction)) was over"
            }
        } else {
            Tag.strong { "never" }
        }
    }

    /// Every turn in words; the script fills it when it is opened.
    private var turnList: Markup {
        Tag.details(.class("turns script-only"), .id("turns")) {
            Tag.summary { "All \(reciprocity.turns.count) turns, “mhm”s and overlaps as a list" }
            Tag.div(.class("turn-rows"), .id("turn-rows"), .role("list")) {}
        }
    }
}
