public import ArgumentParser
public import Diarization
import Foundation
import LabelFormats
import Timeline

/// Forms in which a meeting can be printed.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv, rttm, uem, textgrid, eaf, audacity, vtt, srt

    /// The label format that this is; nil for forms of the whole report.
    var labelFormat: LabelFormat? {
        switch self {
        case .text, .json, .csv: nil
        case .rttm: .rttm
        case .uem: .uem
        case .textgrid: .textgrid
        case .eaf: .eaf
        case .audacity: .audacity
        case .vtt: .vtt
        case .srt: .srt
        }
    }
}

/// When to use colours.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never

    /// Whether to colour what goes to `output`; `NO_COLOR` and `TERM=dumb` are honoured (no-color.org).
    func isOn(for output: ResultOutput) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            let environment = ProcessInfo.processInfo.environment
            return output.isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        }
    }
}

extension ChannelUse: ExpressibleByArgument {}

/// Options about the form of the result.
struct OutputOptions: ParsableArguments {
    @Option(help: "The form of the result.")
    var format = ReportFormat.text

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result here, whole or not at all.", valueName: "file"))
    var output: String?

    @Option(help: "Colours in the text report.")
    var color = ColorChoice.auto

    @Flag(help: "Draw the text report with plain ASCII characters.")
    var ascii = false

    @Flag(name: [.short, .long], help: "No progress and no warnings on standard error.")
    var quiet = false

    @Flag(name: [.short, .long], help: "Say more about how the result came about.")
    var verbose = false

    /// Where the result goes.
    var destination: ResultOutput { ResultOutput(path: output) }

    /// Whether characters outside ASCII can be shown: asked for, or said by the locale.
    var isASCII: Bool { ascii || destination.isTerminal && TerminalLocale.isPlain }
}

/// Options about who is who.
struct PeopleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Which speaker is you: A, B, first, left or right (channel 1 or 2), the number of a channel, a name in a label "
                + "file, or auto: by your voice, the default once it is enrolled (twoway voice enroll).",
            valueName: "who"))
    var me: MeChoice?

    @Option(help: ArgumentHelp("Whom you met; auto: whoever of the enrolled voices it is.", valueName: "name"))
    var with: String?

    @Option(help: ArgumentHelp("Names for the speakers, for example A=Dana,B=Me.", valueName: "names"))
    var names: SpeakerNames?

    func validate() throws {
        if with != nil, with != Self.automatic, me == nil, names == nil, !recognisesMe {
            throw ValidationError("--with says whom you met, so --me has to say which speaker is you (A or B).")
        }
    }

    /// Checks that they can be meant of a recording, which names nobody.
    ///
    /// - Throws: `ValidationError` where `--me` is a name.
    func checkForRecording() throws {
        if case .name(let name) = me, me?.channel == nil {
            throw ValidationError(
                "A recording names nobody, so --me cannot be \(name); use A, B, first, left, right or the number of a "
                    + "channel.")
        }
    }
}

/// How a person says which speaker they are.
enum MeChoice: ExpressibleByArgument {
    /// By the voice.
    case auto
    case speaker(Speaker)
    case channel(Int)
    /// Of a label file; of a recording only the number of a channel.
    case name(String)

    /// The channel of a recording that is meant, from 1; nil unless one is.
    var channel: Int? {
        switch self {
        case .channel(let channel): channel
        case .name(let name): Int(name)
        case .auto, .speaker: nil
        }
    }

    init?(argument: String) {
        switch argument.lowercased() {
        case PeopleOptions.automatic: self = .auto
        case "a", "first": self = .speaker(.a)
        case "b", "second": self = .speaker(.b)
        case "left", "1": self = .channel(1)
        case "right", "2": self = .channel(2)
        case "": return nil
        default: self = .name(argument)
        }
    }

    static var allValueStrings: [String] { ["auto", "A", "B", "first", "left", "right"] }
}

/// Names given as `A=Dana,B=Me`.
struct SpeakerNames: ExpressibleByArgument {
    let names: [Speaker: String]

    init(names: [Speaker: String]) { self.names = names }

    init?(argument: String) {
        var names: [Speaker: String] = [:]
        for part in argument.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard sides.count == 2, !sides[1].isEmpty, let speaker = Speaker(rawValue: sides[0].uppercased()) else {
                return nil
            }
            names[speaker] = sides[1]
        }
        guard !names.isEmpty else { return nil }
        self.names = names
    }
}
