import Reciprocity
import Timeline

/// The verdict in plain sentences.
struct PatternSentence {
    let reciprocity: Reciprocity
    let people: PerSpeaker<Person>
    /// Which of the two is the reader.
    let me: Speaker?

    private var verdict: Verdict { reciprocity.verdict }
    private var parameters: ReciprocityParameters { reciprocity.parameters }

    /// The verdict in one sentence; where the shares are not known well enough it only names the nearest pattern.
    var headline: String {
        guard verdict.borderline, let first = pattern.first else { return pattern }
        return "Too close to call, perhaps " + first.lowercased() + pattern.dropFirst()
    }

    /// The pattern in one sentence.
    private var pattern: String {
        switch verdict.pattern {
        case .insufficient: return "No verdict: this meeting cannot be judged."
        case .latePitch(let speaker):
            return "Late pitch: \(people[speaker].was) asked only right before it was time to leave."
        case .oneSided(let speaker):
            let other = people[speaker.partner].name
            if reciprocity.speakingTime[speaker.partner] == 0 {
                return "One-sided: only \(people[speaker].name) spoke."
            }
            return "One-sided: \(people[speaker].name) had the floor, \(other) never really got it."
        case .twoWay(let description):
            let both = me == nil ? "both people" : "both of you"
            let how =
                switch description {
                case .backAndForth: ", going quickly back and forth"
                case .alternating: ", taking long turns one after the other"
                case .mixed, nil: ""
                }
            return "Two-way: \(both) had the floor\(how)."
        case .leaning(let speaker):
            let other = people[speaker.partner].name
            return "Leaning: \(people[speaker].name) had clearly more of the floor, but \(other) had some."
        }
    }

    /// Why, each reason one or two sentences.
    var reasons: [String] {
        if case .insufficient = verdict.pattern { return verdict.reasons.map(doubt) }
        if case .latePitch(let speaker) = verdict.pattern { return latePitchReasons(speaker) }
        if case .twoWay = verdict.pattern { return twoWayReasons }
        return verdict.reasons.compactMap(reason)
    }

    /// How close the call was; nil without a verdict.
    var closeness: String? {
        guard let margin = verdict.margin else { return nil }
        let points = PlainNumber.points(margin)
        if verdict.borderline {
            return "This is a close call: \(points) more or less in the shares would change the verdict, and the "
                + "shares are not known that exactly."
        }
        return "The shares would have to be off by \(points) to change the verdict."
    }

    /// What forbids a verdict.
    private func doubt(_ reason: PatternReason) -> String {
        let (value, threshold) = (reason.value ?? 0, reason.threshold ?? 0)
        switch reason.measure {
        case .duration:
            return "It is too short: \(PlainNumber.time(value)), and a verdict needs at least "
                + "\(PlainNumber.time(threshold))."
        case .speech:
            return "There is too little speech in it: \(PlainNumber.time(value)), and a verdict needs at least "
                + "\(PlainNumber.time(threshold))."
        case .estimatedConfusion:
            return "The two voices could not be told apart well enough: about "
                + "\(PlainNumber.percent(value, besides: threshold)) of the talking may be put down to the wrong "
                + "person, and a verdict needs \(PlainNumber.percent(threshold)) or less."
        default:
            return "It is not certain enough who of the two was speaking when."
        }
    }

    private func latePitchReasons(_ speaker: Speaker) -> [String] {
        guard let handOver = reciprocity.handOver[speaker] else { return [] }
        let name = people[speaker].name
        let early = PlainNumber.percent(handOver.early, besides: parameters.latePitchEarlyShare)
        let late = PlainNumber.percent(handOver.late, besides: parameters.latePitchLateShare)
        let fraction = PlainNumber.percent(handOver.fraction, besides: parameters.latePitchEarliest)
        return [
            "Until \(PlainNumber.time(handOver.time)) \(name) had \(early) of the floor, from then on \(late).",
            "By then \(fraction) of the meeting was over. It counts as late from "
                + "\(PlainNumber.percent(parameters.latePitchEarliest)) on.",
        ]
    }

    private var twoWayReasons: [String] {
        guard let a = reciprocity.floorShare.a, let b = reciprocity.floorShare.b else { return [] }
        let limit = parameters.twoWayFloorShare
        return [
            "The smaller share of the floor is \(PlainNumber.percent(min(a, b), besides: limit)). From "
                + "\(PlainNumber.percent(limit)) on a meeting counts as two-way."
        ]
    }

    /// One comparison of a one-sided or leaning meeting.
    private func reason(_ reason: PatternReason) -> String? {
        guard let value = reason.value, let threshold = reason.threshold, let speaker = reason.speaker else {
            return nil
        }
        let name = people[speaker].name
        let number = PlainNumber.percent(value, besides: threshold)
        let limit = PlainNumber.percent(threshold)
        switch (reason.measure, reason.relation) {
        case (.floorShare, .less):
            return "\(name.sentenceStart) had \(number) of the floor. Below \(limit) a meeting is not two-way."
        case (.floorShare, .atMost):
            return "With \(limit) of the floor or less on one side it counts as one-sided."
        case (.floorShare, .greater):
            return "With more than \(limit) of the floor on the smaller side it is not yet one-sided."
        case (.windowsLed, .atLeast):
            return "Cut into pieces of \(window), \(name) did most of the talking in \(number) of them. "
                + "From \(limit) on that is throughout the meeting."
        case (.windowsLed, .less):
            return "Cut into pieces of \(window), \(name) did most of the talking in \(number) of them. "
                + "Throughout the meeting would be \(limit) or more."
        default: return nil
        }
    }

    private var window: String { PlainNumber.decimal(parameters.windowWidth / 60, decimals: 1) + "\u{A0}minutes" }
}
