import ArgumentParser
import Foundation

/// Options about a meeting that is stored as one file per person.
struct TrackOptions: ParsableArguments {
    @Flag(help: "The two files are one meeting, one person each, called like the files unless named.")
    var tracks = false

    @Option(
        help: ArgumentHelp(
            "How much later the second file starts than the first, negative if earlier. Default: found from what one "
                + "microphone hears of the other person, else 0.", valueName: "seconds"))
    var offset: Double?

    /// - Throws: `ValidationError` where options and files do not fit.
    func check(_ recordings: [String], embedsSound: Bool) throws {
        guard tracks else {
            guard recordings.count == 1 else {
                throw ValidationError(
                    "analyze takes one recording; for one file per person add --tracks, for many recordings use batch.")
            }
            if offset != nil { throw ValidationError("--offset is between two files, so it needs --tracks.") }
            return
        }
        guard recordings.count == 2, !recordings.contains("-") else {
            throw ValidationError("--tracks needs two files, one per person.")
        }
        guard !embedsSound else { throw ValidationError("A page plays one recording; it cannot embed two tracks.") }
        // An hour is more than anybody comes late to a meeting of two.
        guard abs(offset ?? 0) <= 3600 else { throw ValidationError("--offset has to be at most 3600 seconds.") }
    }

    /// What to call the meeting of these files.
    func title(of recordings: [String]) -> String {
        recordings.map { URL(filePath: $0).lastPathComponent }.joined(separator: " + ")
    }
}
