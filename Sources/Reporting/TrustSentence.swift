import Reciprocity
import Timeline

/// How far to trust a report, in plain sentences.
struct TrustSentence {
    let report: MeetingReport
    let people: PerSpeaker<Person>

    /// The sentences, one paragraph each; warnings last.
    var paragraphs: [String] {
        guard let diarization = report.diarization else {
            return ["The times of who spoke when were given and are taken as they are."] + resolution
        }
        var paragraphs: [String] = []
        if diarization.speakers >= 2 {
            paragraphs.append(origin(diarization) + " " + accuracy(diarization))
            if let interval { paragraphs.append(interval) }
        } else if diarization.speakers == 1 {
            paragraphs.append("The program looked for two voices and found one.")
        }
        return paragraphs + resolution + diarization.warnings.map { "Note: \(ColumnWidth.printable($0))" }
    }

    private func origin(_ diarization: DiarizationFacts) -> String {
        switch diarization.mode {
        case .separate: "Each person was recorded separately, so the program did not have to guess who was speaking."
        case .mono: "The recording mixes both people, and the program told them apart by the sound of their voices."
        case .spatial: "The program told the two people apart by where in the room their voices came from."
        }
    }

    /// What a reader has to know before any number; nil where the split is trusted.
    static func caution(_ diarization: DiarizationFacts) -> String? {
        guard !diarization.trusted else { return nil }
        // With a channel each, nobody is taken for the other: what is short is the speech, or somebody is left out.
        return diarization.mode == .separate
            ? diarization.leavesSomebodyOut
                ? "Careful: more than two people speak, and the numbers leave the others out."
                : "Careful: there is too little speech here to be sure of the shares."
            : "Careful: the two voices could not be told apart well. The numbers may be wrong."
    }

    private func accuracy(_ diarization: DiarizationFacts) -> String {
        if diarization.mode == .separate, !diarization.trusted {
            return diarization.leavesSomebodyOut
                ? "But more than two people speak, and the numbers leave the others out."
                : "There is too little speech here to be sure of the shares."
        }
        let verdict = diarization.trusted ? "This looks reliable" : "This does not look reliable"
        guard let confusion = diarization.estimatedConfusion else {
            return diarization.trusted
                ? "\(verdict)." : "\(verdict): take all numbers with caution."
        }
        let share = confusion < 0.005 ? "less than\u{A0}1\u{A0}%" : "about \(PlainNumber.percent(confusion))"
        let much = "\(verdict): \(share) of the talking is probably put down to the wrong person."
        return confusion < 0.005
            ? much : much + " Such mistakes make a meeting look more balanced than it was."
    }

    /// Where the talk share of the one who talked more lies.
    private var interval: String? {
        let shares = report.reciprocity.talkShare
        guard let a = shares.a, let b = shares.b else { return nil }
        let speaker: Speaker = a >= b ? .a : .b
        guard let interval = report.reciprocity.talkShareInterval[speaker],
            interval.upperBound - interval.lowerBound >= 0.005
        else { return nil }
        return "All in all, \(people[speaker].name) did between \(PlainNumber.percent(interval.lowerBound)) and "
            + "\(PlainNumber.percent(interval.upperBound)) of the talking."
    }

    private var resolution: [String] {
        guard let resolution = report.reciprocity.timeResolution, resolution >= 1 else { return [] }
        return ["The times were noted only to the nearest \(PlainNumber.time(resolution)) (minutes:seconds)."]
    }
}

extension DiarizationFacts {
    /// Whether the figures are those of two of more people with channels of their own, by the warning: all that is kept
    /// in a journal.
    fileprivate var leavesSomebodyOut: Bool { warnings.contains { $0.hasPrefix("More than two people") } }
}
