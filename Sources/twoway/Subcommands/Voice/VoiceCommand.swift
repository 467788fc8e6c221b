import ArgumentParser

/// `twoway voice`: whose voice is whose.
struct VoiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "voice",
        abstract: "Let it know which voice is yours, and those of others.",
        discussion: """
            A voice is kept as a few hundred sums over the spectrum, beside the journal, in a file that only you can \
            read; no sound is kept. Once yours is enrolled, twoway analyze says by itself which speaker is you, or that \
            it is not sure.

            Example: twoway voice enroll me.wav
            """,
        subcommands: [VoiceEnroll.self, VoiceList.self, VoiceRemove.self])
}
