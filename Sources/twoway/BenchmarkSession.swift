import Benchmarking
import Foundation

/// The measurements of one `bench run`, round by round.
struct BenchmarkSession {
    /// A whole analysis that is measured.
    private struct Whole {
        var name: String
        var title: String
        var path: String
        var hours: Double
        var threads = 1
        /// Whether memory is of interest.
        var keepsMemory = false
        /// Whether the wall clock counts: with several threads processor time does not fall.
        var keepsWall = false
    }

    private let folder: URL
    private let minutes: Double
    private let program: String
    private let against: [String]
    private var wholes: [Whole] = []
    private var measures: [BenchmarkRecord.Measure] = []

    /// Writes the recordings.
    ///
    /// - Throws: When the temporary folder cannot hold them.
    init(minutes: Double, isLong: Bool, against: [String]) throws {
        (self.minutes, self.against) = (minutes, against)
        program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        folder = FileManager.default.temporaryDirectory.appending(path: "twoway-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            try prepare(isLong: isLong)
        } catch {
            removeFolder()
            throw error
        }
    }

    /// Takes the recordings away.
    func removeFolder() { try? FileManager.default.removeItem(at: folder) }

    private mutating func prepare(isLong: Bool) throws {
        // Written by a process of its own: on Linux a child's greatest memory starts at that of its parent.
        let run = try ChildRun(
            program,
            ["bench", "recordings", "--folder", folder.path, "--minutes", "\(minutes)"] + (isLong ? ["--long"] : []),
            showsMessages: true)
        guard run.exitCode == 0 else {
            throw CommandFailure(
                "\(folder.path) cannot hold the recordings; TMPDIR names another folder.",
                status: ExitStatus.unwritableOutput)
        }
        for recording in BenchmarkRecording.all(minutes: minutes, isLong: isLong) {
            var whole = Whole(
                name: recording.name, title: recording.title,
                path: folder.appending(path: recording.name + ".wav").path, hours: recording.minutes / 60)
            whole.keepsMemory = ["mono16k", "mono16k8h"].contains(recording.name)
            whole.keepsWall = recording.name == "mono16k4h"
            wholes.append(whole)
            if whole.keepsWall {
                (whole.name, whole.title, whole.threads) = ("mono16k4hTwoCores", "whole: 4 h on two cores", 2)
                wholes.append(whole)
            }
        }
    }

    /// Measures everything once.
    ///
    /// - Throws: `CommandFailure` or `ChildRun.Failure`.
    mutating func measureRound() throws {
        let run = try ChildRun(
            program, ["bench", "round", "--folder", folder.path, "--seconds", "\(minutes * 60)"], showsMessages: true)
        guard let stages = try? JSONDecoder().decode([String: Double].self, from: Data(run.output.utf8)) else {
            throw CommandFailure("The stages could not be measured.", status: ExitStatus.internalError)
        }
        let floor = [BenchmarkStage.floorDecode, .floorTransform].compactMap { stages[$0.rawValue] }.reduce(0, +)
        add(BenchmarkRecord.floorName, "floor: decode and transform", .processorTime, floor)
        for stage in BenchmarkStage.allCases {
            if let time = stages[stage.rawValue] { add("stage." + stage.rawValue, stage.title, .processorTime, time) }
        }
        for whole in wholes { try measure(whole) }
        for command in against {
            let run = try ChildRun(command: command, audio: folder.appending(path: "stage.wav").path)
            guard run.exitCode == 0 else {
                throw CommandFailure("\(command) ended with \(run.exitCode).", status: ExitStatus.nothingUsable)
            }
            add("against." + command, "against: " + command, .processorTime, run.processorSeconds * 60 / minutes)
            add("againstMemory." + command, "memory of " + command, .memory, run.peakMegabytes)
        }
    }

    private mutating func measure(_ whole: Whole) throws {
        let result = folder.appending(path: "result.txt").path
        let run = try ChildRun(
            program,
            ["analyze", whole.path, "--threads", "\(whole.threads)", "--quiet", "--output", result],
            showsMessages: true)
        guard run.exitCode == 0 else {
            throw CommandFailure("The analysis ended with \(run.exitCode).", status: ExitStatus.internalError)
        }
        add("whole." + whole.name, whole.title, .processorTime, run.processorSeconds / whole.hours)
        if whole.keepsWall || whole.threads > 1 {
            add("wall." + whole.name, whole.title + ", wall clock", .wallTime, run.wallSeconds / whole.hours)
        }
        if whole.keepsMemory {
            add("memory." + whole.name, "memory of " + whole.title, .memory, run.peakMegabytes)
        }
    }

    private mutating func add(_ name: String, _ title: String, _ kind: BenchmarkRecord.Kind, _ value: Double) {
        if let place = measures.firstIndex(where: { $0.name == name }) {
            measures[place].samples.append(value)
        } else {
            measures.append(.init(name: name, title: title, kind: kind, samples: [value]))
        }
    }

    /// Everything measured so far.
    func record(name: String, accuracy: [BenchmarkRecord.Accuracy]) -> BenchmarkRecord {
        BenchmarkRecord(
            name: name, version: Twoway.version, machine: .current, stageSeconds: minutes * 60, measures: measures,
            accuracy: accuracy)
    }
}
