import ArgumentParser
import VoicePrints

/// `twoway voice remove`: forgets a voice.
struct VoiceRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Forget a voice.",
        discussion: """
            Example: twoway voice remove Dana
            """)

    @Argument(help: ArgumentHelp("Whose voice; yours is kept as me.", valueName: "name"))
    var name: String

    func run() async throws {
        try await reportingFailures { try VoicePrintStore().remove(name) }
    }
}
