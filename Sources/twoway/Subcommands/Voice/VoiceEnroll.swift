import Analysis
import ArgumentParser
import Foundation
import Timeline
import VoicePrints

/// `twoway voice enroll`: keeps a voice.
struct VoiceEnroll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll",
        abstract: "Keep the voice of a recording.",
        discussion: """
            30 seconds of speech are enough; a meeting does as well, when --speaker says who in it is meant. With --from \
            the speakers are those of a stored report (analyze --format json) or of a meeting in the journal; its \
            recording is read again, and has to be the same bytes.

            Example: twoway voice enroll meeting.wav --speaker B --name Dana
            Example: twoway voice enroll --from meeting.json --speaker B
            """)

    @Argument(
        help: ArgumentHelp(
            "A recording of the voice; with --from only where it is not where it was.", valueName: "recording"),
        completion: .file())
    var recording: String?

    @Option(
        help: ArgumentHelp(
            "Take the speakers as this stored report (JSON) or this meeting of the journal has them.",
            valueName: "file|id"),
        completion: .file(extensions: ["json"]))
    var from: String?

    @Option(
        name: [.customLong("speaker"), .customLong("person")],
        help: ArgumentHelp(
            "Who in it is meant: A, B, left or right (channel 1 or 2), the number of a channel, or only when nobody else "
                + "speaks. With --from otherwise whoever was you, or with --name the other.", valueName: "who"))
    var speaker: SpeakerChoice?

    @Option(help: ArgumentHelp("Whose voice it is.", valueName: "name"))
    var name = VoicePrint.me

    @Flag(help: "Add to what is already known of this voice instead of replacing it.")
    var add = false

    @OptionGroup
    var journal: JournalOptions

    @Flag(name: [.short, .long], help: "Say nothing.")
    var quiet = false

    /// Who in a recording is meant.
    struct SpeakerChoice: ExpressibleByArgument {
        let choice: VoiceEnrolment.Choice

        init?(argument: String) {
            switch argument.lowercased() {
            case "a": choice = .speaker(.a)
            case "b": choice = .speaker(.b)
            case "left": choice = .channel(1)
            case "right": choice = .channel(2)
            case "only": choice = .only
            default:
                guard let channel = Int(argument), channel >= 1 else { return nil }
                choice = .channel(channel)
            }
        }

        static let allValueStrings = ["A", "B", "left", "right", "only"]
    }

    func validate() throws {
        if from == nil, recording == nil {
            throw ValidationError("Name a recording of the voice, or with --from a stored report or meeting.")
        }
        if from == nil, journal.journal != nil { throw ValidationError("--journal goes with --from.") }
        if from != nil {
            switch speaker?.choice {
            case nil, .speaker: break
            default: throw ValidationError("A stored report knows its speakers as A and B; use --speaker A or B.")
            }
        }
        let plain = name.trimmingCharacters(in: .whitespaces)
        guard !plain.isEmpty, plain == name, plain.lowercased() != PeopleOptions.automatic,
            !plain.unicodeScalars.contains(where: { CharacterSet.controlCharacters.contains($0) })
        else { throw ValidationError("--name has to be a name in one line, and not auto.") }
    }

    func run() async throws {
        try await reportingFailures {
            var parameters = AnalysisParameters()
            parameters.threads = ProcessInfo.processInfo.activeProcessorCount
            let (recording, choice) = try voice()
            let statistics = try await VoiceEnrolment(parameters: parameters).statistics(of: recording, choice: choice)
            let store = VoicePrintStore()
            let day = Date.now.formatted(.iso8601.year().month().day())
            let voice = VoicePrint(name: name, enrolled: day, statistics: statistics)
            let kept = try store.enroll(voice, adding: add)
            guard !quiet else { return }
            StandardError.write(
                "twoway: \(name == VoicePrint.me ? "your voice" : "the voice of \(name)") is kept in \(store.path), from "
                    + "\(Int(kept.speech)) s of voiced speech; no sound is kept.\n")
            if kept.speech < Self.goodSpeech {
                StandardError.write(
                    "twoway: that is little; add more with twoway voice enroll --add, 30 s of speech are good.\n")
            }
        }
    }

    /// Which recording, and who in it.
    private func voice() throws -> (recording: String, choice: VoiceEnrolment.Choice?) {
        guard let from else { return (recording ?? "", speaker?.choice) }
        let stored = try StoredAnalysis(from, journal: journal)
        var meant: Speaker?
        if case .speaker(let speaker) = speaker?.choice { meant = speaker }
        guard let person = meant ?? (name == VoicePrint.me ? stored.me : stored.me?.partner) else {
            throw CommandFailure(
                "\(stored.place) does not say which speaker was you; say who is meant with --speaker A or B.",
                status: .validationFailure)
        }
        return (try stored.recording(at: recording), .speakerOf(stored.timeline, person))
    }

    /// About 30 s of speech hold this many weighted seconds.
    private static let goodSpeech = 15.0
}
