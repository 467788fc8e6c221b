import Foundation
import RepositoryFolders
import Testing

extension BatchSuites {
    @Suite("--tracks")
    struct TracksTests {
        /// Two tracks out of one fixture: each holds one half of the meeting and silence for the other.
        private func tracks(_ names: [String]) throws -> BatchFolder {
            let folder = try BatchFolder()
            let sound = BatchFolder.piece(2, seconds: 240).dropFirst(44)
            let half = sound.count / 2
            // 0xFF is silence in µ-law.
            let silence = [UInt8](repeating: 0xFF, count: half)
            let halves = [Array(sound.prefix(half)) + silence, silence + Array(sound.suffix(half))]
            for (name, data) in zip(names, halves) {
                try folder.add(name, OddWaves.wave(format: 7, rate: 8000, bits: 8, data: data))
            }
            return folder
        }

        @Test("analyze takes two files and calls the people like them")
        func analyze() async throws {
            let folder = try tracks(["Dana.wav", "Gordon.wav"])
            let paths = ["Gordon.wav", "Dana.wav"].map { folder.recordings.path + "/" + $0 }
            let run = try await ProgramRun(["analyze", "--tracks", "--format", "rttm"] + paths)
            #expect(run.exitCode == 0, "\(run.messages)")
            let lines = run.output.split(separator: "\n").map { $0.split(separator: " ") }
            #expect(!lines.isEmpty)
            for line in lines {
                // Dana has the first two minutes, Gordon the others.
                #expect(line[7] == (try #require(Double(line[3])) < 119 ? "Dana" : "Gordon"))
            }
            let me = try await ProgramRun(
                ["analyze", "--tracks", "--me", "left", "--with", "Dana", "--format", "json"] + paths)
            #expect(me.output.contains("\"me\": \"B\""))
        }

        @Test("A batch takes each folder with two files for a meeting")
        func batch() async throws {
            let folder = try tracks(["one/Dana.wav", "one/Gordon.wav"])
            try folder.add("two/alone.wav", BatchFolder.piece(0, seconds: 10))
            var outputs: Set<[String: Data]> = []
            for _ in 0..<2 {
                let run = try await ProgramRun(folder.arguments("--tracks"))
                #expect(run.exitCode == 1)
                #expect(run.messages.contains("two holds 1 recording; with --tracks a meeting is a folder with two"))
                outputs.insert(try BatchFolder.contents(folder.output))
            }
            #expect(outputs.count == 1)
            let results = try folder.results()
            #expect(results.count == 2)
            #expect((results[0]["names"] as? [String: String]) == ["A": "Dana", "B": "Gordon"])
        }

        @Test(
            "Wrong usage ends with 64",
            arguments: [
                ["analyze", "a.wav", "b.wav"], ["analyze", "--tracks", "a.wav"], ["analyze", "a.wav", "--offset", "2"],
                ["analyze", "--tracks", "a.wav", "b.wav", "c.wav"], ["analyze", "--tracks", "a.wav", "-"],
                ["analyze", "--tracks", "a.wav", "b.wav", "--offset", "5000"],
                ["analyze", "--tracks", "a.wav", "b.wav", "--report", "x.html", "--embed-audio"],
            ])
        func usage(arguments: [String]) async throws {
            let run = try await ProgramRun(arguments)
            #expect(run.exitCode == 64)
            #expect(run.messages.contains("Error:"))
        }
    }
}
