public import ArgumentParser
import Foundation
public import LabelFormats

/// `twoway convert`: label file to label file.
struct Convert: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn a file of speaker labels into another format.",
        discussion: """
            Reads \(LabelSource.formats). The format is recognised by what the file holds. Everybody in the file is \
            kept.

            Example: twoway convert meeting.TextGrid --output meeting.rttm
            """)

    @Argument(help: ArgumentHelp("The label file.", valueName: "labels"), completion: .file())
    var labels: String

    @Option(help: "The format to write; without it the ending of --output decides.")
    var format: LabelFormat?

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result here, whole or not at all.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Length of the recording, for formats that hold it.", valueName: "seconds"))
    var duration: Double?

    @Option(help: ArgumentHelp("Which recording, when the file labels several.", valueName: "name"))
    var recording: String?

    @Flag(name: [.short, .long], help: "No warnings on standard error.")
    var quiet = false

    func validate() throws {
        guard duration ?? 1 > 0, (duration ?? 1).isFinite else {
            throw ValidationError("--duration has to be a number of seconds above 0.")
        }
        guard let wanted = format ?? output.flatMap({ LabelFormat(fileName: $0) }) else {
            throw ValidationError(
                "Say with --format what to write: \(LabelFormat.allValueStrings.joined(separator: ", ")).")
        }
        guard wanted.isWritable else { throw ValidationError("\(wanted.rawValue) is only read.") }
    }

    func run() async throws {
        try await reportingFailures {
            guard let wanted = format ?? output.flatMap({ LabelFormat(fileName: $0) }) else { return }
            let source = try LabelSource(path: labels, quiet: quiet)
            let text =
                source.document.format == .uem
                ? try regions(of: source, as: wanted) : try segments(of: source, as: wanted)
            try ResultOutput(path: output).write(text)
        }
    }

    private func segments(of source: LabelSource, as format: LabelFormat) throws -> String {
        let isOne = recording != nil || !format.holdsSeveralRecordings
        var recordings = isOne ? [try source.recording(named: recording)] : source.document.recordings
        if let duration { for index in recordings.indices { recordings[index].duration = duration } }
        return LabelDocument.text(of: recordings, as: format)
    }

    private func regions(of source: LabelSource, as format: LabelFormat) throws -> String {
        guard format == .uem else { throw source.holdsNoSpeakers }
        let regions = source.document.regions.filter { $0.recording == recording ?? $0.recording }
        if let recording, regions.isEmpty {
            throw CommandFailure(
                "\(labels) has no regions of \(recording); leave --recording out to see which it has.",
                status: ExitStatus.damagedData)
        }
        return UEM.text(of: regions)
    }
}

extension LabelFormat: ExpressibleByArgument {
    /// The formats that can be written.
    public static var allValueStrings: [String] { allCases.filter(\.isWritable).map(\.rawValue) }
}
