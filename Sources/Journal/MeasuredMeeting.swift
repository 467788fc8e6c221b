public import Reciprocity
public import Timeline

/// Where the numbers of a meeting come from.
public enum Provenance: String, Sendable, Hashable, CaseIterable {
    /// A recording or its labels alone.
    case audio
    /// A hand-kept entry alone.
    case journal
    /// Both: the audio gives the talking, the entry the questions, the help and the follow-ups.
    case merged
}

/// A meeting of the journal with its metrics, computed by the same function as for a recording.
public struct MeasuredMeeting: Sendable {
    /// What the journal keeps.
    public var entry: JournalEntry
    /// Where the numbers come from.
    public var provenance: Provenance
    /// Where the talking comes from; nil when nothing is known of it.
    public var talking: Provenance?
    /// Which speaker is the one who keeps the journal.
    public var me: Speaker
    /// Who spoke when; empty when nothing is known of the talking.
    public var timeline: Timeline
    /// The metrics and the verdict.
    public var reciprocity: Reciprocity
    /// My floor share by the hand-kept note where a recording gives the talking, 0...1; nil otherwise.
    public var notedShare: Double?

    /// Difference of the shares above which note and recording disagree, 0...1: 0.15 (metrics.md).
    public static let disagreementThreshold = 0.15

    /// Measures an entry.
    ///
    /// Speaker A is whoever speaks first, as in labels; where only totals were noted it is `me`.
    public init(_ entry: JournalEntry) {
        self.entry = entry
        let noted = NotedTalking(entry)
        if let analysis = entry.analysis {
            provenance = entry.isHandKept ? .merged : .audio
            talking = .audio
            me = analysis.me
            timeline = analysis.timeline
            var evidence = entry.countedEvidence(me: me)
            evidence.segmentation = analysis.trust
            evidence.timeResolution = analysis.timeResolution
            reciprocity = Self.measure(timeline, evidence)
            notedShare = noted.flatMap { noted in
                let evidence = MeetingEvidence(timeResolution: noted.resolution)
                return Self.measure(noted.timeline, evidence).floorShare[noted.me]
            }
        } else {
            provenance = .journal
            talking = noted == nil ? nil : .journal
            me = noted?.me ?? .a
            let length = entry.lengthMinutes * 60
            timeline = noted?.timeline ?? Timeline(duration: length, segments: [])
            var evidence = entry.countedEvidence(me: me)
            evidence.timeResolution = noted?.resolution ?? length
            evidence.firstFloor[me] = entry.notedFirstFloor
            reciprocity = Self.measure(timeline, evidence)
        }
    }

    /// Metrics of a timeline; the property of the same name hides the function of the module inside `init`.
    private static func measure(_ timeline: Timeline, _ evidence: MeetingEvidence) -> Reciprocity {
        Reciprocity.of(timeline, evidence)
    }

    /// My share of the floor, 0...1; nil when nothing is known of the talking.
    public var myFloorShare: Double? { reciprocity.floorShare[me] }

    /// Seconds of speech of both; the weight of this meeting in a pooled share.
    public var speechSeconds: Double { reciprocity.speakingTime.a + reciprocity.speakingTime.b }

    /// The verdict as I see it.
    public var pattern: MeetingPattern { MeetingPattern(reciprocity.verdict.pattern, me: me) }

    /// How far my noted share is from the one heard, note minus audio; nil unless it is more than 0.15.
    public var disagreement: Double? { Self.disagreement(noted: notedShare, heard: myFloorShare) }

    /// Note minus audio; nil unless it is more than the threshold, rounding aside.
    static func disagreement(noted: Double?, heard: Double?) -> Double? {
        guard let noted, let heard, abs(noted - heard) > disagreementThreshold + 1e-9 else { return nil }
        return noted - heard
    }

    /// A two-way street in more than air-time: somebody asked about me, and somebody offered help or kept a follow-up.
    ///
    /// Audio alone never says this (metrics.md, "The pattern").
    public var isGenuinelyTwoWay: Bool {
        guard case .twoWay = pattern, (entry.questions.them ?? 0) >= 1 else { return false }
        return !(entry.help ?? []).isEmpty || (entry.followUps ?? []).contains { $0.kept != nil }
    }
}

extension Reciprocity {
    /// The one function of the module, under a name that no property hides.
    fileprivate static func of(_ timeline: Timeline, _ evidence: MeetingEvidence) -> Reciprocity {
        reciprocity(of: timeline, evidence: evidence)
    }
}

/// The talking as it was noted by hand, most detailed note first.
struct NotedTalking {
    /// Who spoke when, on the grid of the note.
    var timeline: Timeline
    /// The grid, seconds; the length of the meeting where only totals were noted.
    var resolution: Double
    /// Which speaker is the one who keeps the journal.
    var me: Speaker

    /// Nil when nothing was noted of the talking.
    init?(_ entry: JournalEntry) {
        let length = entry.lengthMinutes * 60
        if let blocks = entry.blocks {
            // On a tie `me` is first, as the label that sorts first is in a label file.
            let first = blocks.min { ($0.start, $0.who == .me ? 0 : 1) < ($1.start, $1.who == .me ? 0 : 1) }
            let me: Speaker = first?.who == .them ? .b : .a
            let segments = blocks.map { block in
                SpeechSegment(
                    speaker: block.who == .me ? me : me.partner, start: block.start, end: min(block.end, length))
            }.filter { $0.start < $0.end }
            timeline = Timeline(
                duration: length,
                segments: segments.inOrder())
            resolution = entry.resolution ?? JournalEntry.defaultResolution
            self.me = me
            return
        }
        let share = entry.mySharePercent.map { PerSide(me: $0 / 100 * length, them: (1 - $0 / 100) * length) }
        guard let seconds = entry.minutes.map({ PerSide(me: $0.me * 60, them: $0.them * 60) }) ?? share else {
            return nil
        }
        // Totals say nothing of when: the two are laid one after the other, and no metric may look at that.
        let end = min(seconds.me + seconds.them, length)
        let segments = [
            SpeechSegment(speaker: .a, start: 0, end: min(seconds.me, length)),
            SpeechSegment(speaker: .b, start: min(seconds.me, length), end: end),
        ]
        timeline = Timeline(duration: length, segments: segments.filter { $0.start < $0.end })
        resolution = length
        me = .a
    }
}

extension JournalEntry {
    /// What was counted by hand, as evidence.
    fileprivate func countedEvidence(me: Speaker) -> MeetingEvidence {
        func perSpeaker<Value>(_ value: (Side) -> Value) -> PerSpeaker<Value> {
            PerSpeaker { value($0 == me ? .me : .them) }
        }
        return MeetingEvidence(
            questions: perSpeaker { questions[$0] },
            helpOffered: perSpeaker { side in help.map { $0.count { $0.by == side } } },
            followUps: perSpeaker { side in
                followUps.map { all in
                    let promised = all.filter { $0.by == side && $0.promised != nil }
                    return FollowUps(promised: promised.count, kept: promised.count { $0.kept != nil })
                }
            })
    }

    /// When I was first asked about myself, as evidence.
    fileprivate var notedFirstFloor: NotedFirstFloor? {
        switch firstAskedAboutMe {
        case .minute(let minute): .at(minute * 60)
        case .never: .never
        case nil: nil
        }
    }
}
