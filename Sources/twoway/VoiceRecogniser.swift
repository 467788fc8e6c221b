import Analysis
import ArgumentParser
import AudioDecoding
import Diarization
import Reporting
import Timeline
import VoicePrints

extension PeopleOptions {
    /// What `--me` and `--with` say to have people recognised by their voices.
    static let automatic = "auto"

    /// Whether the reader is to be recognised: asked for, or enrolled while nothing else is said.
    var recognisesMe: Bool {
        if case .auto = me { return true }
        guard me == nil, names == nil else { return false }
        return (try? VoicePrintStore().voices().contains { $0.name == VoicePrint.me }) ?? false
    }
}

/// Finds enrolled voices in recordings.
struct VoiceRecogniser {
    /// Who is who after that.
    struct Result {
        /// The options as if the person had given them.
        var people: PeopleOptions
        /// For the report.
        var facts: [RecognitionFacts]
    }

    private let people: PeopleOptions
    private let prints: [VoicePrint]
    private let seeksMe: Bool
    private let seeksOthers: Bool

    /// A recogniser for what `people` asks; nil where it asks for none.
    ///
    /// - Throws: `VoicePrintError`, or `CommandFailure` when nobody is enrolled who could be recognised.
    init?(_ people: PeopleOptions) throws {
        seeksMe = people.recognisesMe
        seeksOthers = people.with?.lowercased() == PeopleOptions.automatic
        guard seeksMe || seeksOthers else { return nil }
        self.people = people
        prints = try VoicePrintStore().voices()
        if case .auto = people.me, !prints.contains(where: { $0.name == VoicePrint.me }) {
            throw CommandFailure(
                "--me auto needs your voice; enroll it first: twoway voice enroll FILE", status: .validationFailure)
        }
        if seeksOthers, !prints.contains(where: { $0.name != VoicePrint.me }) {
            throw CommandFailure(
                "--with auto needs the voices of others; enroll them first: twoway voice enroll FILE --speaker A "
                    + "--name NAME", status: .validationFailure)
        }
    }

    /// Looks for the voices in an analysis and notes in it what is not sure.
    func recognise(
        _ source: AudioSource, as analysis: inout RecordingAnalysis, parameters: AnalysisParameters, quiet: Bool
    ) async throws -> Result {
        var result = Result(people: people, facts: [])
        guard analysis.diarization.speakerCount > 0 else { return result }
        var best: [Speaker: (name: String, evidence: Double)] = [:]
        for print in prints where print.name == VoicePrint.me ? seeksMe : seeksOthers {
            let found = try await compare(print, source, analysis, parameters)
            result.facts.append(RecognitionFacts(print.name, found))
            guard case .speaker(let speaker) = found?.decision, let evidence = found?.evidence[speaker] else {
                if print.name == VoicePrint.me { analysis.diarization.warnings.append(Self.doubt(found)) }
                continue
            }
            if evidence > best[speaker]?.evidence ?? -.infinity { best[speaker] = (print.name, evidence) }
        }
        var names = people.names?.names ?? [:]
        for (speaker, person) in best {
            if person.name == VoicePrint.me {
                result.people.me = .speaker(speaker)
            } else if names[speaker] == nil {
                names[speaker] = person.name
            }
        }
        if !names.isEmpty { result.people.names = SpeakerNames(names: names) }
        if !quiet {
            for (speaker, person) in best.sorted(by: { $0.key < $1.key }) {
                let probability = result.facts.first { $0.name == person.name }?.probability?[speaker]
                StandardError.write(
                    "twoway: \(source.name): speaker \(speaker.rawValue) is "
                        + "\(person.name == VoicePrint.me ? "you" : person.name), by the voice "
                        + "(\(ScoreText.percent(probability)))\n")
            }
        }
        return result
    }

    private func compare(
        _ print: VoicePrint, _ source: AudioSource, _ analysis: RecordingAnalysis, _ parameters: AnalysisParameters
    ) async throws -> VoiceRecognition? {
        guard let voices = analysis.diarization.voices else { return nil }
        if print[voices.all.band] != nil { return VoiceRecognition(of: print.statistics, among: voices) }
        guard case .file(let path) = source, print[.telephone] != nil,
            let narrow = try await RecordingAnalyzer(parameters: parameters).telephoneVoices(
                of: path, like: analysis, parameters: parameters)
        else { return nil }
        return VoiceRecognition(of: print.statistics, among: narrow)
    }

    /// Says why nobody is "you".
    private static func doubt(_ found: VoiceRecognition?) -> String {
        guard let found else {
            return "Your enrolled voice could not be compared with this recording; say with --me which speaker is you."
        }
        let chances =
            "A \(ScoreText.percent(found.probability.a)), B \(ScoreText.percent(found.probability.b)), neither "
            + ScoreText.percent(found.absence)
        switch found.decision {
        case .absent: return "Your enrolled voice is neither of the two: you do not seem to be present (\(chances))."
        default: return "Which of the two is you is not sure by the voice (\(chances)); say it with --me."
        }
    }
}

extension RecognitionFacts {
    fileprivate init(_ name: String, _ found: VoiceRecognition?) {
        let decision =
            switch found?.decision {
            case nil: "notCompared"
            case .speaker(let speaker): speaker.rawValue
            case .absent: "absent"
            case .notSure: "notSure"
            }
        self.init(name: name, decision: decision, probability: found?.probability, absence: found?.absence)
    }
}
