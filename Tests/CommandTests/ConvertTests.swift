import Foundation
import MalformedLabels
import RepositoryFolders
import Testing

@Suite("twoway convert, and labels of all formats")
struct ConvertTests {
    private static let formats = ["rttm", "textgrid", "eaf", "audacity", "vtt", "srt", "csv", "json"]

    /// The metrics of labels, as `twoway metrics` prints them.
    private func metrics(_ path: String, _ more: [String] = []) async throws -> NSDictionary {
        let run = try await ProgramRun(["metrics", path, "--format", "json", "--duration", "380"] + more)
        #expect(run.exitCode == 0, "\(run.messages)")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? NSDictionary)
        return try #require(object["metrics"] as? NSDictionary)
    }

    @Test("A converted file has the same metrics, under a name that says nothing", arguments: formats)
    func sameMetrics(format: String) async throws {
        let folder = try ScratchFolder()
        let output = folder.url.appending(path: "labels.txt").path
        let source = ProgramRun.fixture("late-pitch.rttm")
        let run = try await ProgramRun(["convert", source, "--format", format, "--output", output])
        #expect(run.exitCode == 0 && run.output.isEmpty && run.messages.isEmpty)
        #expect(try await metrics(output) == metrics(source))
        let score = try await ProgramRun(["score", source, output])
        #expect(score.output.contains("diarization error  0.00 %"))
    }

    @Test("A report printed as labels is read back with the same metrics", arguments: formats.dropLast(2))
    func reportAsLabels(format: String) async throws {
        let folder = try ScratchFolder()
        let output = folder.url.appending(path: "labels").path
        let source = ProgramRun.fixture("two-way.rttm")
        let run = try await ProgramRun(["metrics", source, "--duration", "380", "--format", format, "--output", output])
        #expect(run.exitCode == 0)
        #expect(try await metrics(output) == metrics(source))
    }

    @Test("The JSON of an analysis is a label file too: same metrics, its names and its length")
    func ownJSON() async throws {
        let folder = try ScratchFolder()
        let output = folder.url.appending(path: "result").path
        let run = try await ProgramRun(
            ["analyze", ProgramRun.fixture("two-way.wav"), "--format", "json", "--names", "A=Ann", "-o", output])
        #expect(run.exitCode == 0)
        let first = try await ProgramRun(["metrics", output, "--format", "csv"])
        #expect(first.output.contains(",Ann,B,"))
        let grid = try await ProgramRun(["convert", output, "--format", "textgrid"])
        let result = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: output))) as? NSDictionary
        let metrics = try #require(result?["metrics"] as? [String: Any])
        let duration = try #require(metrics["duration"] as? Double)
        #expect(grid.output.contains("xmax = \(duration) \n"))
        let again = try await ProgramRun(["metrics", output, "--format", "json"])
        let other = try JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? NSDictionary
        #expect(
            (other?["metrics"] as? NSDictionary)?["floorShare"] as? NSDictionary == metrics["floorShare"]
                as? NSDictionary)
    }

    @Test("The ending of the output decides, and without either it is asked for")
    func ending() async throws {
        let folder = try ScratchFolder()
        let output = folder.url.appending(path: "x.TextGrid").path
        let source = ProgramRun.fixture("two-way.rttm")
        #expect(try await ProgramRun(["convert", source, "-o", output, "--duration", "500"]).exitCode == 0)
        #expect(try String(contentsOfFile: output, encoding: .utf8).contains("xmax = 500 \n"))
        let run = try await ProgramRun(["convert", source])
        #expect(run.exitCode == 64 && run.messages.contains("--format"))
        #expect(try await ProgramRun(["convert", source, "--format", "transcript"]).exitCode == 64)
    }

    @Test("Several recordings stay together where the format can hold them; else one has to be chosen")
    func several() async throws {
        let folder = try ScratchFolder()
        let lines = ["one", "two"].map { "SPEAKER \($0) 1 0.000 1.000 <NA> <NA> Ann <NA> <NA>\n" }.joined()
        let path = try folder.write("both.rttm", Array(lines.utf8))
        #expect(
            try await ProgramRun(["convert", path, "--format", "csv"]).output
                == "recording,start,end,speaker\none,0,1,Ann\ntwo,0,1,Ann\n")
        let run = try await ProgramRun(["convert", path, "--format", "vtt"])
        #expect(run.exitCode == 65 && run.messages.contains("--recording: one, two"))
        let one = try folder.write("x.csv", Array("start,end,speaker\n0,1,B\n".utf8))
        #expect(try await ProgramRun(["score", path, one]).exitCode == 65)
        let score = try await ProgramRun(["score", path, one, "--recording", "two"])
        #expect(score.output.contains("diarization error  0.00 %"))
        let chosen = try await ProgramRun(["convert", path, "--format", "srt", "--recording", "two"])
        #expect(chosen.output == "1\n00:00:00,000 --> 00:00:01,000\nAnn:\n\n")
    }

    @Test("A UEM file holds no speakers, and restricts what is scored")
    func regions() async throws {
        let folder = try ScratchFolder()
        let line = "SPEAKER talk 1 0.000 10.000 <NA> <NA> Ann <NA> <NA>\n"
        let reference = try folder.write("r.rttm", Array(line.utf8))
        let found = try folder.write("f.rttm", Array((line + "SPEAKER talk 1 20 10 <NA> <NA> B <NA> <NA>\n").utf8))
        let map = try folder.write("x.uem", Array("talk 1 0.0 15.0\n".utf8))
        let run = try await ProgramRun(["metrics", map])
        #expect(run.exitCode == 65 && run.messages.contains("it holds regions, not who speaks"))
        #expect(try await ProgramRun(["convert", map, "--format", "uem"]).output == "talk 1 0.000 15.000\n")
        #expect(try await ProgramRun(["score", reference, found]).output.contains("false alarm      100.00 %"))
        #expect(
            try await ProgramRun(["score", reference, found, "--uem", map]).output.contains("false alarm      0.00 %"))
    }

    /// Three people in a Zoom transcript: Theo speaks 4 s, Dana 2 s, Kim 1 s.
    private static let transcript = """
        WEBVTT

        1
        00:00:00.000 --> 00:00:02.000
        Dana Smith: Hi, one thing: how are you?

        2
        00:00:02.000 --> 00:00:06.000
        Theo: Fine.

        3
        00:00:07.000 --> 00:00:08.000
        Kim: Hello!
        """

    @Test("Of three people the two who speak most are kept with a warning, or those who are named")
    func people() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write("zoom.vtt", Array(Self.transcript.utf8))
        let most = try await ProgramRun(["metrics", path, "--format", "csv"])
        #expect(most.exitCode == 0 && most.messages.contains("3 people speak; kept the two who speak most"))
        #expect(most.output.contains(",Dana Smith,Theo,"))
        let named = try await ProgramRun(["metrics", path, "--format", "csv", "--me", "kim", "--with", "Dana Smith"])
        #expect(named.exitCode == 0 && named.messages.contains("kept the two who were named"))
        #expect(named.output.contains(",Dana Smith,Kim,B,"))
        let nobody = try await ProgramRun(["metrics", path, "--me", "Zoe"])
        #expect(nobody.exitCode == 64 && nobody.messages.contains("labels nobody as Zoe; it has Dana Smith, Kim, Theo"))
        let same = try await ProgramRun(["metrics", path, "--me", "A", "--with", "Dana Smith"])
        #expect(same.exitCode == 64 && same.messages.contains("A is Dana Smith"))
    }

    @Test("A malformed file ends with 65 and one sentence with its line", arguments: MalformedLabels.all)
    func malformed(file: MalformedLabels) async throws {
        let folder = try ScratchFolder()
        let path = try folder.write(file.fileName, file.bytes)
        for arguments in [["metrics", path], ["convert", path, "--format", "json"]] {
            let run = try await ProgramRun(arguments)
            #expect(run.exitCode == 65)
            #expect(run.output.isEmpty)
            #expect(
                run.messages.hasPrefix("twoway: \(path):" + (file.line.map { "\($0): " } ?? " ")), "\(run.messages)")
            #expect(run.messages.contains(file.problem), "\(run.messages)")
            #expect(run.messages.split(separator: "\n").count == 1, "\(run.messages)")
        }
    }

    @Test("An analysis can be printed in every label format", arguments: formats.dropLast(2) + ["uem"])
    func analysis(format: String) async throws {
        let folder = try ScratchFolder()
        let output = folder.url.appending(path: "labels").path
        let run = try await ProgramRun(
            ["analyze", ProgramRun.fixture("two-way.wav"), "--format", format, "--names", "A=Ann,B=Ben", "-o", output])
        #expect(run.exitCode == 0)
        let text = try String(contentsOfFile: output, encoding: .utf8)
        #expect(text.contains(format == "uem" ? "two-way 1 0.000" : "Ann"))
    }
}
