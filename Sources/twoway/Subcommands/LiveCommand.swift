import Analysis
import ArgumentParser
import AudioDecoding
import Diarization
import Foundation
import Live
import Reporting
import Timeline

/// `twoway live`: the same while it happens.
struct LiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live",
        abstract: "Show how the floor is shared while the meeting goes on.",
        discussion: """
            Reads WAV, or with --pcm raw 16-bit samples, from standard input or from a recorder that it starts itself. \
            Ctrl-C ends the meeting and prints the report of the whole; on a terminal it then asks whether to keep it in \
            the journal and as a page. No sound is stored unless --record asks for it; \
            spectra wait in a nameless temporary file until the report is made.

            Example: twoway live - --length 45m < recorder.wav
            Example: twoway live - --page < recorder.wav
            Example: arecord -q -f S16_LE -r 16000 -t wav | twoway live - --length 45m --bell
            """)

    @Argument(help: ArgumentHelp("Where the sound comes from; - is standard input.", valueName: "recording"))
    var recording: String?

    @Option(help: "Record from the microphone with this program; auto takes whichever is installed.")
    var input: LiveRecorder?

    @Option(help: ArgumentHelp("The sound is raw 16-bit samples, for example 16000 or 48000x2.", valueName: "rate"))
    var pcm: String?

    @Option(help: ArgumentHelp("How long the meeting is to be, for example 45m, 1h30m or 90s.", valueName: "time"))
    var length: String?

    @OptionGroup(title: "Who is who")
    var people: PeopleOptions

    @OptionGroup(title: "The page for a browser, while it happens")
    var livePage: LivePageOptions

    @Flag(help: "Ring the terminal's bell with every sign.")
    var bell = false

    @Option(
        help: ArgumentHelp("Run this command with every sign; its last argument is the text.", valueName: "command"))
    var notify: String?

    @Flag(help: "Print one JSON object a second on standard output, for other programs, the report as the last one.")
    var jsonLines = false

    @Option(help: ArgumentHelp("Also store the sound here, as WAV.", valueName: "file.wav"))
    var record: String?

    @Option(help: ArgumentHelp("End the meeting when the recorder gives nothing for this long.", valueName: "seconds"))
    var stallLimit = 60.0

    @OptionGroup
    var limit: DurationLimitOptions

    @OptionGroup(title: "The result")
    var output: OutputOptions

    @OptionGroup(title: "The page of the report")
    var page: PageOptions

    @OptionGroup(title: "The journal")
    var saving: SaveOptions

    func validate() throws {
        guard (recording == nil) != (input == nil) else {
            throw ValidationError("Name the sound (- is standard input), or let --input auto record it.")
        }
        if let length, Self.seconds(length) == nil {
            throw ValidationError("--length has to be a time such as 45m, 1h30m or 90s.")
        }
        if let pcm, Self.shape(pcm) == nil { throw ValidationError("--pcm has to be a rate such as 16000 or 48000x2.") }
        guard stallLimit > 0 else { throw ValidationError("--stall-limit has to be above 0.") }
        switch people.me {
        case .name, .channel: throw ValidationError("While it happens, --me can be auto, A or B.")
        default: break
        }
        try saving.check(people)
        if let recording {
            try page.check(input: recording, output: output.output)
            try ResultOutput.check(("--record", record), spares: [recording])
        }
        if jsonLines, output.output != nil || output.format != .text {
            throw ValidationError("--json-lines prints everything itself; leave out --format and --output.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            signal(SIGPIPE, SIG_IGN)
            let feed = LiveFeed()
            let signals = [SIGINT, SIGTERM, SIGHUP].map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { feed.interrupt() }
                source.resume()
                return source
            }
            defer { signals.forEach { $0.cancel() } }
            var session = try await LiveSession(self)
            var recorder: Process?
            if let input {
                let started = try input.start()
                recorder = started.process
                feed.start(descriptor: started.output, pcm: started.pcm)
            } else {
                feed.start(descriptor: try descriptor(), pcm: pcm.flatMap(Self.shape))
            }
            do {
                defer { if recorder?.isRunning == true { recorder?.terminate() } }
                try await session.follow(feed)
            } catch {
                await session.abandon()
                throw error
            }
            try await session.finish(sha256: feed.sha256) {
                // From here on Ctrl-C ends the program as usual.
                signals.forEach { $0.cancel() }
                for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
            }
        }
    }

    private func descriptor() throws -> Int32 {
        guard let recording, recording != "-" else { return 0 }
        let file = open(recording, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw CommandFailure.unreadable(recording)
        }
        return file
    }

    /// A time such as 1h30m, in seconds; a plain number is minutes.
    static func seconds(_ text: String) -> Double? {
        if let minutes = Double(text) { return minutes > 0 && minutes.isFinite ? 60 * minutes : nil }
        var total = 0.0
        var digits = ""
        for character in text {
            if character.isASCII, character.isNumber || character == "." {
                digits.append(character)
                continue
            }
            guard let value = Double(digits), let unit = ["h": 3600.0, "m": 60, "s": 1][character] else { return nil }
            total += value * unit
            digits = ""
        }
        return digits.isEmpty && total > 0 ? total : nil
    }

    private static func shape(_ text: String) -> PCMShape? {
        let parts = text.split(separator: "x").compactMap { Int($0) }
        guard (1...2).contains(parts.count), (4000...384_000).contains(parts[0]),
            parts.count < 2 || (1...8).contains(parts[1])
        else { return nil }
        return PCMShape(sampleRate: parts[0], channelCount: parts.count > 1 ? parts[1] : 1)
    }
}
