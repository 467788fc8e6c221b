public import Analysis
public import ArgumentParser
import AudioDecoding
import Diarization
import Foundation
import LabelFormats
import Reporting
import Synchronization

/// `twoway batch`: every recording below a folder or of a list.
struct Batch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report on every recording below a folder, or of a list.",
        discussion: """
            Finds recordings by what the files hold, and writes for each of them a report, labels and a page into \
            DIR/recordings/, and for all of them summary.csv, results.jsonl and index.html. What is done already is not \
            done again: the same command goes on after Ctrl-C, a crash or a power cut. A recording that fails stops \
            nothing; it is listed at the end, and the exit code is 1.

            With --format jsonl it is a filter: paths in, one JSON object a line out, as soon as each is done.

            Example: twoway batch ~/Recordings --output ~/Meetings
            Example: find . -name '*.wav' -print0 | twoway batch --null --files-from - --format jsonl
            """)

    @Argument(
        help: ArgumentHelp("The folder; hidden files in it are skipped.", valueName: "folder"), completion: .directory)
    var folder: String?

    @Option(
        help: ArgumentHelp(
            "Read the paths of the recordings from here, one a line; - is standard input.", valueName: "list"))
    var filesFrom: String?

    @Flag(name: [.customShort("0"), .customLong("null")], help: "Paths of the list end in null characters.")
    var endsInNull = false

    @Option(name: [.short, .long], help: ArgumentHelp("The folder for the results.", valueName: "dir"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Label files for each recording, may be repeated: rttm, uem, textgrid, eaf, audacity, vtt, srt, csv, json; or "
                + "jsonl to print one report a line instead.", valueName: "format"))
    var format: [BatchFormat] = []

    @Flag(inversion: .prefixedNo, help: "A page for each recording.")
    var pages = true

    @Option(name: [.short, .long], help: ArgumentHelp("Recordings at the same time.", valueName: "count"))
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: ArgumentHelp("Memory for all of them. Default: half of what there is.", valueName: "megabytes"))
    var memory: Int?

    @Flag(help: "Print the lines of --format jsonl in the order of the paths.")
    var keepOrder = false

    @Option(
        help: ArgumentHelp(
            "Do only one share of the recordings and no summaries, for one of several machines with a common disk, "
                + "such as 3/40.", valueName: "n/count"))
    var part: BatchPart?

    @Flag(help: "A meeting is a folder with one file per person.")
    var tracks = false

    @Option(
        help: ArgumentHelp(
            "What file names say, such as '{date}_{person}.*'; the person is whom you met.", valueName: "pattern"))
    var namePattern: NamePattern?

    @OptionGroup(title: "Who is who")
    var people: PeopleOptions

    @Option(help: "How channels are read: find out, average them, or one person per channel.")
    var channels = ChannelUse.auto

    @OptionGroup
    var limit: DurationLimitOptions

    @OptionGroup(title: "Messages")
    var messages: BatchMessageOptions

    private var isFilter: Bool { format.contains(.jsonl) }

    func validate() throws {
        guard (folder == nil) != (filesFrom == nil) else {
            throw ValidationError("batch needs a folder or --files-from, and not both.")
        }
        if isFilter {
            guard format.count == 1, output == nil, part == nil else {
                throw ValidationError(
                    "--format jsonl prints to standard output, so it goes with no other format, "
                        + "no --output and no --part.")
            }
        } else if output == nil {
            throw ValidationError("batch needs --output with a folder for the results, or --format jsonl.")
        }
        if tracks, folder == nil { throw ValidationError("--tracks looks for folders, so it needs a folder.") }
        if let folder, let output,
            URL(filePath: folder).standardizedFileURL == URL(filePath: output).standardizedFileURL
        {
            throw ValidationError("--output has to be another folder than that of the recordings; it may lie in it.")
        }
        guard jobs >= 1, memory ?? 1 >= 1 else { throw ValidationError("--jobs and --memory have to be at least 1.") }
        try people.checkForRecording()
    }

    func run() async throws {
        // A file that grows beyond the allowed size is then an error to report, and not the end.
        signal(SIGXFSZ, SIG_IGN)
        MemoryReturn.keepBlocksSmall()
        try await reportingFailures {
            do {
                if isFilter { try await filter() } else { try await fillFolder() }
            } catch let error where messages.logFormat == .json && !(error is ExitCode) {
                let failure = CommandFailure(error)
                messages.event("error", failure.description)
                throw failure.status
            }
        }
    }

    private var parameters: AnalysisParameters {
        var parameters = AnalysisParameters()
        parameters.channelUse = channels
        parameters.decoding.maximumDuration = limit.maxDuration
        return parameters
    }

    private var budget: MemoryBudget { memory.map { MemoryBudget(byteCount: $0 * 1_000_000) } ?? .half }

    private var writer: BatchFiles {
        BatchFiles(
            formats: format.compactMap(\.labelFormat), writesPages: pages, people: people, namePattern: namePattern,
            title: folder.map { URL(filePath: $0).standardizedFileURL.lastPathComponent } ?? "Meetings")
    }

    private var list: PathList? { filesFrom.map { PathList(path: $0, delimiter: endsInNull ? 0 : 10) } }

    /// The recordings, in the order of the results.
    private func recordings() throws -> [BatchRecording] {
        if let list {
            return RecordingFinder.inspect(listed: try list.all(), parameters: parameters.decoding, budget: budget)
                .filter { part?.contains($0.place) ?? true }
        }
        let finder = RecordingFinder(
            folder: folder ?? ".", skipping: output, part: part, parameters: parameters.decoding, budget: budget)
        return try tracks ? finder.meetings() : finder.recordings()
    }

    // MARK: Into a folder

    private func fillFolder() async throws {
        guard let path = output else { return }
        let output = try OutputFolder(path: path, isShared: part != nil)
        defer { output.release() }
        if let remainder = output.remainder { messages.note("The last run (\(remainder)) was cut off; going on.") }
        let recordings = try recordings()
        guard !recordings.isEmpty || part != nil else {
            throw CommandFailure(
                "\(folder ?? filesFrom ?? "") holds no recordings; name the folder or list that does.",
                status: ExitStatus.nothingUsable)
        }
        let progress = messages.progress(of: recordings)
        let interruption = Interruption { [messages] in
            output.abandon { Self.stop(progress.stopped(output: path), messages) }
        }
        defer { interruption.cancel() }
        let batch = FolderBatch(
            recordings, from: folder, into: output, parameters: parameters, writer: writer, jobs: jobs, budget: budget)
        do {
            try await shown(progress) { try await batch.run(observer: progress, writesSummaries: part == nil) }
        } catch let error as BatchError {
            let failure = CommandFailure(error)
            throw CommandFailure(failure.description + " " + progress.stopped(output: path), status: failure.status)
        }
        progress.finish(result: part == nil ? path + "/index.html" : nil)
        if progress.hasFailures { throw ExitStatus.partial }
    }

    // MARK: As a filter

    private func filter() async throws {
        let found = folder == nil ? nil : try recordings()
        let progress = messages.progress(of: found)
        let gate = OutputGate()
        let interruption = Interruption { [messages] in
            gate.close { Self.stop(progress.stopped(output: nil), messages) }
        }
        defer { interruption.cancel() }
        let batch = StreamBatch(parameters: parameters, jobs: jobs, budget: budget, keepsOrder: keepOrder)
        let writer = writer
        var known = found?.makeIterator()
        var listed = try list?.stream().makeAsyncIterator()
        let workingFolder = FileManager.default.currentDirectoryPath
        try await shown(progress) {
            try await batch.run(
                next: {
                    if let recording = known?.next() { return recording }
                    return await listed?.next().map { BatchRecording(listed: $0, workingFolder: workingFolder) }
                },
                text: { writer.line($0, $1) },
                emit: { line in try gate.pass { try ResultOutput.standardOutput.write(line) } },
                observer: progress)
        }
        progress.finish(result: nil)
        if progress.hasFailures { throw ExitStatus.partial }
    }

    /// Does the work while progress is shown.
    private func shown(_ progress: BatchProgress, _ work: () async throws -> Void) async throws {
        let display = Task { await progress.show() }
        defer { display.cancel() }
        try await work()
    }

    /// The end by a signal; without the clean-up of a normal exit, which other threads would run into.
    private static func stop(_ words: String, _ messages: BatchMessageOptions) -> Never {
        if messages.logFormat == .json {
            messages.event("stopped", words)
        } else {
            StandardError.write("twoway: Stopped. " + words + "\n")
        }
        _exit(ExitStatus.interrupted.rawValue)
    }
}

/// Lets no line be cut in half by the end of the process.
private final class OutputGate: Sendable {
    private let isOpen = Mutex<Void>(())

    /// Writes while nothing ends.
    func pass(_ write: () throws -> Void) throws { try isOpen.withLock { _ in try write() } }

    /// Ends once the line that is being written is out, or after a second if nobody reads it.
    func close(_ end: () -> Never) -> Never {
        for _ in 0..<100 {
            isOpen.withLockIfAvailable { _ in end() }
            usleep(10_000)
        }
        end()
    }
}

/// What a batch can write for each recording.
enum BatchFormat: String, ExpressibleByArgument, CaseIterable {
    case jsonl, rttm, uem, textgrid, eaf, audacity, vtt, srt, csv, json

    /// The label format; nil for lines of reports.
    var labelFormat: LabelFormat? {
        switch self {
        case .jsonl: nil
        case .rttm: .rttm
        case .uem: .uem
        case .textgrid: .textgrid
        case .eaf: .eaf
        case .audacity: .audacity
        case .vtt: .vtt
        case .srt: .srt
        case .csv: .csv
        case .json: .json
        }
    }
}

/// Options about what a batch says on standard error.
struct BatchMessageOptions: ParsableArguments {
    @Flag(name: [.short, .long], help: "No progress; failures are still listed.")
    var quiet = false

    @Option(help: "Messages as text, or as one JSON object a line.")
    var logFormat = LogFormat.text

    @Option(
        help: ArgumentHelp("Time between two lines of progress where nobody watches.", valueName: "seconds"))
    var progressInterval = 60.0

    func validate() throws {
        guard progressInterval > 0, progressInterval.isFinite else {
            throw ValidationError("--progress-interval has to be a number of seconds above 0.")
        }
    }

    /// Progress of `recordings`, or of a list whose length nobody knows.
    func progress(of recordings: [BatchRecording]?) -> BatchProgress {
        BatchProgress(recordings: recordings, format: logFormat, quiet: quiet, interval: progressInterval)
    }

    /// Says something to a machine.
    func event(_ name: String, _ message: String) {
        StandardError.write(
            JSONValue.object(["event": .string(name), "message": .string(message)]).text(.oneLine))
    }

    /// Says something that a person may want to know.
    func note(_ text: String) {
        if !quiet, logFormat == .text { StandardError.write("twoway: \(text)\n") }
    }
}

extension BatchPart: ExpressibleByArgument {
    /// A part written as `3/40`.
    public init?(argument: String) {
        let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let number = numbers[0], let count = numbers[1] else { return nil }
        self.init(number: number, count: count)
    }
}
