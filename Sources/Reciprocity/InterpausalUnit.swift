import Timeline

/// Speech of one person with no pause longer than `interpausalGap` in it.
struct InterpausalUnit: Sendable, Hashable {
    /// Who speaks.
    var speaker: Speaker
    /// First moment, nanoseconds.
    var start: Nanoseconds
    /// First moment after it, nanoseconds.
    var end: Nanoseconds
    /// Speech in it without the bridged pauses, nanoseconds.
    var speech: Nanoseconds
    /// How many lapses came before: units with the same number belong to one unbroken stretch of conversation.
    var lapsesBefore: Int

    /// Length with the bridged pauses, nanoseconds.
    var length: Nanoseconds { end - start }

    /// Whether it lies wholly inside the other unit; the ends may coincide.
    func isInside(_ other: InterpausalUnit) -> Bool { other.start <= start && end <= other.end }

    /// The units of one person, sorted.
    ///
    /// - Parameters:
    ///   - speech: All the person says.
    ///   - lapses: First moments of the mutual silences that end turns, ascending.
    ///   - gap: Longest pause to bridge.
    static func units(
        of speaker: Speaker, speech: SpeechUnion, lapses: [Nanoseconds], bridging gap: Nanoseconds
    ) -> [InterpausalUnit] {
        var units: [InterpausalUnit] = []
        for stretch in speech.stretches {
            if let last = units.last, stretch.start - last.end <= gap {
                units[units.count - 1].end = stretch.end
                units[units.count - 1].speech += stretch.length
            } else {
                units.append(
                    InterpausalUnit(
                        speaker: speaker, start: stretch.start, end: stretch.end, speech: stretch.length,
                        lapsesBefore: lapses.firstIndex(passing: { $0 > stretch.start })))
            }
        }
        return units
    }
}
