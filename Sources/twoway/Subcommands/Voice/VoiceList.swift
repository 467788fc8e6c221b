import ArgumentParser
import Diarization
import Reporting
import VoicePrints

/// `twoway voice list`: the voices that are kept.
struct VoiceList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the voices that are kept.",
        discussion: """
            Example: twoway voice list
            """)

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await reportingFailures {
            let voices = try VoicePrintStore().voices()
            try ResultOutput(path: nil).write(json ? Self.json(voices) : Self.text(voices))
        }
    }

    private static func text(_ voices: [VoicePrint]) -> String {
        if voices.isEmpty { return "No voice is enrolled yet; start with: twoway voice enroll me.wav\n" }
        let width = voices.map(\.name.count).max() ?? 0
        return voices.map { voice in
            let bands = VoiceStatistics.Band.allCases.filter { voice[$0] != nil }.map(\.rawValue)
            return voice.name + String(repeating: " ", count: width - voice.name.count)
                + "  \(Int(voice.speech)) s of voiced speech  enrolled \(voice.enrolled)  \(bands.joined(separator: ", "))\n"
        }.joined()
    }

    private static func json(_ voices: [VoicePrint]) -> String {
        JSONValue.array(
            voices.map { voice in
                .object([
                    "name": .string(voice.name), "speech": .number(voice.speech), "enrolled": .string(voice.enrolled),
                    "bands": .array(
                        VoiceStatistics.Band.allCases.filter { voice[$0] != nil }.map { .string($0.rawValue) }),
                ])
            }
        ).text(.indented)
    }
}
