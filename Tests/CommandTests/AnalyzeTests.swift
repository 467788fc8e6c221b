import Foundation
import RepositoryFolders
import Testing

@Suite("twoway analyze")
struct AnalyzeTests {
    @Test("The report answers in plain words and fits 80 columns", arguments: ["one-sided", "late-pitch", "two-way"])
    func textReport(name: String) async throws {
        let run = try await ProgramRun(["analyze", ProgramRun.fixture(name + ".wav")])
        #expect(run.exitCode == 0)
        #expect(run.messages.isEmpty)
        for line in run.output.split(separator: "\n", omittingEmptySubsequences: false) { #expect(line.count <= 80) }
        try Snapshot.check(run.output, named: "analyze-\(name).txt")
    }

    @Test("JSON has the same bytes on ten runs, at one thread and at two")
    func sameBytes() async throws {
        var outputs: Set<String> = []
        for run in 0..<10 {
            let result = try await ProgramRun([
                "analyze", ProgramRun.fixture("late-pitch.wav"), "--format", "json", "--threads",
                run % 2 == 0 ? "1" : "2",
            ])
            #expect(result.exitCode == 0)
            outputs.insert(result.output)
        }
        #expect(outputs.count == 1)
    }

    @Test("JSON follows the contract")
    func json() async throws {
        let run = try await ProgramRun(["analyze", ProgramRun.fixture("two-way.wav"), "--format", "json"])
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(
            Set(object.keys).isSuperset(of: [
                "twoway", "recording", "diarization", "turns", "segments", "metrics", "pattern",
            ]))
        let recording = try #require(object["recording"] as? [String: Any])
        #expect(recording["sampleRate"] as? Int == 8000)
        let pattern = try #require(object["pattern"] as? [String: Any])
        #expect(pattern["name"] as? String == "twoWay")
        #expect(run.output.hasSuffix("}\n"))
    }

    @Test("RTTM goes round: metrics of the printed labels name the same pattern")
    func rttm() async throws {
        let folder = try ScratchFolder()
        let labels = folder.url.appending(path: "found.rttm").path
        let first = try await ProgramRun([
            "analyze", ProgramRun.fixture("late-pitch.wav"), "--format", "rttm", "--output", labels,
        ])
        #expect(first.exitCode == 0)
        #expect(first.output.isEmpty)
        let second = try await ProgramRun(["metrics", labels, "--duration", "370.6", "--format", "json"])
        #expect(second.exitCode == 0)
        #expect(second.output.contains("\"name\": \"latePitch\""))
    }

    @Test("Standard input gives the result of the file")
    func standardInput() async throws {
        let path = ProgramRun.fixture("two-way.wav")
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let piped = try await ProgramRun(["analyze", "-", "--format", "rttm"], input: bytes)
        let read = try await ProgramRun(["analyze", path, "--format", "rttm"])
        #expect(piped.exitCode == 0)
        func labels(_ text: String) -> [String] {
            text.split(separator: "\n").map { $0.split(separator: " ")[3...4].joined() }
        }
        #expect(labels(piped.output) == labels(read.output))
    }

    @Test("Names replace letters, and you are you")
    func names() async throws {
        let run = try await ProgramRun([
            "analyze", ProgramRun.fixture("one-sided.wav"), "--me", "A", "--with", "Gordon <b>",
        ])
        #expect(run.exitCode == 0)
        #expect(run.output.contains("Gordon <b>"))
        #expect(run.output.lowercased().contains("you"))
        #expect(!run.output.contains("Speaker A"))
    }
}

@Suite("Damaged and odd recordings")
struct OddRecordingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let exitCode: Int32
        let bytes: [UInt8]
        var testDescription: String { name }
    }

    private static let second = 16000
    static let cases: [Case] = [
        Case(name: "empty.wav", exitCode: 65, bytes: []),
        Case(name: "text.wav", exitCode: 65, bytes: Array("Dear diary, today I talked.\n".utf8)),
        Case(name: "truncated-header.wav", exitCode: 65, bytes: Array(OddWaves.wave(data: []).prefix(21))),
        Case(name: "header-only.wav", exitCode: 2, bytes: OddWaves.wave(data: [])),
        Case(
            name: "truncated-data.wav", exitCode: 2,
            bytes: OddWaves.wave(data: [UInt8](repeating: 0, count: 4001), statedBytes: 64_000)),
        Case(name: "no-channels.wav", exitCode: 65, bytes: OddWaves.wave(channels: 0, data: [0, 0, 0, 0])),
        Case(name: "rate-of-zero.wav", exitCode: 65, bytes: OddWaves.wave(rate: 0, data: [0, 0, 0, 0])),
        Case(
            name: "rate-of-a-million.wav", exitCode: 65,
            bytes: OddWaves.wave(rate: 1_000_000, data: [UInt8](repeating: 0, count: 4000))),
        Case(
            name: "not-a-number.wav", exitCode: 2,
            bytes: OddWaves.wave(format: 3, bits: 32, data: OddWaves.float(repeatElement(.nan, count: 2 * second)))),
        Case(
            name: "infinite.wav", exitCode: 2,
            bytes: OddWaves.wave(format: 3, bits: 32, data: OddWaves.float(repeatElement(.infinity, count: 2 * second)))
        ),
        Case(
            name: "constant.wav", exitCode: 2,
            bytes: OddWaves.wave(data: OddWaves.pcm(repeatElement(12_000, count: 3 * second)))),
        Case(name: "silence.wav", exitCode: 2, bytes: OddWaves.wave(data: [UInt8](repeating: 0, count: 6 * second))),
        Case(name: "one-sample.wav", exitCode: 2, bytes: OddWaves.wave(data: [1, 2])),
        Case(
            name: "tenth-of-a-second.wav", exitCode: 2,
            bytes: OddWaves.wave(data: OddWaves.pcm((0..<1600).map { ($0 * 7919) % 20_000 - 10_000 }))),
        Case(
            name: "three-channels.wav", exitCode: 2,
            bytes: OddWaves.wave(channels: 3, data: OddWaves.pcm(repeatElement(0, count: 6 * second)))),
        Case(
            name: "192-kHz.wav", exitCode: 2,
            bytes: OddWaves.wave(rate: 192_000, data: OddWaves.pcm(repeatElement(3, count: 192_000)))),
        Case(
            name: "full-scale-square.wav", exitCode: 2,
            bytes: OddWaves.wave(data: OddWaves.pcm((0..<(3 * second)).map { $0 / 40 % 2 == 0 ? 32_767 : -32_768 }))),
        Case(name: "html.wav", exitCode: 65, bytes: Array("<!DOCTYPE html><html><body>404</body></html>".utf8)),
        Case(
            name: "garbage.flac", exitCode: 65,
            bytes: Array("fLaC".utf8) + (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 31) }),
        Case(
            name: "garbage.mp3", exitCode: 65, bytes: (0..<3000).map { UInt8(truncatingIfNeeded: ($0 &* $0) >> 3) }),
        Case(
            name: "unknown-codec.wav", exitCode: 65,
            bytes: OddWaves.wave(format: 0x7777, data: [UInt8](repeating: 5, count: 4000))),
        Case(
            name: "name with spaces é 🎙.wav", exitCode: 2,
            bytes: OddWaves.wave(data: [UInt8](repeating: 0, count: 2 * second))),
    ]

    @Test("The exit code tells what was wrong, in one clear sentence", arguments: cases)
    func exitCode(odd: Case) async throws {
        let folder = try ScratchFolder()
        let path = try folder.write(odd.name, odd.bytes)
        let run = try await ProgramRun(["analyze", path])
        #expect(run.exitCode == odd.exitCode, "\(run.messages)\(run.output)")
        if odd.exitCode == 65 {
            #expect(run.output.isEmpty)
            #expect(run.messages.split(separator: "\n").count == 1)
            #expect(run.messages.contains(odd.name))
            #expect(run.messages.hasPrefix("twoway: "))
        } else {
            #expect(run.output.contains("No speech was found") || run.output.contains("too short"))
        }
        let json = try await ProgramRun(["analyze", path, "--format", "json", "--quiet"])
        #expect(json.exitCode == odd.exitCode)
        if odd.exitCode == 2 {
            #expect((try? JSONSerialization.jsonObject(with: Data(json.output.utf8))) != nil)
        }
    }

    @Test("A missing file, a folder and a file without permission cannot be read")
    func unreadable() async throws {
        let folder = try ScratchFolder()
        for path in [folder.url.appending(path: "nothing.wav").path, folder.url.path] {
            let run = try await ProgramRun(["analyze", path])
            #expect(run.exitCode == 66)
            #expect(run.messages.split(separator: "\n").count == 1)
        }
    }

    @Test(
        "A file that may not be read says so",
        .enabled(
            if: ProcessInfo.processInfo.environment["USER"] != "root" && NSUserName() != "root", "root may read all"))
    func permission() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write("secret.wav", OddWaves.wave(data: [0, 0]))
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        let run = try await ProgramRun(["analyze", path])
        #expect(run.exitCode == 66)
        #expect(run.messages.contains("permission"))
    }

    @Test("A folder that does not exist cannot take the output, and nothing is half written")
    func unwritable() async throws {
        let run = try await ProgramRun([
            "analyze", ProgramRun.fixture("two-way.wav"), "--output", "/nowhere/report.txt",
        ])
        #expect(run.exitCode == 73)
        #expect(run.messages.contains("/nowhere/report.txt"))
    }

    @Test(
        "Wrong usage ends with 64",
        arguments: [
            ["analyze"], ["analyse", "x.wav"], ["analyze", "x.wav", "--threads", "0"],
            ["analyze", "x.wav", "--format", "pdf"], ["analyze", "x.wav", "--names", "C=Carl"],
            ["analyze", "x.wav", "--me", "nobody"], ["score", "one.rttm"], ["metrics", "x.rttm", "--duration", "-3"],
        ])
    func usage(arguments: [String]) async throws {
        let run = try await ProgramRun(arguments)
        #expect(run.exitCode == 64)
        #expect(run.messages.contains("Error:"))
        #expect(run.output.isEmpty)
    }
}
