import Reciprocity
import Timeline

/// Every metric in words, in the order of its definition.
struct MetricRows {
    let metrics: Reciprocity

    private var parameters: ReciprocityParameters { metrics.parameters }

    // MARK: Texts of values

    private func percent(_ values: PerSpeaker<Double?>) -> MetricRow.Value { each(values) { PlainNumber.percent($0) } }

    private func each<Number>(_ values: PerSpeaker<Number?>, _ text: (Number) -> String) -> MetricRow.Value {
        .each(values.map { $0.map(text) })
    }

    private func whole<Number>(_ value: Number?, _ text: (Number) -> String) -> MetricRow.Value {
        .whole(value.map(text))
    }

    private func rate(_ value: Double) -> String { PlainNumber.decimal(value, decimals: 1) }

    private var band: String {
        let limit = parameters.twoWayFloorShare
        return "\(PlainNumber.percents(limit...(1 - limit))) (Zhang and others 2025)"
    }

    // MARK: Groups

    var amounts: [MetricRow] {
        var rows = [
            MetricRow(
                name: "Floor share", explanation: "Share of the talk that holds the floor, “mhm”s left out.",
                value: percent(metrics.floorShare), usual: band),
            MetricRow(
                name: "Talk share", explanation: "Share of everything that is said.", value: percent(metrics.talkShare),
                usual: band),
            MetricRow(
                name: "Talk share lies between",
                explanation: "Where the talk share really lies, given who was mistaken for whom.",
                value: each(metrics.talkShareInterval) {
                    PlainNumber.percents($0)
                }),
            MetricRow(
                name: "Speaking time", explanation: "All a person says; simultaneous talk counts for both.",
                value: each(metrics.speakingTime.map { Optional($0) }) { PlainNumber.time($0) }),
            MetricRow(
                name: "Floor time", explanation: "The same without “mhm”s.",
                value: each(metrics.floorTime.map { Optional($0) }) { PlainNumber.time($0) }),
            MetricRow(
                name: "Talk of the meeting",
                explanation: "Speaking time as a share of the whole meeting, silence included.",
                value: percent(metrics.talkOfMeeting)),
            MetricRow(
                name: "Imbalance", explanation: "The larger of the two floor shares.",
                value: whole(metrics.imbalance) { PlainNumber.percent($0) },
                usual: "under \(PlainNumber.percent(1 - parameters.twoWayFloorShare)) (Zhang and others 2025)"),
        ]
        rows += [
            MetricRow(
                name: "Only this person talks", explanation: "Share of the meeting.",
                value: percent(PerSpeaker { metrics.states?.only[$0] })),
            MetricRow(
                name: "Both talk", explanation: "Share of the meeting in which both talk at once.",
                value: whole(metrics.states?.both) { PlainNumber.percent($0) },
                usual: "3–10\u{A0}% (Jaffe & Feldstein 1970)"),
            MetricRow(
                name: "Nobody talks", explanation: "Share of the meeting that is silent.",
                value: whole(metrics.silenceShare) { PlainNumber.percent($0) }),
            MetricRow(
                name: "Longest silence",
                explanation:
                    "The longest time nobody talks, at least \(PlainNumber.seconds(parameters.shortestSilence)).",
                value: whole(metrics.longestSilence) { PlainNumber.seconds($0) }),
        ]
        return rows
    }

    var turns: [MetricRow] {
        [
            MetricRow(
                name: "Turns", explanation: "How often a person takes the floor.",
                value: each(metrics.turnCount) { String($0) }),
            MetricRow(
                name: "Median turn", explanation: "Half of the turns are shorter.",
                value: each(metrics.medianTurn) { PlainNumber.seconds($0) }),
            MetricRow(
                name: "Long turns", explanation: "Nine of ten turns are shorter (90th percentile).",
                value: each(metrics.p90Turn) { PlainNumber.seconds($0) }),
            MetricRow(
                name: "Longest monologue", explanation: "The longest turn, the other’s “mhm”s ignored.",
                value: each(metrics.longestMonologue) { PlainNumber.time($0.duration) },
                usual: "up to \(PlainNumber.time(TypicalValue.longMonologue)) (call-coaching tools)"),
            MetricRow(
                name: "“Mhm”s a minute",
                explanation: "Backchannels while the other talks, per minute of the other’s talk.",
                value: each(metrics.backchannelRate) { rate($0) }, usual: "a sign of listening (Yngve 1970)"),
        ]
    }

    var passing: [MetricRow] {
        let offset = metrics.floorTransferOffset
        return [
            MetricRow(
                name: "Changes of the floor a minute", explanation: "How lively the talk goes to and fro.",
                value: whole(metrics.interactivity) { rate($0) }),
            MetricRow(
                name: "Floor-transfer offset, all",
                explanation: "Median silence before the other takes over; below 0 is overlap.",
                value: whole(offset?.all.median) { PlainNumber.seconds($0) },
                usual: "0.0–0.3\u{A0}s (Levinson & Torreira 2015)"),
            MetricRow(
                name: "Floor-transfer offset", explanation: "The same for each person taking over.",
                value: each(PerSpeaker { offset?.responder[$0]?.median }) { PlainNumber.seconds($0) },
                usual: "0.08\u{A0}s between strangers (Reece and others 2023)"),
            MetricRow(
                name: "Spread of the offset", explanation: "Distance between its first and third quartile.",
                value: each(PerSpeaker { offset?.responder[$0]?.interquartileRange }) { PlainNumber.seconds($0) }),
            MetricRow(
                name: "Starts in overlap",
                explanation: "Share of the changes in which the new person starts too early.",
                value: whole(metrics.overlapOnsetShare) { PlainNumber.percent($0) },
                usual: "about 40\u{A0}% (Heldner & Edlund 2010)"),
            MetricRow(
                name: "Overlapped takeovers",
                explanation:
                    "Taking the floor at least \(PlainNumber.seconds(parameters.takeoverOverlap)) before the other ends, "
                    + "per 10 minutes.",
                value: each(metrics.overlappedTakeovers) { rate($0) }, usual: "reported, not judged"),
        ]
    }

    var course: [MetricRow] {
        let windows = metrics.windows
        let minutes = PlainNumber.decimal(parameters.windowWidth / 60, decimals: 1)
        return [
            MetricRow(
                name: "First floor",
                explanation:
                    "Start of the first turn with \(PlainNumber.seconds(parameters.firstFloorSpeech)) of talk; a dash: never.",
                value: each(metrics.firstFloor) {
                    "\(PlainNumber.time($0.time)) (\(PlainNumber.percent($0.fraction)))"
                }, usual: "in the first 25\u{A0}% of the meeting"),
            MetricRow(
                name: "Leads windows",
                explanation:
                    "Share of the windows of \(minutes) minutes with over \(PlainNumber.percent(parameters.windowLead)) "
                    + "of the talk.",
                value: percent(PerSpeaker { windows?.led[$0] }), usual: "described, not judged (Zhang and others 2025)"),
            MetricRow(
                name: "Balanced windows", explanation: "Share of the windows that nobody leads.",
                value: whole(windows?.balanced) { PlainNumber.percent($0) }),
            MetricRow(
                name: "How the lead moves", explanation: "What the windows look like one after the other.",
                value: whole(metrics.dynamics) { $0.words }),
            MetricRow(
                name: "Hand-over at",
                explanation: "The moment in the second half after which the person’s floor share rises most.",
                value: each(metrics.handOver) { PlainNumber.time($0.time) }),
            MetricRow(
                name: "Share before, after", explanation: "Floor share before and after that moment.",
                value: each(metrics.handOver) { "\(PlainNumber.percent($0.early)), \(PlainNumber.percent($0.late))" }),
        ]
    }

    /// Only there when somebody counted.
    var counts: [MetricRow] {
        let rows: [(MetricRow, Bool)] = [
            (
                MetricRow(
                    name: "Questions asked", explanation: "Counted by hand.",
                    value: each(metrics.questions) { String($0) }),
                metrics.questions.a != nil || metrics.questions.b != nil
            ),
            (
                MetricRow(
                    name: "Question balance", explanation: "Share of all questions that were asked to the person.",
                    value: percent(metrics.questionBalance), usual: "35–65\u{A0}% (Huang and others 2017)"),
                metrics.questionBalance.a != nil
            ),
            (
                MetricRow(
                    name: "Help offered", explanation: "Offers of help.",
                    value: each(metrics.helpOffered) { String($0) },
                    usual: "at least 1 on each side"),
                metrics.helpOffered.a != nil || metrics.helpOffered.b != nil
            ),
            (
                MetricRow(
                    name: "Follow-ups kept", explanation: "Follow-ups kept of those promised.",
                    value: each(metrics.followUps) { "\($0.kept) of \($0.promised)" }),
                metrics.followUps.a != nil || metrics.followUps.b != nil
            ),
        ]
        return rows.filter(\.1).map(\.0)
    }
}

extension Dynamics {
    /// In plain words.
    fileprivate var words: String {
        switch self {
        case .dominatingThroughout: "one side leads throughout"
        case .backAndForth: "back and forth"
        case .alternating: "long turns alternate"
        case .mixed: "mixed"
        }
    }
}

extension PlainNumber {
    /// A range of shares as "35–65 %".
    static func percents(_ range: ClosedRange<Double>) -> String {
        decimal(range.lowerBound * 100, decimals: 0) + "–" + percent(range.upperBound)
    }

    /// A length or difference of time: two decimals below a second, one below a minute, else `m:ss`.
    static func seconds(_ value: Double) -> String {
        let size = abs(value)
        if size >= 59.95 { return (value < 0 ? "−" : "") + time(size) }
        let text = decimal(size, decimals: size < 0.995 ? 2 : 1)
        return (value < 0 && text != "0" ? "−" : "") + text + space + "s"
    }
}
