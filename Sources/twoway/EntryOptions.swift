public import ArgumentParser
import Foundation
public import Journal

extension FollowUp.Kind: ExpressibleByArgument {}

/// The fields of an entry as options; what is not given stays as it is.
struct EntryOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp("Length of the meeting.", valueName: "minutes"))
    var length: Double?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Who talked from when to when, again for each stretch: me=0:00-2:30 (minutes:seconds).", valueName: "block")
    )
    var block: [BlockOption] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How finely --block was noted; 60 if not said.", valueName: "seconds"))
    var resolution: Double?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How long you talked; with --their-minutes.", valueName: "minutes"))
    var myMinutes: Double?

    @Option(parsing: .unconditional, help: ArgumentHelp("How long they talked.", valueName: "minutes"))
    var theirMinutes: Double?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Your share of the talk, instead of minutes.", valueName: "percent")
    )
    var myShare: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The minute in which you were first asked about yourself, or never.", valueName: "minute"))
    var firstAsked: FirstAskedOption?

    @Option(parsing: .unconditional, help: ArgumentHelp("Questions you asked about them.", valueName: "count"))
    var questionsAsked: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Questions they asked about you.", valueName: "count"))
    var questionsReceived: Int?

    @Option(
        name: .customLong("help-offer"),
        help: ArgumentHelp("Help that was offered, again for each: them=a cup of tea with a client.", valueName: "help")
    )
    var help: [HelpOption] = []

    @Flag(help: "Nobody offered help.")
    var noHelp = false

    @Option(
        help: ArgumentHelp(
            "What was promised or done, again for each: me,article,due=2026-12-01,the railway signs.",
            discussion: """
                First who (me or them), then the kind (\(FollowUp.Kind.allCases.map(\.rawValue).joined(separator: ", "))), then \
                promised=DATE (the day of the meeting if not said), unasked, due=DATE, done=DATE as needed, then what.
                """, valueName: "follow-up"))
    var followUp: [FollowUpOption] = []

    @Flag(help: "Nothing was promised.")
    var noFollowUps = false

    @Flag(inversion: .prefixedNo, help: "You had asked them to tell you everything.")
    var invited: Bool?

    @Option(parsing: .unconditional, help: ArgumentHelp("How you felt afterwards, 9 is best.", valueName: "1-9"))
    var feeling: Int?

    @Option(help: ArgumentHelp("Free text.", valueName: "text"))
    var note: String?

    @Option(help: ArgumentHelp("A tag; again for each.", valueName: "tag"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("SHA-256 of the recording the entry belongs to.", valueName: "hash"))
    var recording: String?

    func validate() throws {
        if (myMinutes == nil) != (theirMinutes == nil) {
            throw ValidationError("--my-minutes and --their-minutes go together.")
        }
        if noHelp, !help.isEmpty { throw ValidationError("--no-help and --help-offer contradict each other.") }
        if noFollowUps, !followUp.isEmpty {
            throw ValidationError("--no-follow-ups and --follow-up contradict each other.")
        }
    }

    /// Puts what was given into an entry; lists are added to when `extends`, else replaced.
    func apply(to entry: inout JournalEntry, extends: Bool) {
        if let length { entry.lengthMinutes = length }
        if !block.isEmpty { entry.blocks = block.map(\.block) }
        if let resolution { entry.resolution = resolution }
        if let myMinutes, let theirMinutes { entry.minutes = PerSide(me: myMinutes, them: theirMinutes) }
        if let myShare { entry.mySharePercent = myShare }
        if let firstAsked { entry.firstAskedAboutMe = firstAsked.value }
        if let questionsAsked { entry.questions.me = questionsAsked }
        if let questionsReceived { entry.questions.them = questionsReceived }
        if !help.isEmpty { entry.help = (extends ? entry.help ?? [] : []) + help.map(\.offer) }
        if noHelp { entry.help = [] }
        if !followUp.isEmpty {
            let new = followUp.map { $0.followUp(of: entry.date) }
            entry.followUps = (extends ? entry.followUps ?? [] : []) + new
        }
        if noFollowUps { entry.followUps = [] }
        if let invited { entry.invited = invited }
        if let feeling { entry.feeling = feeling }
        if let note { entry.note = note }
        entry.tags += tag.filter { !entry.tags.contains($0) }
        if let recording {
            // What was heard in another recording says nothing of this one.
            if entry.recording != recording.lowercased() { entry.analysis = nil }
            entry.recording = recording.lowercased()
        }
    }
}

/// A block as `me=0:00-2:30`.
struct BlockOption: ExpressibleByArgument {
    let block: TalkBlock

    init?(argument: String) {
        let sides = argument.split(separator: "=", maxSplits: 1)
        guard sides.count == 2, let who = Side(rawValue: String(sides[0])) else { return nil }
        let times = sides[1].split(separator: "-", omittingEmptySubsequences: false)
        guard times.count == 2, let start = Self.seconds(times[0]), let end = Self.seconds(times[1]) else { return nil }
        block = TalkBlock(start: start, end: end, who: who)
    }

    /// Seconds of `m:ss` or `h:mm:ss`; a number alone is minutes.
    static func seconds(_ text: some StringProtocol) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
        let numbers = parts.compactMap { $0 }
        guard numbers.count == parts.count, numbers.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
        guard numbers.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
        switch numbers.count {
        case 1: return numbers[0] * 60
        case 2: return numbers[0] * 60 + numbers[1]
        case 3: return (numbers[0] * 60 + numbers[1]) * 60 + numbers[2]
        default: return nil
        }
    }
}

/// A minute, or `never`.
struct FirstAskedOption: ExpressibleByArgument {
    let value: FirstAsked

    init?(argument: String) {
        if argument.lowercased() == "never" {
            value = .never
        } else if let minute = Double(argument), minute.isFinite {
            value = .minute(minute)
        } else {
            return nil
        }
    }
}

/// Help as `them=what`.
struct HelpOption: ExpressibleByArgument {
    let offer: HelpOffer

    init?(argument: String) {
        let sides = argument.split(separator: "=", maxSplits: 1)
        guard sides.count == 2, let by = Side(rawValue: String(sides[0])) else { return nil }
        offer = HelpOffer(by: by, what: sides[1].trimmingCharacters(in: .whitespaces))
    }
}

/// A follow-up as `me,article,due=2026-12-01,the railway signs`.
struct FollowUpOption: ExpressibleByArgument {
    private let made: FollowUp
    private let isUnasked: Bool

    init?(argument: String) {
        var rest = argument[...]
        func next() -> Substring? {
            guard !rest.isEmpty else { return nil }
            let end = rest.firstIndex(of: ",") ?? rest.endIndex
            defer { rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...] }
            return rest[..<end]
        }
        func trimmed(_ text: Substring) -> String { text.trimmingCharacters(in: .whitespaces) }
        guard let by = next().flatMap({ Side(rawValue: trimmed($0)) }),
            let kind = next().flatMap({ FollowUp.Kind(rawValue: trimmed($0)) })
        else { return nil }
        var followUp = FollowUp(by: by, kind: kind)
        var unasked = false
        fields: while !rest.isEmpty {
            let before = rest
            guard let field = next() else { break }
            let parts = trimmed(field).split(separator: "=", maxSplits: 1).map(String.init)
            let day = parts.count == 2 ? CalendarDay(argument: parts[1]) : nil
            switch (parts.first, day) {
            case ("promised", let day?): followUp.promised = day
            case ("due", let day?): followUp.due = day
            case ("done", let day?), ("kept", let day?): followUp.kept = day
            case ("promised", nil), ("due", nil), ("done", nil), ("kept", nil): return nil
            case ("unasked", _): unasked = true
            default:
                // From the first other word on it is what was promised, commas included.
                followUp.what = trimmed(before)
                break fields
            }
        }
        made = followUp
        isUnasked = unasked
    }

    /// The follow-up after a meeting of a day; promised on that day unless another was given or it came unasked.
    func followUp(of date: CalendarDay) -> FollowUp {
        var followUp = made
        if followUp.promised == nil, !isUnasked { followUp.promised = date }
        return followUp
    }
}
