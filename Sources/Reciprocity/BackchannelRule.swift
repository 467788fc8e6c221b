import Timeline

/// Tells the "mhm" of a listener from speech that takes the floor.
///
/// A unit of at most `longest` is a backchannel when, on both sides, the nearest unit that is longer than that
/// belongs to the other person, with no lapse in between. Only units longer than `longest` are asked, because only
/// they are certain to be no backchannel: short ones cannot vouch for each other, so a quick exchange between a long
/// turn of one and a long turn of the other stays speech with the floor. The rule has no order of evaluation, and is
/// the same forwards and backwards and for both people. Idea: "Backbiter" turns of CANDOR, Reece and others 2023.
///
/// Nearest before means still going on or ended last when the short unit starts, nearest after means going on or
/// first to start when it ends; when both people are equally near it is not a backchannel.
struct BackchannelRule: Sendable {
    /// The units that certainly hold the floor, per person, sorted.
    private let long: PerSpeaker<[InterpausalUnit]>
    /// The longest backchannel.
    private let longest: Nanoseconds

    /// The rule for one meeting.
    init(units: PerSpeaker<[InterpausalUnit]>, longest: Nanoseconds) {
        long = units.map { $0.filter { $0.length > longest } }
        self.longest = longest
    }

    /// Whether a unit of this meeting is a backchannel.
    func isBackchannel(_ unit: InterpausalUnit) -> Bool {
        guard unit.length <= longest,
            let partnerEnd = lastEnd(of: unit.speaker.partner, before: unit),
            let partnerStart = nextStart(of: unit.speaker.partner, after: unit)
        else { return false }
        if let ownEnd = lastEnd(of: unit.speaker, before: unit), ownEnd >= partnerEnd { return false }
        if let ownStart = nextStart(of: unit.speaker, after: unit), ownStart <= partnerStart { return false }
        return true
    }

    /// When the last long unit of a person that started before `unit` ended, at most the start of `unit`.
    private func lastEnd(of speaker: Speaker, before unit: InterpausalUnit) -> Nanoseconds? {
        let next = long[speaker].firstIndex(passing: { $0.start >= unit.start })
        guard next > 0, long[speaker][next - 1].lapsesBefore == unit.lapsesBefore else { return nil }
        return min(long[speaker][next - 1].end, unit.start)
    }

    /// When the first long unit of a person that ends after `unit` starts, at least the end of `unit`.
    private func nextStart(of speaker: Speaker, after unit: InterpausalUnit) -> Nanoseconds? {
        let next = long[speaker].firstIndex(passing: { $0.end > unit.end })
        guard next < long[speaker].count, long[speaker][next].lapsesBefore == unit.lapsesBefore else { return nil }
        return max(long[speaker][next].start, unit.end)
    }
}
