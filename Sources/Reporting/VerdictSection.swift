import Reciprocity
import Timeline

extension MeetingPage {
    /// The verdict in one sentence, the two shares, the reasons, and how far to trust it.
    var verdictSection: Markup {
        Tag.section(.id("verdict"), .class("verdict"), .aria("labelledby", "verdict-title")) {
            Tag.h2(.id("verdict-title"), .class("eyebrow")) { "The verdict" }
            Tag.p(.class("headline")) { Markup(sentence: headline) }
            notice
            shares
            Tag.div(.class("columns")) {
                if !voices.isEmpty {
                    Tag.div {
                        Tag.h3 { "Why" }
                        for reason in reasons { Tag.p { Markup(sentence: reason) } }
                    }
                }
                if !trust.isEmpty {
                    Tag.div {
                        Tag.h3 { "How far to trust this" }
                        for paragraph in trust { Tag.p { Markup(sentence: paragraph) } }
                    }
                }
            }
        }
    }

    private var sentence: PatternSentence { PatternSentence(reciprocity: reciprocity, people: people, me: report.me) }

    private var trust: [String] { TrustSentence(report: report, people: people).paragraphs }

    private var headline: String {
        voices.isEmpty ? "No speech was found, so there is nothing to report." : sentence.headline
    }

    private var reasons: [String] { sentence.reasons + (sentence.closeness.map { [$0] } ?? []) }

    /// What the reader has to know before any number.
    private var notice: Markup? {
        if voices.count == 1, report.diarization != nil {
            return Tag.p(.class("notice")) {
                "Only one voice was found. If two people were speaking, do not trust this report."
            }
        }
        guard voices.count == 2, let caution = report.diarization.flatMap(TrustSentence.caution) else { return nil }
        return Tag.p(.class("notice")) { caution }
    }

    /// The two floor shares as one bar.
    private var shares: Markup? {
        guard let a = reciprocity.floorShare.a, let b = reciprocity.floorShare.b else { return nil }
        let shown = PlainNumber.percents(a, b)
        let percent = PerSpeaker(a: shown.0, b: shown.1)
        let limit = reciprocity.parameters.twoWayFloorShare
        return Tag.div(.class("shares")) {
            Tag.div(.class("share-numbers")) {
                for speaker in Speaker.allCases {
                    Tag.p(.class(speaker.className)) {
                        Tag.span(.class("big")) { percent[speaker] }
                        label(speaker)
                        Tag.span(.class("quiet")) {
                            PlainNumber.time(reciprocity.floorTime[speaker]) + " with the floor"
                        }
                    }
                }
            }
            SplitBar(shareOfA: a, marks: [limit, 1 - limit]).drawing
            Tag.p(.class("note")) {
                "To hold the floor is to talk while it is one’s turn; a short “mhm” while the other talks does not "
                    + "count. Between the two marks (\(PlainNumber.percent(limit)) and "
                    + "\(PlainNumber.percent(1 - limit))) a meeting counts as two-way."
            }
        }
    }
}
