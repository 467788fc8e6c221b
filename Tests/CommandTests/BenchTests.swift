import Foundation
import RepositoryFolders
import Testing

@Suite("twoway bench", .timeLimit(.minutes(5)))
struct BenchTests {
    /// A real run of this binary, short: one minute of audio.
    private func realRun(in folder: ScratchFolder, extra: [String] = []) async throws -> (path: String, run: ProgramRun)
    {
        let path = folder.url.appending(path: "run.json").path
        let run = try await ProgramRun(
            ["bench", "run", "--quiet", "--rounds", "5", "--minutes", "1", "--save", path] + extra, patience: 240)
        return (path, run)
    }

    private func object(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: path))
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// The saved run with the samples of one measure multiplied.
    private func copy(of path: String, slowing name: String, by factor: Double, in folder: ScratchFolder) throws
        -> String
    {
        var record = try object(path)
        var measures = try #require(record["measures"] as? [[String: Any]])
        let place = try #require(measures.firstIndex { $0["name"] as? String == name })
        let samples = try #require(measures[place]["samples"] as? [Double])
        measures[place]["samples"] = samples.map { $0 * factor }
        (record["measures"], record["name"]) = (measures, "slowed")
        return try folder.write("slowed.json", Array(JSONSerialization.data(withJSONObject: record)))
    }

    @Test("A run measures stages, floor, whole and memory; the same again is no difference, a slowed stage is found")
    func runAndCompare() async throws {
        let folder = try ScratchFolder()
        let (path, run) = try await realRun(in: folder, extra: ["--against", "cat {audio} > /dev/null; echo"])
        try #require(run.exitCode == 0, "\(run.messages)")
        let measures = try #require(object(path)["measures"] as? [[String: Any]])
        let names = Set(measures.compactMap { $0["name"] as? String })
        #expect(names.isSuperset(of: ["floor", "stage.mel", "stage.search", "whole.mono16k", "memory.mono16k"]))
        #expect(names.contains { $0.hasPrefix("against.cat") })
        for measure in measures {
            let samples = try #require(measure["samples"] as? [Double])
            #expect(samples.count == 5 && samples.allSatisfy { $0 > 0 })
        }
        #expect(run.output.contains("whole analysis ÷ floor"))

        let same = try await ProgramRun(["bench", "compare", path, path])
        #expect(same.exitCode == 0 && same.output.hasSuffix("Nothing got worse.\n"))
        #expect(!same.output.contains("slower"))

        // The noise is real, the loss is not: half as much again in one stage.
        let slowed = try copy(of: path, slowing: "stage.diarization", by: 1.5, in: folder)
        let worse = try await ProgramRun(["bench", "compare", path, slowed])
        #expect(worse.exitCode == 1 && worse.output.hasSuffix("Something got worse.\n"))
        let lines = worse.output.split(separator: "\n").filter { $0.hasSuffix("slower") }
        #expect(lines.count == 1 && lines.allSatisfy { $0.hasPrefix("everything after the front end") })
        let better = try await ProgramRun(["bench", "compare", slowed, path])
        #expect(better.exitCode == 0 && better.output.contains("  faster"))

        try await checkForms(path, slowed)
    }

    private func checkForms(_ path: String, _ slowed: String) async throws {
        let json = try await ProgramRun(["bench", "compare", path, slowed, "--format", "json"])
        let comparison = try #require(
            JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(comparison["worse"] as? Bool == true && json.exitCode == 1)
        let markdown = try await ProgramRun(["bench", "compare", path, slowed, "--format", "markdown"])
        #expect(markdown.output.contains("| measure | run | slowed | ratio | interval | verdict |"))
        let page = try await ProgramRun(["bench", "compare", path, slowed, "--format", "html"])
        #expect(page.output.hasPrefix("<!DOCTYPE html>") && page.output.contains("<svg"))
        #expect(page.output.contains("1 of"))
    }

    @Test("What is no saved run is refused, and a missing one says how to make it")
    func refusals() async throws {
        let folder = try ScratchFolder()
        let strange = try folder.write("strange.json", Array("{}".utf8))
        #expect(try await ProgramRun(["bench", "compare", strange, strange]).exitCode == 65)
        let missing = try await ProgramRun(
            ["bench", "compare", "never", "made"], environment: ["XDG_DATA_HOME": folder.url.path])
        #expect(missing.exitCode == 66 && missing.messages.contains("bench run --save never"))
        #expect(try await ProgramRun(["bench", "run", "--against", "cat"]).exitCode == 64)
    }

    @Test("With a corpus every file is scored under both conventions, and so is what another program prints")
    func accuracy() async throws {
        let folder = try ScratchFolder()
        for suffix in ["wav", "rttm"] {
            try FileManager.default.copyItem(
                atPath: ProgramRun.fixture("two-way." + suffix),
                toPath: folder.url.appending(path: "two-way." + suffix).path)
        }
        // Another program that is right: it prints the reference.
        let other = "true {audio}; cat '\(folder.url.path)/two-way.rttm'"
        let (path, run) = try await realRun(in: folder, extra: ["--corpus", folder.url.path, "--against", other])
        try #require(run.exitCode == 0, "\(run.messages)")
        let accuracy = try #require(object(path)["accuracy"] as? [[String: Any]])
        #expect(accuracy.map { $0["program"] as? String } == ["twoway", other])
        #expect(accuracy.allSatisfy { $0["file"] as? String == "two-way.wav" })
        let errors = try accuracy.map { try #require($0["diarizationError"] as? [String: Double]) }
        #expect(errors[0].count == 2 && errors[0].values.allSatisfy { (0..<0.3).contains($0) })
        #expect(errors[1].values.allSatisfy { $0 == 0 })
    }
}
