import Journal
import Reciprocity
import Timeline

/// Entries in which everything that can be noted is noted or not, from a fixed seed.
struct RandomEntry: RandomNumberGenerator {
    private var state: UInt64

    /// SplitMix64 (Steele, Lea & Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    static func entry(seed: UInt64, id: String? = nil) -> JournalEntry {
        var random = RandomEntry(state: seed)
        return random.entry(id: id ?? "entry-\(seed)")
    }

    private mutating func maybe<Value>(_ value: (inout RandomEntry) -> Value) -> Value? {
        Bool.random(using: &self) ? value(&self) : nil
    }

    private static let texts = [
        "", "tea", "two\nlines\tand a tab", "quotes \" and \\ and /", "日本語 👋🏽 é e\u{301}", "a,b;c",
    ]

    private mutating func day() -> CalendarDay { CalendarDay(ordinal: Int.random(in: 20_000..<21_000, using: &self)) }
    private mutating func side() -> Side { Bool.random(using: &self) ? .me : .them }
    private mutating func text() -> String { Self.texts.randomElement(using: &self) ?? "" }

    private mutating func entry(id: String) -> JournalEntry {
        let people = [("dana", "Dana"), ("josé", "José O'Neil"), ("li-wei", "李伟")]
        let person = people.randomElement(using: &self) ?? ("a", "A")
        let length = Double.random(in: 0.1..<200, using: &self)
        var entry = JournalEntry(
            id: id, date: day(), person: PersonName(key: person.0, name: person.1), lengthMinutes: length)
        entry.blocks = maybe { random in
            (0..<Int.random(in: 0..<6, using: &random)).map { _ in
                let start = Double.random(in: 0..<length * 59, using: &random)
                return TalkBlock(start: start, end: start + length * 0.9, who: random.side())
            }
        }
        if entry.blocks != nil { entry.resolution = maybe { Double.random(in: 0.1..<90, using: &$0) } }
        entry.minutes = maybe { random in
            let me = Double.random(in: 0..<length, using: &random)
            return PerSide(me: me, them: length - me)
        }
        entry.mySharePercent = maybe { Double.random(in: 0...100, using: &$0) }
        entry.firstAskedAboutMe = maybe { random in
            random.maybe { .minute(.random(in: 0..<length, using: &$0)) } ?? .never
        }
        entry.questions = PerSide(
            me: maybe { Int.random(in: 0..<20, using: &$0) }, them: maybe { Int.random(in: 0..<20, using: &$0) })
        entry.help = maybe { random in
            (0..<Int.random(in: 0..<3, using: &random)).map { _ in HelpOffer(by: random.side(), what: random.text()) }
        }
        entry.followUps = maybe { random in
            (0..<Int.random(in: 0..<4, using: &random)).map { _ in
                let promised = random.maybe { $0.day() }
                let after = (promised ?? random.day()).ordinal
                return FollowUp(
                    by: random.side(), kind: FollowUp.Kind.allCases.randomElement(using: &random) ?? .other,
                    what: random.maybe { $0.text() }, promised: promised,
                    due: random.maybe { CalendarDay(ordinal: after + .random(in: 0..<40, using: &$0)) },
                    kept: random.maybe { CalendarDay(ordinal: after + .random(in: 0..<40, using: &$0)) })
            }
        }
        entry.invited = Bool.random(using: &self)
        entry.feeling = maybe { Int.random(in: 1...9, using: &$0) }
        entry.note = maybe { $0.text() }
        entry.tags = ["coffee", "a;b", "ünï"].filter { _ in Bool.random(using: &self) }
        entry.recording = maybe { random in
            (0..<4).map { _ in
                let digits = String(random.next(), radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined()
        }
        if entry.recording != nil { entry.analysis = maybe { $0.analysis(length: length * 60) } }
        return entry
    }

    private mutating func analysis(length: Double) -> RecordedAnalysis {
        let segments = (0..<Int.random(in: 1..<30, using: &self)).map { _ in
            let start = Double.random(in: 0..<length, using: &self)
            return SpeechSegment(
                speaker: Bool.random(using: &self) ? .a : .b, start: start,
                end: start + Double.random(in: 0.01..<20, using: &self),
                confidence: maybe { Double.random(in: 0...1, using: &$0) })
        }
        let isSound = Bool.random(using: &self)
        let interval = maybe { random -> PerSpeaker<ClosedRange<Double>> in
            let low = Double.random(in: 0..<0.5, using: &random)
            return PerSpeaker(a: low...(low + 0.1), b: (0.9 - low)...(1 - low))
        }
        return RecordedAnalysis(
            source: isSound ? .recording : .labels, name: "meeting, \"one\".wav",
            timeline: Timeline(duration: length, segments: segments), me: Bool.random(using: &self) ? .a : .b,
            trust: isSound
                ? SegmentationTrust(
                    trusted: Bool.random(using: &self),
                    estimatedConfusion: maybe { Double.random(in: 0...0.5, using: &$0) },
                    talkShareInterval: interval) : nil,
            timeResolution: maybe { Double.random(in: 0.1..<15, using: &$0) },
            sound: isSound
                ? .init(
                    sampleRate: 16_000, channels: 2, encoding: "WAV, 16 bit", mode: "separate", speakers: 2,
                    warnings: ["The end is cut off."]) : nil)
    }
}
