import ArgumentParser
import LabelFormats
import Reciprocity
import Reporting
import Timeline

/// `twoway metrics`: the same report from labels that any other tool made.
struct Metrics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report how the floor was shared, from a file of speaker labels.",
        discussion: """
            Reads RTTM. The length of the meeting is the end of the last label unless --duration says more; a silence \
            at the end counts only then.

            Example: twoway metrics meeting.rttm --duration 1800
            """)

    @Argument(help: ArgumentHelp("The label file.", valueName: "labels"), completion: .file(extensions: ["rttm"]))
    var labels: String

    @Option(help: ArgumentHelp("Length of the meeting.", valueName: "seconds"))
    var duration: Double?

    @Option(help: ArgumentHelp("Which recording, when the file labels several.", valueName: "name"))
    var recording: String?

    @OptionGroup(title: "Who is who")
    var people: PeopleOptions

    @Option(help: ArgumentHelp("Grid on which the times were noted; finer metrics are left out.", valueName: "seconds"))
    var resolution: Double?

    @OptionGroup(title: "The result")
    var output: OutputOptions

    @OptionGroup(title: "The journal")
    var saving: SaveOptions

    func validate() throws {
        guard duration ?? 1 > 0, (duration ?? 1).isFinite else {
            throw ValidationError("--duration has to be a number of seconds above 0.")
        }
        guard resolution ?? 1 > 0, (resolution ?? 1).isFinite else {
            throw ValidationError("--resolution has to be a number of seconds above 0.")
        }
        try saving.check(people)
    }

    func run() async throws {
        try await reportingFailures {
            let chosen = try choose(from: RTTM.recordings(atPath: labels))
            let pair = TwoPersonTimeline(of: chosen.segments, duration: duration)
            let report = try MeetingReport(pair, title: chosen.name, people: people, resolution: resolution)
            if !output.quiet { for warning in pair.warnings { StandardError.write("twoway: \(labels): \(warning)\n") } }
            try output.write(report, recordingName: chosen.name)
            if !chosen.segments.isEmpty {
                try saving.save(report, people: people, path: labels, quiet: output.quiet)
            }
            if chosen.segments.isEmpty { throw ExitStatus.nothingUsable }
        }
    }

    private func choose(from recordings: [LabelledRecording]) throws -> LabelledRecording {
        if let recording {
            guard let found = recordings.first(where: { $0.name == recording }) else {
                throw CommandFailure(
                    "\(labels) has no labels for \(recording); it has \(recordings.map(\.name).joined(separator: ", ")).",
                    status: ExitStatus.damagedData)
            }
            return found
        }
        guard recordings.count <= 1 else {
            throw CommandFailure(
                "\(labels) labels \(recordings.count) recordings; choose one with --recording: "
                    + recordings.prefix(5).map(\.name).joined(separator: ", ")
                    + (recordings.count > 5 ? ", ..." : ""), status: ExitStatus.damagedData)
        }
        return recordings.first ?? LabelledRecording(name: labels, segments: [])
    }
}
