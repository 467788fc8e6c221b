import Analysis
import AudioDecoding
import Diarization
import Foundation
import Live
import Reporting
import Timeline

/// One meeting in progress, from the first sample to the report.
struct LiveSession {
    private let command: LiveCommand
    private let length: Double?
    private let screen: LiveScreen
    private var people: LivePeople
    private var signs: LiveSigns
    private var tracker = LiveFloorTracker()
    private var meeting: LiveMeeting?
    private var format: AudioFormat?
    private var file: LiveSoundFile?
    private var lastSign: String?
    private var sha256 = ""
    private var warnings: [String] = []
    private let parameters = AnalysisParameters()
    /// Silence of the recorder after which it is said, seconds.
    private static let stallNotice = 3.0

    init(_ command: LiveCommand) throws {
        self.command = command
        length = command.length.flatMap(LiveCommand.seconds)
        people = try LivePeople(command.people)
        signs = LiveSigns(length: length)
        screen = LiveScreen(quiet: command.output.quiet || command.jsonLines)
    }

    /// Takes sound until it ends, stalls for too long, or somebody ends it.
    mutating func follow(_ feed: LiveFeed) async throws {
        defer { screen.close() }
        var stalled = 0.0
        while true {
            switch feed.next(waitingFor: 0.5) {
            case nil:
                stalled += 0.5
                if stalled >= command.stallLimit {
                    note("Nothing came from the recorder for \(Int(stalled)) s, so the meeting was ended.")
                    feed.interrupt()
                    return
                }
                if stalled >= Self.stallNotice {
                    show(notice: "Nothing has come from the recorder for \(Int(stalled)) s.")
                }
            case .format(let format):
                self.format = format
                meeting = LiveMeeting(
                    sampleRate: format.sampleRate, channelCount: format.channelCount, parameters: parameters)
                let shape = PCMShape(sampleRate: format.sampleRate, channelCount: format.channelCount)
                file = try command.record.map { try LiveSoundFile(path: $0, shape: shape) }
            case .samples(let samples):
                stalled = 0
                try file?.append(samples)
                if await meeting?.append(samples) == true { try update() }
            case .end(let sha256, let warnings):
                self.sha256 = sha256
                self.warnings += warnings
                return
            case .failure(let error):
                // What was heard before is not lost.
                guard let meeting, meeting.duration > 0 else { throw error }
                note(error.description)
                return
            case .interrupted: return
            }
        }
    }

    private mutating func note(_ text: String) { warnings.append(text) }

    private mutating func update() throws {
        guard let diarizer = meeting?.diarizer else { return }
        people.look(in: diarizer.voices)
        let floor = tracker.floor(labels: diarizer.labels, speech: diarizer.speech)
        let people = people
        let sign = signs.sign(floor, name: people.name)
        if let sign { give(sign) }
        if command.jsonLines {
            try ResultOutput(path: nil).write(json(floor, sign).text(.oneLine))
        } else {
            screen.draw(floor, length: length, sign: lastSign, notice: nil, name: people.name)
        }
    }

    private mutating func show(notice: String) {
        guard let diarizer = meeting?.diarizer, !command.jsonLines else { return }
        let people = people
        screen.draw(
            tracker.floor(labels: diarizer.labels, speech: diarizer.speech), length: length, sign: lastSign,
            notice: notice, name: people.name)
    }

    private mutating func give(_ sign: String) {
        lastSign = sign
        if command.bell { StandardError.write("\u{7}") }
        if !StandardError.isTerminal, !command.output.quiet, !command.jsonLines {
            StandardError.write("twoway: \(sign)\n")
        }
        guard let notify = command.notify else { return }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", notify + " \"$1\"", "twoway", sign]
        process.standardInput = FileHandle.nullDevice
        // What it prints is not a result of this program.
        process.standardOutput = FileHandle.standardError
        do { try process.run() } catch { StandardError.write("twoway: --notify could not be run: \(notify)\n") }
    }

    private func json(_ floor: LiveFloor, _ sign: String?) -> JSONValue {
        func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        func pair(_ values: PerSpeaker<Double?>) -> JSONValue {
            .object(["A": number(values.a), "B": number(values.b)])
        }
        return .object([
            "time": .number(floor.time), "share": pair(PerSpeaker { floor.share(of: $0, in: floor.speech) }),
            "recentShare": pair(PerSpeaker { floor.share(of: $0, in: floor.recentSpeech) }),
            "speech": pair(floor.speech.map { Optional($0) }), "floor": text(floor.holder?.rawValue),
            "held": .number(floor.held), "sinceHeard": pair(floor.sinceHeard), "me": text(people.me?.rawValue),
            "left": number(length.map { max($0 - floor.time, 0) }), "sign": text(sign),
        ])
    }

    /// Analyses the whole and prints the report.
    mutating func finish() async throws {
        try file?.finish()
        guard let meeting, let format else { throw ExitStatus.nothingUsable }
        let name = command.recording.map { $0 == "-" ? AudioSource.standardInput.name : $0 } ?? "microphone"
        var analysis = await meeting.finish(
            path: name, sha256: sha256, encoding: format.encoding, warnings: warnings)
        var options = command.people
        if case .speaker(let speaker) = options.me {
            // The final analysis may have heard somebody speak earlier.
            options.me = .speaker(analysis.diarization.timeline.speaker(like: speaker, of: meeting.diarizer.timeline))
        }
        let recognised = try await VoiceRecogniser(command.people)?.recognise(
            .standardInput, as: &analysis, parameters: parameters, quiet: command.output.quiet)
        if let recognised, case .speaker = recognised.people.me { options = recognised.people }
        var report = try MeetingReport(analysis, people: options)
        report.recognition = recognised?.facts ?? []
        if !command.output.quiet {
            for warning in warnings { StandardError.write("twoway: \(warning)\n") }
            let work = meeting.duration > 0 ? meeting.workTime / meeting.duration : 0
            StandardError.write(
                "twoway: decided at most \(ScoreText.fixed(1 + meeting.longestDecision, 2)) s behind the sound "
                    + "(on an idle core \(ScoreText.fixed(1 + meeting.longestWork, 2)) s); work of one core "
                    + "\(ScoreText.fixed(100 * work, 2)) % of its time\n")
        }
        try command.page.write(report)
        if command.jsonLines {
            try ResultOutput(path: nil).write(JSONValue.object(["report": report.json]).text(.oneLine))
        } else {
            try command.output.write(report, recordingName: "live")
        }
        if analysis.diarization.speakerCount == 0 { throw ExitStatus.nothingUsable }
    }
}
