import Analysis
import Diarization
import Timeline

/// How well enrolled voices are recognised over a corpus, as `score --voices` prints it.
struct VoiceTable {
    private let trials: [VoiceTrial]

    /// Makes all trials below `folder` and returns the table.
    static func measure(_ folder: String, threads: Int, json: Bool) async throws -> String {
        var parameters = AnalysisParameters()
        parameters.threads = threads
        let table = VoiceTable(trials: try await VoiceAccuracy(parameters: parameters).trials(below: folder))
        guard !table.trials.isEmpty else {
            throw CommandFailure(
                "\(folder) holds no recordings of two people with an RTTM file beside them.",
                status: ExitStatus.unreadableInput)
        }
        return json ? table.json() : table.text()
    }

    /// Counts of a group of trials.
    struct Outcome {
        var present = 0
        var decided = 0
        var right = 0
        var absent = 0
        var claimed = 0
        var saidAbsent = 0

        mutating func add(_ decision: VoiceRecognition.Decision?, truth: Speaker?) {
            if let truth {
                present += 1
                // "You are not there" of somebody who is there is a decision, and a wrong one.
                if let decision, decision != .notSure { decided += 1 }
                if decision == .speaker(truth) { right += 1 }
            } else {
                absent += 1
                if case .speaker = decision { claimed += 1 }
                if decision == .absent { saidAbsent += 1 }
            }
        }
    }

    private typealias Line = VoiceRecognitionParameters.Calibration

    /// The decision of a trial under another calibration than the shipped one.
    private static func decision(_ trial: VoiceTrial, _ line: Line?) -> VoiceRecognition.Decision? {
        guard let recognition = trial.recognition, let line else { return trial.recognition?.decision }
        let least = VoiceRecognitionParameters().leastProbability
        let (each, neither) = VoiceRecognition.probabilities(recognition.evidence, line)
        for speaker in Speaker.allCases where each[speaker] >= least { return .speaker(speaker) }
        return neither >= least ? .absent : .notSure
    }

    /// Two halves by the recording that is looked in: each is judged by the line fitted on the other.
    private func lines(_ band: VoiceStatistics.Band) -> (even: Line, odd: Line, all: Line, isOdd: (VoiceTrial) -> Bool)
    {
        let own = trials.filter { $0.band == band }
        let names = Set(own.map(\.heardIn)).sorted()
        let odd = Set(names.enumerated().filter { $0.offset % 2 == 1 }.map(\.element))
        let isOdd = { (trial: VoiceTrial) in odd.contains(trial.heardIn) }
        return (
            VoiceAccuracy.calibration(of: own.filter { !isOdd($0) }),
            VoiceAccuracy.calibration(of: own.filter(isOdd)), VoiceAccuracy.calibration(of: own), isOdd
        )
    }

    private static let groups: [(title: String, holds: @Sendable (VoiceTrial) -> Bool)] = [
        ("other half of the recording", { $0.isOwnHalf }), ("another recording", { !$0.isOwnHalf }),
        ("same-channel recordings", { $0.folder == "same-channel" }), ("real recordings", { $0.folder == "real" }),
        ("in the band of the recording", { $0.isNative }), ("all", { _ in true }),
    ]

    private func text() -> String {
        var lines = [
            "Enrolled from at most \(Int(VoiceAccuracy.enrolledSpeech)) s of speech of the first half of a recording; "
                + "decided from 90 % on.",
            "right: of the decided cases; claimed: absent people taken for one of the two.",
        ]
        for band in VoiceStatistics.Band.allCases {
            let fit = self.lines(band)
            lines += ["", "\(band.rawValue) band" + Self.header]
            for isCrossValidated in [true, false] {
                lines.append(
                    isCrossValidated ? "cross-validated, two halves of the recordings" : "as shipped")
                for group in Self.groups {
                    var outcome = Outcome()
                    for trial in trials where trial.band == band && group.holds(trial) {
                        let line = isCrossValidated ? (fit.isOdd(trial) ? fit.even : fit.odd) : nil
                        outcome.add(Self.decision(trial, line), truth: trial.truth)
                    }
                    if outcome.present + outcome.absent > 0 { lines.append(Self.row("  " + group.title, outcome)) }
                }
            }
            lines.append(
                "  fitted on all: slope \(ScoreText.fixed(fit.all.slope, 3)), offset \(ScoreText.fixed(fit.all.offset, 2))"
            )
        }
        lines += ["", "As the program uses them: every recording in its own band"]
        for isCrossValidated in [true, false] {
            var outcome = Outcome()
            for band in VoiceStatistics.Band.allCases {
                let fit = self.lines(band)
                for trial in trials where trial.band == band && trial.isNative {
                    let line = isCrossValidated ? (fit.isOdd(trial) ? fit.even : fit.odd) : nil
                    outcome.add(Self.decision(trial, line), truth: trial.truth)
                }
            }
            lines.append(Self.row(isCrossValidated ? "cross-validated" : "as shipped", outcome))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let header =
        String(repeating: " ", count: 12)
        + "  present  right  not sure   absent  claimed  said so"

    private static func row(_ title: String, _ outcome: Outcome) -> String {
        func share(_ part: Int, _ whole: Int, _ width: Int) -> String {
            let text = whole == 0 ? "–" : ScoreText.fixed(100 * Double(part) / Double(whole), 1)
            return String(repeating: " ", count: max(1, width - text.count)) + text
        }
        func count(_ value: Int, _ width: Int) -> String {
            String(repeating: " ", count: max(1, width - "\(value)".count)) + "\(value)"
        }
        return title + String(repeating: " ", count: max(1, 32 - title.count)) + count(outcome.present, 6)
            + share(outcome.right, outcome.decided, 7)
            + share(outcome.present - outcome.decided, outcome.present, 10) + count(outcome.absent, 9)
            + share(outcome.claimed, outcome.absent, 9) + share(outcome.saidAbsent, outcome.absent, 9)
    }

    private func json() -> String {
        ScoreText.encode(
            trials.map { trial in
                [
                    "enrolledFrom": trial.enrolledFrom, "heardIn": trial.heardIn, "band": trial.band.rawValue,
                    "truth": trial.truth?.rawValue as Any? ?? "absent",
                    "evidence": trial.recognition.map {
                        ["A": max($0.evidence.a, -1e9), "B": max($0.evidence.b, -1e9)]
                    } as Any? ?? "none",
                ] as [String: Any]
            })
    }
}
