import Foundation
import RepositoryFolders
import Testing

@Suite("twoway metrics and twoway score")
struct MetricsAndScoreTests {
    /// Two people, ten minutes: B speaks 30 s of every minute but the first ten seconds belong to A.
    private static let labels =
        (0..<10).flatMap { minute in
            [
                "SPEAKER talk 1 \(minute * 60).000 10.000 <NA> <NA> Ann <NA> <NA>",
                "SPEAKER talk 1 \(minute * 60 + 12).000 30.000 <NA> <NA> Bob <NA> <NA>",
            ]
        }.joined(separator: "\n") + "\n"

    @Test("Ten against thirty seconds a minute is a quarter of the floor")
    func metrics() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write("talk.rttm", Array(Self.labels.utf8))
        let run = try await ProgramRun(["metrics", path, "--format", "json", "--duration", "600"])
        #expect(run.exitCode == 0)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let metrics = try #require(object["metrics"] as? [String: Any])
        let floor = try #require(metrics["floorShare"] as? [String: Double])
        #expect(floor == ["A": 0.25, "B": 0.75])
    }

    @Test("The names in the labels appear in the report")
    func names() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write("talk.rttm", Array(Self.labels.utf8))
        let run = try await ProgramRun(["metrics", path])
        #expect(run.exitCode == 0)
        #expect(run.output.contains("Ann") && run.output.contains("Bob"))
    }

    @Test("Labels against themselves have no error; shifted by a second they have")
    func score() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write("talk.rttm", Array(Self.labels.utf8))
        let same = try await ProgramRun(["score", path, path])
        #expect(same.exitCode == 0)
        #expect(same.output.contains("collar 0.25 s each side (NIST), overlap scored"))
        #expect(same.output.contains("diarization error  0.00 %"))
        let other = try folder.write(
            "empty.rttm", Array("SPEAKER talk 1 0.000 5.000 <NA> <NA> Ann <NA> <NA>\n".utf8))
        let worse = try await ProgramRun(["score", path, other])
        #expect(worse.exitCode == 0)
        #expect(!worse.output.contains("diarization error  0.00 %"))
    }

    @Test("A broken line is named with its number")
    func broken() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write(
            "bad.rttm", Array("SPEAKER x 1 0 5 <NA> <NA> A <NA> <NA>\nSPEAKER x 1 zero 5 <NA> <NA> A <NA> <NA>\n".utf8))
        let run = try await ProgramRun(["metrics", path])
        #expect(run.exitCode == 65)
        #expect(run.messages.contains("bad.rttm:2"))
    }

    @Test("A label file that is not there cannot be read")
    func missing() async throws {
        let run = try await ProgramRun(["metrics", "/nowhere/x.rttm"])
        #expect(run.exitCode == 66)
    }

    @Test("Help of every subcommand has an example", arguments: ["analyze", "metrics", "score", "convert"])
    func help(subcommand: String) async throws {
        let run = try await ProgramRun([subcommand, "--help"])
        #expect(run.exitCode == 0)
        #expect(run.output.contains("Example: twoway \(subcommand)"))
    }
}
