import Reciprocity
import Timeline

extension MeetingPage {
    /// Turn lengths and floor-transfer offsets as small distributions beside typical values.
    var rhythmSection: Markup {
        PageFrame.section("rhythm", "The rhythm") {
            if turnLengths == nil, offsets == nil {
                Tag.p { "The times are too coarse, or there are too few turns, to say anything about the rhythm." }
            } else {
                Tag.div(.class("pairs")) {
                    turnLengths
                    offsets
                }
            }
        }
    }

    // MARK: Turn lengths

    private var turnLengths: Markup? {
        guard reciprocity.turnCount.a != nil || reciprocity.turnCount.b != nil else { return nil }
        let lengths = PerSpeaker { speaker in
            reciprocity.turns.filter { $0.kind == .turn && $0.speaker == speaker }.map(\.duration)
        }
        let histogram = MirroredHistogram(
            edges: [0, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200], values: lengths,
            medians: reciprocity.medianTurn, usual: nil, landmark: TypicalValue.longMonologue,
            ticks: [
                (0, "0"), (2, "2\u{A0}s"), (10, "10\u{A0}s"), (30, "30\u{A0}s"), (120, "2\u{A0}min"),
                (600, "10\u{A0}min"),
            ])
        return Tag.figure {
            Tag.p(.class("chart-title")) { "How long the turns are" }
            histogram.drawing(
                label: "Number of turns by length. "
                    + medianWords(reciprocity.medianTurn) { PlainNumber.seconds($0) })
            medianLine(reciprocity.medianTurn) { PlainNumber.seconds($0) }
            Tag.figcaption(.class("note")) {
                "Each bar counts the turns of that length; dots are the medians. The dashed line is at "
                    + "\(PlainNumber.time(TypicalValue.longMonologue)), beyond which a monologue is long (advice of "
                    + "call-coaching tools). In casual talk a turn lasts about 2\u{A0}s on average, when every short reply "
                    + "counts as one (Levinson 2016); turns as counted here are longer, for they keep their pauses "
                    + "and leave out every “mhm”."
            }
        }
    }

    // MARK: Offsets

    private var offsets: Markup? {
        guard let offset = reciprocity.floorTransferOffset else { return nil }
        let medians = offset.responder.map { $0?.median }
        let histogram = MirroredHistogram(
            edges: (0...20).map { -2 + Double($0) * 0.25 }, values: reciprocity.transferOffsets, medians: medians,
            usual: TypicalValue.offsetMedian, landmark: nil,
            ticks: [
                (-2, "−2\u{A0}s"), (-1, "−1\u{A0}s"), (0, "0"), (1, "1\u{A0}s"), (2, "2\u{A0}s"), (3, "3\u{A0}s"),
            ])
        return Tag.figure {
            Tag.p(.class("chart-title")) { "How quickly the floor passes" }
            histogram.drawing(
                label: "Number of changes of the floor by floor-transfer offset. "
                    + medianWords(medians) { PlainNumber.seconds($0) })
            medianLine(medians) { PlainNumber.seconds($0) }
            Tag.figcaption(.class("note")) {
                "The floor-transfer offset is the silence before a person takes the floor; below 0 they start while the "
                    + "other still talks. The grey zone from 0 to 0.3\u{A0}s is where medians usually lie (Levinson & "
                    + "Torreira 2015; Heldner & Edlund 2010); between 1,656 pairs of strangers it is 0.08\u{A0}s (Reece "
                    + "and others 2023). The outer bars hold everything beyond the axis."
            }
        }
    }

    // MARK: Words

    private func medianLine(_ medians: PerSpeaker<Double?>, _ text: (Double) -> String) -> Markup {
        Tag.p(.class("medians")) {
            for speaker in Speaker.allCases {
                if let median = medians[speaker] {
                    Tag.span {
                        label(speaker)
                        " median "
                        Tag.strong { text(median) }
                    }
                }
            }
        }
    }

    private func medianWords(_ medians: PerSpeaker<Double?>, _ text: (Double) -> String) -> String {
        Speaker.allCases.compactMap { speaker in
            medians[speaker].map { "\(plainPeople[speaker].title): median \(text($0))." }
        }.joined(separator: " ")
    }
}
