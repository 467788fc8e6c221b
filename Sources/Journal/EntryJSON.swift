import Foundation
import Reciprocity
import Timeline

/// One line of the JSON Lines form: an entry, and the other names of its person.
struct EntryLine: Codable {
    /// The version this program reads up to; see seeds/README.md.
    static let newestVersion = 2

    var entry: JournalEntry
    var aliases: [String]

    /// The lowest version whose readers understand the line.
    var version: Int { entry.analysis == nil && aliases.isEmpty ? 1 : 2 }

    private enum Key: String, CodingKey, CaseIterable {
        case version, id, date, person, lengthMinutes, resolution, blocks, minutes, mySharePercent, firstAskedAboutMe
        case questions, help, followUps, invited, feeling, note, tags, recording, analysis
    }

    init(entry: JournalEntry, aliases: [String]) {
        self.entry = entry
        self.aliases = aliases
    }

    init(from decoder: any Decoder) throws {
        let fields = try Fields<Key>(decoder)
        let version = try fields.value(Int.self, .version)
        guard version >= 1 else { throw fields.problem(.version, "\(version) is no version; it is 1 or 2") }
        guard version <= Self.newestVersion else {
            throw fields.problem(.version, "version \(version) is newer than this twoway; update it")
        }
        try fields.refuseUnknown(except: version < 2 ? [.analysis] : [])
        let person = try fields.value(PersonFields.self, .person)
        if version < 2, person.aliases != nil {
            throw FieldProblem("person.aliases", "the field is not known in version 1")
        }
        entry = JournalEntry(
            id: try fields.value(String.self, .id), date: try fields.day(.date),
            person: PersonName(key: person.key, name: person.name),
            lengthMinutes: try fields.value(Double.self, .lengthMinutes))
        aliases = person.aliases ?? []
        entry.blocks = try fields.optional([TalkBlock].self, .blocks)
        entry.resolution = try fields.optional(Double.self, .resolution)
        entry.minutes = try fields.optional(MinutesFields.self, .minutes)?.minutes
        entry.mySharePercent = try fields.optional(Double.self, .mySharePercent)
        if fields.container.contains(.firstAskedAboutMe) {
            entry.firstAskedAboutMe =
                try fields.optional(Double.self, .firstAskedAboutMe).map(FirstAsked.minute) ?? .never
        }
        entry.questions = try fields.optional(QuestionFields.self, .questions)?.questions ?? entry.questions
        entry.help = try fields.optional([HelpOffer].self, .help)
        entry.followUps = try fields.optional([FollowUp].self, .followUps)
        entry.invited = try fields.optional(Bool.self, .invited) ?? false
        entry.feeling = try fields.optional(Int.self, .feeling)
        entry.note = try fields.optional(String.self, .note)
        entry.tags = try fields.optional([String].self, .tags) ?? []
        entry.recording = try fields.optional(String.self, .recording)?.lowercased()
        entry.analysis = try fields.optional(RecordedAnalysis.self, .analysis)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(version, forKey: .version)
        try container.encode(entry.id, forKey: .id)
        try container.encode("\(entry.date)", forKey: .date)
        try container.encode(
            PersonFields(key: entry.person.key, name: entry.person.name, aliases: aliases.isEmpty ? nil : aliases),
            forKey: .person)
        try container.encode(entry.lengthMinutes, forKey: .lengthMinutes)
        try container.encodeIfPresent(entry.resolution, forKey: .resolution)
        try container.encodeIfPresent(entry.blocks, forKey: .blocks)
        try container.encodeIfPresent(entry.minutes.map(MinutesFields.init), forKey: .minutes)
        try container.encodeIfPresent(entry.mySharePercent, forKey: .mySharePercent)
        switch entry.firstAskedAboutMe {
        case .minute(let minute): try container.encode(minute, forKey: .firstAskedAboutMe)
        case .never: try container.encodeNil(forKey: .firstAskedAboutMe)
        case nil: break
        }
        if entry.questions != PerSide(me: nil, them: nil) {
            try container.encode(QuestionFields(entry.questions), forKey: .questions)
        }
        try container.encodeIfPresent(entry.help, forKey: .help)
        try container.encodeIfPresent(entry.followUps, forKey: .followUps)
        try container.encode(entry.invited, forKey: .invited)
        try container.encodeIfPresent(entry.feeling, forKey: .feeling)
        try container.encodeIfPresent(entry.note, forKey: .note)
        try container.encode(entry.tags, forKey: .tags)
        try container.encode(entry.recording, forKey: .recording)
        try container.encodeIfPresent(entry.analysis, forKey: .analysis)
    }
}

/// The fields of one object of the form, read strictly: a misspelt one is not lost in silence.
struct Fields<Key: CodingKey & CaseIterable & RawRepresentable<String>> {
    let container: KeyedDecodingContainer<Key>
    private let names: [String]

    init(_ decoder: any Decoder) throws {
        container = try decoder.container(keyedBy: Key.self)
        names = try decoder.container(keyedBy: FreeKey.self).allKeys.map(\.stringValue)
    }

    /// Refuses fields the form does not have.
    func refuseUnknown(except excluded: [Key] = []) throws {
        let known = Set(Key.allCases.map(\.rawValue)).subtracting(excluded.map(\.rawValue))
        guard let unknown = names.filter({ !known.contains($0) }).min() else { return }
        throw FieldProblem(
            Self.path(container.codingPath, unknown),
            "there is no such field; known are \(known.sorted().joined(separator: ", "))")
    }

    func value<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value {
        try naming(key, type) { try container.decode(type, forKey: key) }
    }

    func optional<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value? {
        try naming(key, type) { try container.decodeIfPresent(type, forKey: key) }
    }

    /// Names the field where the decoder does not: it forgets the place of a number that does not fit.
    private func naming<Value>(_ key: Key, _ type: Any.Type, _ decode: () throws -> Value) throws -> Value {
        do {
            return try decode()
        } catch let error as DecodingError {
            throw error
        } catch let error as FieldProblem {
            throw error
        } catch {
            throw problem(key, "it has to be \(type == Int.self ? "a whole number" : "a number") of usual size")
        }
    }

    func day(_ key: Key) throws -> CalendarDay {
        let text = try container.decode(String.self, forKey: key)
        guard let day = CalendarDay(text) else { throw problem(key, "\(text) is no day; write YYYY-MM-DD") }
        return day
    }

    func optionalDay(_ key: Key) throws -> CalendarDay? {
        try container.decodeIfPresent(String.self, forKey: key) == nil ? nil : day(key)
    }

    func problem(_ key: Key, _ problem: String) -> FieldProblem {
        FieldProblem(Self.path(container.codingPath, key.stringValue), problem)
    }

    private static func path(_ codingPath: [any CodingKey], _ name: String) -> String {
        codingPath.fieldPath.isEmpty ? name : codingPath.fieldPath + "." + name
    }
}

/// Any name of a field.
private struct FreeKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension [any CodingKey] {
    /// The place in the form, such as `blocks[2].end`.
    var fieldPath: String {
        reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += (path.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }
}

private struct PersonFields: Codable {
    var key: String
    var name: String
    var aliases: [String]?

    private enum Key: String, CodingKey, CaseIterable { case key, name, aliases }

    init(key: String, name: String, aliases: [String]?) {
        self.key = key
        self.name = name
        self.aliases = aliases
    }

    init(from decoder: any Decoder) throws {
        let fields = try Fields<Key>(decoder)
        try fields.refuseUnknown()
        key = try fields.value(String.self, .key)
        name = try fields.value(String.self, .name)
        aliases = try fields.optional([String].self, .aliases)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(key, forKey: .key)
        try container.encode(name, forKey: .name)
        try container.encodeIfPresent(aliases, forKey: .aliases)
    }
}

private struct MinutesFields: Codable {
    var minutes: PerSide<Double>

    private enum Key: String, CodingKey, CaseIterable { case me, them }

    init(_ minutes: PerSide<Double>) { self.minutes = minutes }

    init(from decoder: any Decoder) throws {
        let fields = try Fields<Key>(decoder)
        try fields.refuseUnknown()
        minutes = PerSide(me: try fields.value(Double.self, .me), them: try fields.value(Double.self, .them))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(minutes.me, forKey: .me)
        try container.encode(minutes.them, forKey: .them)
    }
}

private struct QuestionFields: Codable {
    var questions: PerSide<Int?>

    private enum Key: String, CodingKey, CaseIterable { case meToThem, themToMe }

    init(_ questions: PerSide<Int?>) { self.questions = questions }

    init(from decoder: any Decoder) throws {
        let fields = try Fields<Key>(decoder)
        try fields.refuseUnknown()
        questions = PerSide(
            me: try fields.optional(Int.self, .meToThem), them: try fields.optional(Int.self, .themToMe))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(questions.me, forKey: .meToThem)
        try container.encodeIfPresent(questions.them, forKey: .themToMe)
    }
}

extension TalkBlock: Codable {
    private enum Key: String, CodingKey, CaseIterable { case start, end, who }

    /// Reads `{start, end, who}`.
    public init(from decoder: any Decoder) throws {
        let fields = try Fields<Key>(decoder)
        try fields.refuseUnknown()
        self.init(
            start: try fields.value(Double.self, .start), end: try fields.value(Double.self, .end),
            who: try fields.value(Side.self, .who))
    }

    /// Writes `{start, end, who}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(start, forKey: .start)
        try container.encode(end, forKey: .end)
        try container.encode(who, forKey: .who)
    }
}

extension HelpOffer: Codable {
    private enum Key: String, CodingKey, CaseIterable { case by, what }

    /// Reads `{by, what}`.
    public init(from decoder: any Decoder) throws {
        let fields = try Fields<Key>(decoder)
        try fields.refuseUnknown()
        self.init(by: try fields.value(Side.self, .by), what: try fields.value(String.self, .what))
    }

    /// Writes `{by, what}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(by, forKey: .by)
        try container.encode(what, forKey: .what)
    }
}

extension FollowUp: Codable {
    private enum Key: String, CodingKey, CaseIterable { case by, kind, what, promised, due, kept }

    /// Reads `{by, kind, what, promised, due, kept}`.
    public init(from decoder: any Decoder) throws {
        let fields = try Fields<Key>(decoder)
        try fields.refuseUnknown()
        self.init(
            by: try fields.value(Side.self, .by), kind: try fields.value(Kind.self, .kind),
            what: try fields.optional(String.self, .what), promised: try fields.optionalDay(.promised),
            due: try fields.optionalDay(.due), kept: try fields.optionalDay(.kept))
    }

    /// Writes the same; absent days are null.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(by, forKey: .by)
        try container.encode(kind, forKey: .kind)
        try container.encodeIfPresent(what, forKey: .what)
        try container.encode(promised.map { "\($0)" }, forKey: .promised)
        try container.encode(due.map { "\($0)" }, forKey: .due)
        try container.encode(kept.map { "\($0)" }, forKey: .kept)
    }
}
