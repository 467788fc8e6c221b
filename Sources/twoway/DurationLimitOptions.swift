import ArgumentParser
import AudioDecoding

/// The longest recording that is taken.
struct DurationLimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Longest recording that is read; a tiny file can hold weeks of silence.", valueName: "seconds"))
    var maxDuration = AudioDecodingParameters().maximumDuration

    func validate() throws {
        guard maxDuration > 0, maxDuration.isFinite else {
            throw ValidationError("--max-duration has to be a number of seconds above 0.")
        }
    }
}
