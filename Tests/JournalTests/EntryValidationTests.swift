import Journal
import Reciprocity
import Testing
import Timeline

/// One way to spoil an entry, and which field is named for it; nil when it is allowed.
struct SpoiltEntry: Sendable, CustomTestStringConvertible {
    let field: String?
    let testDescription: String
    let change: @Sendable (inout JournalEntry) -> Void

    init(_ field: String?, _ description: String, _ change: @escaping @Sendable (inout JournalEntry) -> Void) {
        (self.field, testDescription, self.change) = (field, description, change)
    }
}

@Suite("What an entry of the journal may hold")
struct EntryValidationTests {
    static let day = CalendarDay(ordinal: 20_000)

    static let fields: [SpoiltEntry] = [
        SpoiltEntry(nil, "nothing but what is required") { _ in },
        SpoiltEntry("id", "no identifier") { $0.id = " " },
        SpoiltEntry("id", "201 bytes") { $0.id = String(repeating: "x", count: 201) },
        SpoiltEntry(nil, "200 bytes") { $0.id = String(repeating: "x", count: 200) },
        SpoiltEntry("person.name", "a line break in a name") { $0.person.name = "Da\nna" },
        SpoiltEntry("lengthMinutes", "no length") { $0.lengthMinutes = 0 },
        SpoiltEntry("lengthMinutes", "no number") { $0.lengthMinutes = .nan },
        SpoiltEntry("lengthMinutes", "more than a day") { $0.lengthMinutes = 1440.5 },
        SpoiltEntry(nil, "a whole day") { $0.lengthMinutes = 1440 },
        SpoiltEntry("mySharePercent", "101 percent") { $0.mySharePercent = 101 },
        SpoiltEntry("minutes", "20 and 11 of 30 minutes") { $0.minutes = PerSide(me: 20, them: 11) },
        SpoiltEntry(nil, "20 and 10 of 30 minutes") { $0.minutes = PerSide(me: 20, them: 10) },
        SpoiltEntry("minutes.them", "less than nothing") { $0.minutes = PerSide(me: 20, them: -1) },
        SpoiltEntry("resolution", "a grid of nothing") { $0.resolution = 60 },
        SpoiltEntry("feeling", "10 of 9") { $0.feeling = 10 },
        SpoiltEntry("tags[1]", "an empty tag") { $0.tags = ["work", ""] },
        SpoiltEntry("tags", "a tag twice") { $0.tags = ["work", "work"] },
        SpoiltEntry("questions.themToMe", "a million and one") { $0.questions.them = 1_000_001 },
        SpoiltEntry("firstAskedAboutMe", "after the end") { $0.firstAskedAboutMe = .minute(31) },
        SpoiltEntry(nil, "in the last minute") { $0.firstAskedAboutMe = .minute(30) },
        SpoiltEntry("note", "U+0000 in a text") { $0.note = "a\0b" },
        SpoiltEntry("recording", "capital hexadecimal digits") { $0.recording = String(repeating: "A", count: 64) },
        SpoiltEntry(nil, "a SHA-256") { $0.recording = String(repeating: "a", count: 64) },
    ]

    @Test("A field that cannot be is named, and what just can be passes", arguments: Self.fields)
    func fieldNamed(_ spoilt: SpoiltEntry) throws { try check(spoilt) }

    // 30 minutes:  0 s ──────────── 1800 s
    static let blocks: [SpoiltEntry] = [
        SpoiltEntry(nil, "to the last second") { $0.blocks = [TalkBlock(start: 0, end: 1800, who: .me)] },
        SpoiltEntry("blocks[1].end", "a second longer") {
            $0.blocks = [TalkBlock(start: 0, end: 60, who: .me), TalkBlock(start: 60, end: 1801, who: .them)]
        },
        SpoiltEntry("blocks[0].start", "before the meeting") { $0.blocks = [TalkBlock(start: -1, end: 60, who: .me)] },
        SpoiltEntry("blocks[0].end", "no length") { $0.blocks = [TalkBlock(start: 60, end: 60, who: .me)] },
        SpoiltEntry("resolution", "a grid of 0 s") {
            ($0.blocks, $0.resolution) = ([TalkBlock(start: 0, end: 60, who: .me)], 0)
        },
    ]

    @Test("A block lies within the meeting and has a length", arguments: Self.blocks)
    func blockNamed(_ spoilt: SpoiltEntry) throws { try check(spoilt) }

    @Test(
        "A promise is neither due nor kept before it was made",
        arguments: [(0, 0, nil), (-1, 0, "followUps[0].due"), (0, -1, "followUps[0].kept")] as [(Int, Int, String?)])
    func followUps(due: Int, kept: Int, field: String?) throws {
        let followUp = FollowUp(
            by: .me, kind: .article, what: "x", promised: Self.day, due: CalendarDay(ordinal: Self.day.ordinal + due),
            kept: CalendarDay(ordinal: Self.day.ordinal + kept))
        try check(SpoiltEntry(field, "") { $0.followUps = [followUp] })
    }

    private func check(_ spoilt: SpoiltEntry) throws {
        var entry = JournalEntry(
            id: "a", date: Self.day, person: PersonName(key: "dana", name: "Dana"), lengthMinutes: 30)
        spoilt.change(&entry)
        if let field = spoilt.field {
            #expect(performing: { try entry.validate() }, throws: { ($0 as? FieldProblem)?.field == field })
        } else {
            try entry.validate()
        }
    }
}
