import Foundation
import RepositoryFolders
import Testing

extension BatchSuites {
    @Suite("twoway batch as a filter")
    struct BatchFilterTests {
        private func path(_ line: Substring) throws -> String {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require((object?["recording"] as? [String: Any])?["path"] as? String)
        }

        @Test("Paths go in, one line a recording comes out, failures among them; in order if wanted")
        func lines() async throws {
            let folder = try BatchFolder(BatchFolder.names(12) + ["z.wav"])
            // The first is far longer than the others, so that it is done last.
            try folder.add("first.wav", BatchFolder.piece(0, seconds: 1500))
            try folder.add("bad.wav", [1])
            let paths = ["first.wav", "missing.wav", "bad.wav"] + BatchFolder.names(12)
            let full = paths.map { folder.recordings.path + "/" + $0 }
            let input = Array(full.joined(separator: "\n").utf8)
            let arguments = ["batch", "--files-from", "-", "--format", "jsonl", "--jobs", "2"]
            let run = try await ProgramRun(arguments, input: input)
            #expect(run.exitCode == 1)
            let found = try run.output.split(separator: "\n").map(path)
            #expect(found.sorted() == full.sorted())
            #expect(found != full)
            let ordered = try await ProgramRun(arguments + ["--keep-order"], input: input)
            #expect(ordered.exitCode == 1)
            #expect(try ordered.output.split(separator: "\n").map(path) == full)
            #expect(ordered.output.components(separatedBy: "\"error\":").count - 1 == 2)
            #expect(ordered.messages.contains("missing.wav does not exist; check the path."))
        }

        @Test("A line is the report of analyze on one line")
        func report() async throws {
            let recording = ProgramRun.fixture("two-way.wav")
            let run = try await ProgramRun(
                ["batch", "--files-from", "-", "--format", "jsonl"], input: Array(recording.utf8))
            let single = try await ProgramRun(["analyze", recording, "--format", "json"])
            func object(_ text: String) throws -> NSDictionary? {
                try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
            }
            #expect(run.exitCode == 0)
            #expect(try object(run.output) == object(single.output))
        }

        @Test("A result is out before the next path is in")
        func immediate() async throws {
            let folder = try BatchFolder(BatchFolder.names(2))
            let process = Process()
            let (input, output) = (Pipe(), Pipe())
            process.executableURL = RepositoryFolders.program
            process.arguments = ["batch", "--files-from", "-", "--format", "jsonl", "--quiet"]
            (process.standardInput, process.standardOutput) = (input, output)
            try process.run()
            for name in BatchFolder.names(2) {
                try input.fileHandleForWriting.write(contentsOf: Data("\(folder.recordings.path)/\(name)\n".utf8))
                var line = Data()
                while line.last != 10 {
                    let piece = output.fileHandleForReading.availableData
                    try #require(!piece.isEmpty)
                    line += piece
                }
                #expect(String(decoding: line, as: UTF8.self).contains(name))
            }
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }

        @Test("xargs drives it with several processes at once")
        func xargs() async throws {
            let folder = try BatchFolder(BatchFolder.names(9))
            let program = RepositoryFolders.program.path
            let run = try await ProgramRun(
                [
                    "-c",
                    "find '\(folder.recordings.path)' -name '*.wav' -print0 | xargs -0 -n 3 -P 2 bash -c "
                        + "'printf \"%s\\0\" \"$@\" | \"$0\" batch -0 --files-from - --format jsonl --quiet' '\(program)'",
                ], of: URL(filePath: "/bin/bash"))
            #expect(run.exitCode == 0, "\(run.messages)")
            let found = try run.output.split(separator: "\n").map(path)
            #expect(found.sorted() == BatchFolder.names(9).map { folder.recordings.path + "/" + $0 })
        }

        @Test("SIGTERM ends it with whole lines and 130")
        func stopped() async throws {
            // A list may name a recording as often as it likes; so many are never done before the signal.
            let paths = (0..<2000).map { _ in ProgramRun.fixture("two-way.wav") }.joined(separator: "\n")
            let scratch = try ScratchFolder()
            let (list, lines) = (
                try scratch.write("list", Array(paths.utf8)), scratch.url.appending(path: "lines").path
            )
            let run = try RunningProgram(
                [
                    "-c", "exec \"$0\" batch --files-from \"$1\" --format jsonl > \"$2\"",
                    RepositoryFolders.program.path,
                    list, lines,
                ], of: URL(filePath: "/bin/bash"))
            func count() -> Int { (FileManager.default.contents(atPath: lines) ?? Data()).filter { $0 == 10 }.count }
            try await RunningProgram.wait { count() >= 2 }
            try await run.send(SIGTERM)
            let end = try await run.end()
            #expect(end.exitCode == 130)
            #expect(end.messages.contains("Stopped."))
            let text = try String(contentsOfFile: lines, encoding: .utf8)
            #expect(text.hasSuffix("}\n"))
            for line in text.split(separator: "\n") { _ = try path(line) }
        }
    }
}
