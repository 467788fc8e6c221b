import Analysis
import ArgumentParser
import Foundation
import LabelFormats
import Scoring
import Timeline

/// `twoway score`: a hypothesis against a reference, or the program's own analyses over a corpus.
struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Measure speaker labels against a reference.",
        discussion: """
            Diarization error (missed, false alarm, confusion), detection error and the error of the talk share, \
            each with its convention. Reads \(LabelSource.formats). With --corpus, every recording below a folder that has an RTTM file beside it \
            is analysed and scored.

            Example: twoway score reference.rttm found.rttm
            """)

    @Argument(help: ArgumentHelp("Label file that says who really spoke.", valueName: "reference"))
    var reference: String?

    @Argument(help: ArgumentHelp("Label file that some program made.", valueName: "hypothesis"))
    var hypothesis: String?

    @Option(help: ArgumentHelp("Analyse and score the recordings below this folder.", valueName: "folder"))
    var corpus: String?

    @Flag(help: "With --corpus: how well enrolled voices are recognised, instead of who spoke when.")
    var voices = false

    @Flag(help: "With --corpus: how well twoway live does, recording by recording, as if they happened.")
    var live = false

    @Option(help: ArgumentHelp("Length of the recording; otherwise the last label's end.", valueName: "seconds"))
    var duration: Double?

    @Option(help: ArgumentHelp("Which recording, when the files label several.", valueName: "name"))
    var recording: String?

    @Option(help: ArgumentHelp("UEM file: only its regions are scored.", valueName: "file"))
    var uem: String?

    @Option(help: ArgumentHelp("Threads for --corpus.", valueName: "count"))
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print JSON.")
    var json = false

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result here, whole or not at all.", valueName: "file"))
    var output: String?

    func validate() throws {
        try ResultOutput.check(("--output", output), spares: [reference, hypothesis].compactMap { $0 })
        if corpus != nil {
            guard reference == nil else { throw ValidationError("Give either two label files or --corpus.") }
        } else if reference == nil || hypothesis == nil {
            throw ValidationError("Two label files are needed: the reference, then the hypothesis.")
        }
        if voices || live, corpus == nil { throw ValidationError("--voices and --live need --corpus.") }
        guard threads >= 1 else { throw ValidationError("--threads has to be at least 1.") }
        guard duration ?? 1 > 0 else { throw ValidationError("--duration has to be above 0.") }
    }

    func run() async throws {
        try await reportingFailures {
            let destination = ResultOutput(path: output)
            if let corpus, live {
                try await destination.write(LiveTable.measure(corpus))
            } else if let corpus, voices {
                try await destination.write(VoiceTable.measure(corpus, threads: threads, json: json))
            } else if let corpus {
                try await destination.write(CorpusTable.measure(corpus, threads: threads, json: json))
            } else if let reference, let hypothesis {
                try destination.write(compare(reference, hypothesis))
            }
        }
    }

    private func compare(_ reference: String, _ hypothesis: String) throws -> String {
        let real = try LabelSource(path: reference, quiet: false).recording(named: recording)
        let other = try LabelSource(path: hypothesis, quiet: false)
        // A hypothesis for a single recording is for this one: not all formats hold a name.
        let found = try other.recording(named: other.document.recordings.count == 1 ? nil : real.name)
        let scored = try uem.map { try regions(in: $0, for: real.name) }
        let scores = [ScoringConvention.nist, .strict].map {
            Score(
                reference: real.segments, hypothesis: found.segments, duration: duration ?? real.duration,
                regions: scored, convention: $0)
        }
        return json ? ScoreText.json(scores) : ScoreText.text(scores)
    }

    /// The regions of a UEM file for a recording; a file for a single recording is for this one, whatever its name.
    private func regions(in path: String, for name: String) throws -> [Interval] {
        let maps = try UEM.maps(in: LabelFile.text(atPath: path), path: path)
        guard let map = maps.first(where: { $0.recording == name }) ?? (maps.count == 1 ? maps[0] : nil) else {
            throw CommandFailure("\(path) has no regions for \(name).", status: ExitStatus.damagedData)
        }
        return map.regions.map { Interval(start: $0.start, end: $0.end) }
    }
}
