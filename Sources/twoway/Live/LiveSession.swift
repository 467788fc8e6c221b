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
    private let page: LivePageFeed?
    private var people: LivePeople
    private var signs: LiveSigns
    private var tracker = LiveFloorTracker()
    private var meeting: LiveMeeting?
    private var format: AudioFormat?
    private var file: LiveSoundFile?
    private var lastSign: String?
    private var warnings: [String] = []
    private let parameters = AnalysisParameters()
    /// Silence of the recorder after which it is said, seconds.
    private static let stallNotice = 3.0

    init(_ command: LiveCommand) async throws {
        self.command = command
        length = command.length.flatMap(LiveCommand.seconds)
        people = try LivePeople(command.people)
        signs = LiveSigns(length: length)
        page = try await LivePageFeed(command.livePage)
        screen = LiveScreen(quiet: command.output.quiet || command.jsonLines, address: page?.address)
        if let page, !screen.isShown { StandardError.write("twoway: The page is at \(page.address)\n") }
    }

    /// Takes sound until it ends, stalls for too long, or somebody ends it.
    mutating func follow(_ feed: LiveFeed) async throws {
        defer { screen.close() }
        var stalled = 0.0
        while true {
            switch await feed.next(waitingFor: 0.5, besideOthers: page != nil) {
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
                if try await take(samples) {
                    feed.interrupt()
                    return
                }
            case .end(let warnings):
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

    /// Takes samples up to the longest duration; true when that is reached.
    private mutating func take(_ samples: [Float]) async throws -> Bool {
        guard let meeting, let format else { return false }
        let limit = command.limit.maxDuration
        let left = ((limit - meeting.duration) * Double(format.sampleRate)).rounded()
        let isLast = left <= Double(samples.count / format.channelCount)
        let taken = isLast ? Array(samples.prefix(max(Int(left), 0) * format.channelCount)) : samples
        try file?.append(taken)
        if await meeting.append(taken) { try update() }
        if isLast {
            let seconds = ScoreText.fixed(limit, limit == limit.rounded() ? 0 : 1)
            note("The meeting reached the limit of --max-duration, \(seconds) s, and was ended.")
        }
        return isLast
    }

    private mutating func note(_ text: String) { warnings.append(text) }

    /// How it stands; nil before the first sample.
    private mutating func state() -> LiveState? {
        guard let diarizer = meeting?.diarizer else { return nil }
        people.look(in: diarizer.voices)
        let floor = tracker.floor(labels: diarizer.labels, speech: diarizer.speech)
        return LiveState(
            floor: floor, left: length.map { max($0 - floor.time, 0) }, me: people.me,
            names: PerSpeaker { people.name($0) })
    }

    private mutating func update() throws {
        guard let state = state() else { return }
        let sign = signs.sign(state.floor) { state.names[$0] }
        if let sign { give(sign) }
        page?.show(state, sign: sign)
        if command.jsonLines {
            try ResultOutput(path: nil).write(state.line(sign: sign).text(.oneLine))
        } else {
            screen.draw(state, sign: lastSign, notice: nil)
        }
    }

    private mutating func show(notice: String) {
        // Without the seconds, which would be read out again and again.
        page?.show(notice: "Nothing comes from the recorder.")
        guard !command.jsonLines, let state = state() else { return }
        screen.draw(state, sign: lastSign, notice: notice)
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

    // MARK: The end

    /// Tells whoever watches that the meeting is over, where there will be no report.
    func abandon() async { await page?.end(nil, names: PerSpeaker { people.name($0) }) }

    /// Analyses the whole, prints the report and keeps what is to be kept.
    ///
    /// - Parameters:
    ///   - sha256: Hash of what was read.
    ///   - beforeQuestions: Runs when all is printed, before somebody is asked something.
    mutating func finish(sha256: String, beforeQuestions: () -> Void) async throws {
        do {
            try file?.finish()
            let (analysis, recognised) = try await analysis(sha256: sha256)
            var report = try MeetingReport(analysis, people: recognised.people)
            report.recognition = recognised.facts
            await page?.end(report, names: PerSpeaker { Self.name($0, in: report) })
            try write(report)
            if analysis.diarization.speakerCount == 0 { throw ExitStatus.nothingUsable }
            if command.saving.save {
                try save(report, recognised.people)
            } else if !command.jsonLines, !command.output.quiet {
                beforeQuestions()
                try offer(report, analysis, recognised.people)
            }
        } catch {
            await abandon()
            throw error
        }
    }

    /// The analysis of the whole and who is who in it.
    private func analysis(sha256: String) async throws -> (RecordingAnalysis, VoiceRecogniser.Result) {
        guard let meeting, let format else { throw ExitStatus.nothingUsable }
        // What was recorded is what can be read again.
        let kept = command.record.flatMap { path in ContentHash.ofFile(path).map { (path, $0) } }
        var analysis = await meeting.finish(
            path: kept?.0 ?? soundName, sha256: kept?.1 ?? sha256, encoding: format.encoding, warnings: warnings)
        var options = command.people
        if case .speaker(let speaker) = options.me {
            // The final analysis may have heard somebody speak earlier.
            options.me = .speaker(analysis.diarization.timeline.speaker(like: speaker, of: meeting.diarizer.timeline))
        }
        var recognised = VoiceRecogniser.Result(people: options, facts: [])
        if let found = try await VoiceRecogniser(command.people)?.recognise(
            .standardInput, as: &analysis, parameters: parameters, quiet: command.output.quiet)
        {
            recognised.facts = found.facts
            if case .speaker = found.people.me { recognised.people = found.people }
        }
        return (analysis, recognised)
    }

    /// What the sound is called.
    private var soundName: String {
        command.recording.map { $0 == "-" ? AudioSource.standardInput.name : $0 } ?? "microphone"
    }

    private static func name(_ speaker: Speaker, in report: MeetingReport) -> String {
        if speaker == report.me { return "You" }
        return report.names[speaker] ?? (report.me == nil ? "Speaker \(speaker.rawValue)" : "The other")
    }

    private func write(_ report: MeetingReport) throws {
        if !command.output.quiet, let meeting {
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
    }

    private func save(_ report: MeetingReport, _ people: PeopleOptions) throws {
        let path = command.record ?? command.recording.flatMap { $0 == "-" ? nil : $0 }
        try command.saving.save(report, people: people, path: path, name: soundName, quiet: command.output.quiet)
    }

    /// Asks on a terminal whether to keep the meeting in the journal and as a page.
    private func offer(_ report: MeetingReport, _ analysis: RecordingAnalysis, _ people: PeopleOptions) throws {
        guard let questions = LiveQuestions() else { return }
        defer { questions.close() }
        var (report, people) = (report, people)
        let known = report.me.flatMap { report.names[$0.partner] }
        if let person = questions.whomToKeep(known) {
            if let me = report.me ?? questions.me() {
                people.me = .speaker(me)
                people.with = person
                let recognition = report.recognition
                report = try MeetingReport(analysis, people: people)
                report.recognition = recognition
                try command.saving.keeping.save(
                    report, people: people, path: command.record, name: soundName, quiet: false)
            } else {
                StandardError.write("twoway: It was not kept: nobody said which speaker you were.\n")
            }
        }
        if command.page.report == nil, let path = questions.pagePath() {
            try ResultOutput.file(path).write(report.page())
            StandardError.write("twoway: The page is \(path)\n")
        }
    }
}
