import Analysis
import ArgumentParser
import AudioDecoding
import Diarization
import Foundation
import Reporting
import Timeline

/// `twoway analyze`: one recording in, one report out.
struct Analyze: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report how the floor was shared in one recorded meeting.",
        discussion: """
            Reads WAV and whatever libsndfile knows (FLAC, Ogg, Opus, MP3, AIFF, ...); anything else, such as m4a or \
            mp4, through ffmpeg if it is installed. Nothing leaves this machine.

            Example: twoway analyze meeting.wav --me A --with Dana
            """)

    @Argument(
        help: ArgumentHelp(
            "The recording; - reads standard input. With --tracks two files, one per person.", valueName: "recording"),
        completion: .file())
    var recordings: [String]

    @OptionGroup(title: "One file per person")
    var trackOptions: TrackOptions

    @OptionGroup(title: "Who is who")
    var people: PeopleOptions

    @Option(help: "How channels are read: find out, average them, or one person per channel.")
    var channels = ChannelUse.auto

    @Option(help: ArgumentHelp("Threads; the result does not depend on them.", valueName: "count"))
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup
    var limit: DurationLimitOptions

    @OptionGroup(title: "The result")
    var output: OutputOptions

    @OptionGroup(title: "The page")
    var page: PageOptions

    @OptionGroup(title: "The page")
    var pageSound: PageSoundOptions

    @OptionGroup(title: "The journal")
    var saving: SaveOptions

    private var recording: String { recordings[0] }

    func validate() throws {
        try trackOptions.check(recordings, embedsSound: pageSound.embedAudio || pageSound.embedAs != nil)
        for track in recordings.dropFirst() { try page.check(input: track, output: output.output) }
        try page.check(input: recording, output: output.output)
        try pageSound.check(page, recording: recording)
        guard threads >= 1 else { throw ValidationError("--threads has to be at least 1.") }
        try people.checkForRecording()
        try saving.check(people)
    }

    func run() async throws {
        try await reportingFailures {
            var parameters = AnalysisParameters()
            parameters.channelUse = channels
            parameters.threads = threads
            parameters.decoding.maximumDuration = limit.maxDuration
            parameters.identifiesRecording = output.format != .text || page.report != nil || saving.save
            let source: AudioSource = recording == "-" ? .standardInput : .file(recording)
            let progress = ProgressLine(name: source.name, quiet: output.quiet)
            defer { progress.finish() }
            let recogniser = try trackOptions.tracks ? nil : VoiceRecogniser(people)
            parameters.diarization.measuresVoices = recogniser != nil
            var analysis =
                if trackOptions.tracks {
                    try await TrackAnalyzer(parameters: parameters).analyze(recordings, offset: trackOptions.offset) {
                        progress.update(seconds: $0, total: nil)
                    }
                } else {
                    try await RecordingAnalyzer(parameters: parameters).analyze(source) { seconds, total in
                        progress.update(seconds: seconds, total: total)
                    }
                }
            let recognised = try await recogniser?.recognise(
                source, as: &analysis, parameters: parameters, quiet: output.quiet)
            progress.finish()
            let people = recognised?.people ?? people
            var report = try MeetingReport(analysis, people: people, tracks: recordings)
            report.recognition = recognised?.facts ?? []
            if trackOptions.tracks { report.title = trackOptions.title(of: recordings) }
            if !output.quiet, output.format != .text {
                for warning in analysis.diarization.warnings {
                    StandardError.write("twoway: \(source.name): \(warning)\n")
                }
            }
            if output.verbose { StandardError.write(analysis.explanation) }
            try page.write(report, sound: pageSound.sound(of: analysis.recording, quiet: output.quiet))
            try output.write(
                report, recordingName: URL(filePath: source.name).deletingPathExtension().lastPathComponent)
            if analysis.diarization.speakerCount == 0 { throw ExitStatus.nothingUsable }
            try saving.save(
                report, people: people, path: recording == "-" ? nil : recording, quiet: output.quiet)
        }
    }
}

extension RecordingAnalysis {
    /// How the result came about, for `--verbose`.
    fileprivate var explanation: String {
        var lines = [
            "\(recording.path): \(recording.encoding), \(recording.sampleRate) Hz, \(recording.channelCount) channel(s)",
            "people told apart by: \(diarization.mode.rawValue)",
        ]
        if let evidence = diarization.evidence {
            lines.append("separation of the voices: \(ScoreText.fixed(evidence.separation, 2))")
            lines.append("agreement of the starts: \(ScoreText.fixed(evidence.agreement, 2))")
            lines.append(
                "speech perhaps missed: \(ScoreText.percent(evidence.missedSpeech)), perhaps none: \(ScoreText.percent(evidence.falseSpeech))"
            )
            lines.append("two voices against one: \(ScoreText.fixed(evidence.likelihoodRatio, 2))")
        }
        if let confusion = diarization.estimatedConfusion {
            lines.append("estimated confusion: \(ScoreText.percent(confusion))")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
