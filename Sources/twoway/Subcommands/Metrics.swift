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
            Reads \(LabelSource.formats); the format is recognised by what the file holds. The length of the meeting is \
            what the file says, else the end of the last label, unless --duration says more; a silence at the end counts \
            only then. Of more than two people the two named by --me and --with are kept, else the two who speak most.

            Example: twoway metrics meeting.vtt --me Dana --with Alasdair
            """)

    @Argument(help: ArgumentHelp("The label file.", valueName: "labels"), completion: .file())
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

    @OptionGroup(title: "The page")
    var page: PageOptions

    @OptionGroup(title: "The journal")
    var saving: SaveOptions

    func validate() throws {
        try page.check(input: labels, output: output.output)
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
            let chosen = try LabelSource(path: labels, quiet: output.quiet).recording(named: recording)
            let pair = TwoPersonTimeline(
                of: chosen.segments, duration: duration ?? chosen.duration,
                keeping: try people.labels(among: chosen.segments, of: labels))
            let report = try MeetingReport(pair, title: chosen.name, people: people, resolution: resolution)
            if !output.quiet { for warning in pair.warnings { StandardError.write("twoway: \(labels): \(warning)\n") } }
            try page.write(report)
            try output.write(report, recordingName: chosen.name)
            let isSilent = pair.timeline.segments.isEmpty
            if !isSilent {
                try saving.save(report, people: people, path: labels, quiet: output.quiet)
            }
            if isSilent { throw ExitStatus.nothingUsable }
        }
    }
}

extension PeopleOptions {
    /// The labels of a file that `--me` and `--with` name: as they are written or, if nobody is, in other letter case.
    ///
    /// - Throws: `CommandFailure` when `--me` names somebody who is not there.
    fileprivate func labels(among segments: [LabelledSegment], of path: String) throws -> [String] {
        let labels = Set(segments.map(\.label))
        func label(_ name: String) -> String? {
            labels.contains(name) ? name : labels.filter { $0.lowercased() == name.lowercased() }.min()
        }
        var kept: [String] = []
        if case .name(let name) = me {
            guard let found = label(name) else {
                throw CommandFailure(
                    "\(path) labels nobody as \(name); it has \(labels.sorted().prefix(6).joined(separator: ", ")).",
                    status: .validationFailure)
            }
            kept.append(found)
        }
        if let with, let found = label(with), !kept.contains(found) { kept.append(found) }
        return kept
    }
}
