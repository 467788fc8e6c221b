import Reciprocity
import Timeline

extension MeetingPage {
    /// The share over the meeting: sliding windows as a curve with its interval, and five equal parts.
    var courseSection: Markup {
        PageFrame.section("course", "The share over the meeting") {
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
