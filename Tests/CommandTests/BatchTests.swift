import Foundation
import RepositoryFolders
import Testing

extension BatchSuites {
    @Suite("twoway batch")
    struct BatchTests {
        /// Names as people and machines make them.
        private static let oddNames = [
            "with spaces.wav", "quote ' and \" and `.wav", "line\nbreak.wav", "tab\there.wav", "🎙 Gespräch é.wav",
            "-begins-with-a-dash.wav", "star*?[a].wav", "no ending", "wrong ending.txt", "deep/er/than/that.wav",
            String(repeating: "n", count: 251) + ".wav", "100%/50%25.wav", "#hash&amp;<b>.wav", "back\\slash.wav",
        ]

        /// Ten files that cannot be analysed.
        private static let damaged: [(String, [UInt8])] = [
            ("bad/empty.wav", []), ("bad/text.wav", Array("Dear diary".utf8)),
            ("bad/cut.wav", Array(BatchFolder.piece(0, seconds: 1).prefix(21))),
            ("bad/html.mp3", Array("<!DOCTYPE html><html></html>".utf8)),
            ("bad/no-channels.wav", OddWaves.wave(channels: 0, data: [0, 0])),
            ("bad/no-rate.wav", OddWaves.wave(rate: 0, data: [0, 0])),
            ("bad/fast.wav", OddWaves.wave(rate: 1_000_000, data: [0, 0])),
            ("bad/codec.wav", OddWaves.wave(format: 0x7777, data: [UInt8](repeating: 5, count: 400))),
            ("bad/garbage.flac", Array("fLaC".utf8) + (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 31) }),
            ("bad/picture.ogg", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0]),
        ]

        @Test(
            "Of 500 files with any name, all good ones are analysed, all bad ones reported, in memory that does not grow"
        )
        func fiveHundred() async throws {
            let few = try BatchFolder(BatchFolder.names(40))
            let baseline = try await MeasuredRun(few.arguments("--quiet", "--jobs", "2"))
            #expect(baseline.exitCode == 0)

            let good = Self.oddNames + BatchFolder.names(490 - Self.oddNames.count)
            let folder = try BatchFolder(good)
            for (name, bytes) in Self.damaged { try folder.add(name, bytes) }
            try folder.add("notes.md", Array("# Not a recording".utf8))
            let messages = try folder.scratch.write("messages", [])
            let run = try await MeasuredRun(folder.arguments("--jobs", "2", "--format", "rttm"), messages: messages)
            #expect(run.exitCode == 1)

            let results = try folder.results()
            let paths = results.compactMap { ($0["recording"] as? [String: Any])?["path"] as? String }
            let expected = (good + Self.damaged.map(\.0)).map { folder.recordings.path + "/" + $0 }
            #expect(paths == expected.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
            let failed = results.filter { $0["error"] != nil }
            #expect(failed.count == Self.damaged.count)
            #expect(results.filter { $0["pattern"] != nil }.count == good.count)
            for name in good {
                for file in ["report.json", "labels.rttm", "page.html"] {
                    #expect(FileManager.default.fileExists(atPath: "\(folder.output.path)/recordings/\(name)/\(file)"))
                }
            }
            // The last lines: a heading, then one for each failure with what to do.
            let lines = try String(contentsOfFile: messages, encoding: .utf8).split(separator: "\n").suffix(11)
            #expect(lines.first == "twoway: 10 recordings failed:")
            for (line, name) in zip(lines.dropFirst(), Self.damaged.map(\.0).sorted()) { #expect(line.contains(name)) }
            let index = try String(contentsOf: folder.output.appending(path: "index.html"), encoding: .utf8)
            #expect(index.components(separatedBy: "<tr").count - 1 == 501)
            #expect(index.contains("500 meetings") && index.contains("10 not readable"))
            // Twelve times the files: a tenth more for their names and notes at most.
            #expect(run.peakMemory < baseline.peakMemory * 11 / 10, "\(run.peakMemory) against \(baseline.peakMemory)")
        }

        @Test("Long recordings wait for each other where memory is short")
        func memoryBudget() async throws {
            // Four of 30 minutes: each takes about 55 MB.
            let folder = try BatchFolder(BatchFolder.names(4), seconds: 1800)
            let arguments = folder.arguments("--quiet", "--no-pages", "--jobs", "4", "--memory")
            let tight = try await MeasuredRun(arguments + ["60"])
            try FileManager.default.removeItem(at: folder.output)
            let wide = try await MeasuredRun(arguments + ["2000"])
            #expect(tight.exitCode == 0 && wide.exitCode == 0)
            #expect(tight.peakMemory < 120_000_000, "\(tight.peakMemory)")
            #expect(wide.peakMemory > tight.peakMemory)
        }

        @Test("Results are the same bytes whatever the number of jobs, and on a second run")
        func sameBytes() async throws {
            let folder = try BatchFolder(BatchFolder.names(7) + ["a/x.wav", "b/x.wav"])
            try folder.add("bad.wav", [1, 2, 3])
            var outputs: Set<[String: Data]> = []
            for jobs in ["1", "4"] {
                #expect(try await ProgramRun(folder.arguments("--jobs", jobs)).exitCode == 1)
                outputs.insert(try BatchFolder.contents(folder.output))
                let again = try await ProgramRun(folder.arguments("--jobs", jobs))
                #expect(again.messages.contains("10 recordings: 0 analysed, 9 done before, 1 failed"))
                outputs.insert(try BatchFolder.contents(folder.output))
                try FileManager.default.removeItem(at: folder.output)
            }
            #expect(outputs.count == 1)
        }

        @Test("Only what changed is analysed again: content, results, parameters")
        func resume() async throws {
            let folder = try BatchFolder(BatchFolder.names(4))
            let first = try await ProgramRun(folder.arguments("--format", "rttm"))
            #expect(first.exitCode == 0)
            let names = BatchFolder.names(4)
            // Another time of change is no other content; another content is, even of the same length.
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1)],
                ofItemAtPath: folder.recordings.appending(path: names[0]).path)
            try folder.add(names[1], BatchFolder.piece(77, seconds: 12))
            try FileManager.default.removeItem(at: folder.output.appending(path: "recordings/\(names[2])/labels.rttm"))
            // What a power cut may leave of a note and of a result.
            let cut = [".twoway-record.json", "report.json"].map {
                "\(folder.output.path)/recordings/\(names[3])/\($0)"
            }
            let second = try await ProgramRun(folder.arguments("--format", "rttm"))
            #expect(second.messages.contains("4 recordings: 2 analysed, 2 done before"))
            let whole = try BatchFolder.contents(folder.output)
            for path in cut {
                #expect(truncate(path, 40) == 0)
                let run = try await ProgramRun(folder.arguments("--format", "rttm"))
                #expect(run.messages.contains("4 recordings: 1 analysed, 3 done before"))
                #expect(try BatchFolder.contents(folder.output) == whole)
            }
            let third = try await ProgramRun(folder.arguments("--format", "eaf", "--me", "A"))
            #expect(third.messages.contains("4 recordings: 4 analysed;"))
            let files = try BatchFolder.contents(folder.output).keys
            #expect(files.filter { $0.hasSuffix(".eaf") }.count == 4)
            #expect(files.filter { $0.hasSuffix(".rttm") }.isEmpty)
        }

        @Test("A recording over --max-duration fails by itself; another limit does nothing twice")
        func limit() async throws {
            let folder = try BatchFolder(["short.wav"], seconds: 12)
            try folder.add("long without ending", BatchFolder.piece(1, seconds: 40))
            let first = try await ProgramRun(folder.arguments("--max-duration", "30"))
            #expect(first.exitCode == 1)
            #expect(first.messages.contains("2 recordings: 1 analysed"), "\(first.messages)")
            #expect(first.messages.contains("over the limit of 30 s"), "\(first.messages)")
            let second = try await ProgramRun(folder.arguments())
            #expect(second.exitCode == 0)
            #expect(second.messages.contains("2 recordings: 1 analysed, 1 done before"), "\(second.messages)")
            let list = folder.recordings.path + "/long without ending\n"
            let line = try await ProgramRun(
                ["batch", "--files-from", "-", "--format", "jsonl", "--max-duration", "30"], input: Array(list.utf8))
            #expect(line.exitCode == 1 && line.output.contains("over the limit of 30 s"))
            for wrong in ["0", "-1", "nan", "inf", "x"] {
                #expect(try await ProgramRun(folder.arguments("--max-duration=" + wrong)).exitCode == 64)
            }
        }

        @Test("Found are recordings by content; hidden files, other files and its own output are not")
        func found() async throws {
            let folder = try BatchFolder(["plain.wav", "sub/without-ending", "sub/.hidden.wav", ".hidden/x.wav"])
            try folder.add("picture.png", [0x89, 0x50, 0x4E, 0x47, 1, 2, 3, 4])
            try folder.add("letter.txt", Array("Dear Dana".utf8))
            let inside = folder.recordings.appending(path: "results").path
            for _ in 0..<2 {
                let run = try await ProgramRun(["batch", folder.recordings.path, "--output", inside])
                #expect(run.exitCode == 0)
                #expect(run.messages.contains("twoway: 2 recordings:"))
            }
        }

        @Test("A list names the recordings, with line breaks if it ends names in null characters")
        func list() async throws {
            let folder = try BatchFolder(["one.wav", "two\nlines.wav", "three.wav"])
            let paths = ["three.wav", "two\nlines.wav", "three.wav"].map { folder.recordings.path + "/" + $0 }
            let list = try folder.scratch.write("list", Array((paths.joined(separator: "\0") + "\0").utf8))
            let run = try await ProgramRun(["batch", "--files-from", list, "-0", "--output", folder.output.path])
            #expect(run.exitCode == 0, "\(run.messages)")
            // Twice in the list is once in the results.
            let found = try folder.results().compactMap { ($0["recording"] as? [String: Any])?["path"] as? String }
            #expect(found == [paths[0], paths[1]])
        }

        @Test("Parts done at the same time by several processes give what one run gives")
        func parts() async throws {
            let folder = try BatchFolder(BatchFolder.names(12))
            #expect(try await ProgramRun(folder.arguments()).exitCode == 0)
            let whole = try BatchFolder.contents(folder.output)
            try FileManager.default.removeItem(at: folder.output)
            let runs = try (1...3).map { try RunningProgram(folder.arguments("--part", "\($0)/3", "--jobs", "1")) }
            for run in runs { #expect(try await run.end().exitCode == 0) }
            let last = try await ProgramRun(folder.arguments())
            #expect(last.messages.contains("12 recordings: 0 analysed, 12 done before"))
            #expect(try BatchFolder.contents(folder.output) == whole)
        }

        @Test("File names say when it was and with whom")
        func namePattern() async throws {
            let folder = try BatchFolder(["2026-03-12_Dana Weber.wav", "20260401_Gordon.wav", "other.wav"])
            let run = try await ProgramRun(folder.arguments("--me", "A", "--name-pattern", "{date}_{person}.*"))
            #expect(run.exitCode == 0)
            let names = try folder.results().map { ($0["names"] as? [String: Any])?["B"] as? String }
            #expect(names == ["Dana Weber", "Gordon", nil])
            let index = try String(contentsOf: folder.output.appending(path: "index.html"), encoding: .utf8)
            #expect(index.contains("2026-03-12") && index.contains("2026-04-01"))
        }

        @Test("Progress is a line now and then, JSON for machines, and nothing when quiet")
        func progress() async throws {
            let folder = try BatchFolder(BatchFolder.names(3), seconds: 600)
            try folder.add("bad.wav", [1, 2, 3])
            func run(_ more: String...) async throws -> String {
                try? FileManager.default.removeItem(at: folder.output)
                let run = try await ProgramRun(folder.arguments("--progress-interval", "0.05") + more)
                #expect(run.exitCode == 1)
                #expect(run.output.isEmpty)
                return run.messages
            }
            let lines = try await run("--jobs", "1").split(separator: "\n")
            let progress = lines.first { $0.contains("left") } ?? ""
            #expect(progress.contains(" of 4 files · ") && progress.contains(" of 0.5 h · "))
            #expect(
                progress.contains("× real time") && progress.contains("1 failed") && progress.contains("meeting 100"))
            let quiet = try await run("--quiet").split(separator: "\n")
            #expect(quiet.count == 2 && quiet[0] == "twoway: 1 recording failed:")
            var events: Set<String> = []
            for line in try await run("--log-format", "json").split(separator: "\n") {
                let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                events.insert(try #require(object["event"] as? String))
            }
            #expect(events == ["progress", "failed", "finished"])
        }

        @Test(
            "Wrong usage ends with 64",
            arguments: [
                ["batch"], ["batch", "x"], ["batch", "x", "--files-from", "y", "-o", "z"], ["batch", "x", "-o", "x"],
                ["batch", "x", "--format", "jsonl", "-o", "z"], ["batch", "x", "-o", "z", "--part", "4/3"],
                ["batch", "x", "-o", "z", "--jobs", "0"], ["batch", "x", "-o", "z", "--name-pattern", "plain"],
                ["batch", "--files-from", "x", "-o", "z", "--tracks"], ["batch", "x", "-o", "z", "--me", "Dana"],
            ])
        func usage(arguments: [String]) async throws {
            let run = try await ProgramRun(arguments)
            #expect(run.exitCode == 64, "\(run.messages)")
            #expect(run.messages.contains("Error:"))
        }

        @Test("A folder without recordings is nothing usable, one that is not there cannot be read")
        func nothing() async throws {
            let folder = try BatchFolder()
            let empty = try await ProgramRun(folder.arguments())
            #expect(empty.exitCode == 2 && empty.messages.contains("holds no recordings"))
            let missing = try await ProgramRun(["batch", "/no/such/folder", "--output", folder.output.path])
            #expect(missing.exitCode == 66 && missing.messages.contains("/no/such/folder cannot be listed"))
        }

        @Test(
            "Two cores are at least 1.8 times as fast as one",
            .enabled(
                if: ProcessInfo.processInfo.environment["TWOWAY_TEST_SPEED"] == "1",
                "only on an idle machine; TWOWAY_TEST_SPEED=1 turns it on"))
        func speed() async throws {
            let folder = try BatchFolder(BatchFolder.names(24), seconds: 900)
            var best: [String: Double] = [:]
            // Three times each in turn; the best of each is the one that was disturbed least.
            for _ in 0..<3 {
                for jobs in ["1", "2"] {
                    try? FileManager.default.removeItem(at: folder.output)
                    let run = try await MeasuredRun(folder.arguments("--quiet", "--jobs", jobs))
                    #expect(run.exitCode == 0)
                    best[jobs] = min(best[jobs] ?? .infinity, run.seconds)
                }
            }
            let ratio = try #require(best["1"]) / #require(best["2"])
            print("one core \(best["1"] ?? 0) s, two cores \(best["2"] ?? 0) s: \(ratio) times as fast")
            #expect(ratio >= 1.8)
        }
    }
}
