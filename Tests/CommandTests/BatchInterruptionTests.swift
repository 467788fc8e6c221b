import Foundation
import RepositoryFolders
import Testing

extension BatchSuites {
    @Suite("A batch that is disturbed")
    struct BatchInterruptionTests {
        /// The number of recordings that are noted as done.
        private func doneCount(_ folder: BatchFolder) -> Int {
            let names = try? FileManager.default.contentsOfDirectory(
                atPath: folder.output.appending(path: "recordings").path)
            return (names ?? []).filter {
                FileManager.default.fileExists(
                    atPath: folder.output.appending(path: "recordings/\($0)/.twoway-record.json").path)
            }.count
        }

        /// What an uninterrupted run gives.
        private func undisturbed(_ folder: BatchFolder, exitCode: Int32 = 0) async throws -> [String: Data] {
            #expect(try await ProgramRun(folder.arguments("--format", "rttm")).exitCode == exitCode)
            let whole = try BatchFolder.contents(folder.output)
            try FileManager.default.removeItem(at: folder.output)
            return whole
        }

        @Test("Twenty times kill -9 at random moments, then a whole run: the bytes of an uninterrupted one")
        func killed() async throws {
            let folder = try BatchFolder(BatchFolder.names(60), seconds: 20)
            try folder.add("bad.wav", [1, 2, 3])
            let whole = try await undisturbed(folder, exitCode: 1)
            var wasCutOff = 0
            for kill in 0..<20 {
                let run = try RunningProgram(folder.arguments("--format", "rttm"))
                try await run.send(SIGKILL, after: .random(in: 0.01...0.25))
                let end = try await run.end()
                #expect(end.exitCode == 128 + SIGKILL || end.exitCode == 1, "kill \(kill): \(end.messages)")
                if end.exitCode == 128 + SIGKILL { wasCutOff += 1 }
            }
            #expect(wasCutOff >= 10)
            let last = try await ProgramRun(folder.arguments("--format", "rttm"))
            #expect(last.exitCode == 1)
            #expect(try BatchFolder.contents(folder.output) == whole)
        }

        @Test("Ctrl-C and SIGTERM end it cleanly and say how to go on", arguments: [SIGINT, SIGTERM])
        func stopped(signal: Int32) async throws {
            let folder = try BatchFolder(BatchFolder.names(30), seconds: 120)
            let whole = try await undisturbed(folder)
            let run = try RunningProgram(folder.arguments("--format", "rttm", "--jobs", "1"))
            try await RunningProgram.wait { doneCount(folder) >= 3 }
            try await run.send(signal)
            let end = try await run.end()
            #expect(end.exitCode == 130)
            #expect(
                end.messages.contains(" of 30 recordings are done and kept in \(folder.output.path); the same command"))
            let left = try FileManager.default.contentsOfDirectory(
                atPath: folder.output.appending(path: ".twoway-batch/unfinished").path)
            #expect(left.isEmpty)
            let last = try await ProgramRun(folder.arguments("--format", "rttm"))
            #expect(last.exitCode == 0)
            #expect(!last.messages.contains("cut off"))
            #expect(!last.messages.contains(" 0 done before"))
            #expect(try BatchFolder.contents(folder.output) == whole)
        }

        @Test("For machines, a stop and an error are events too")
        func events() async throws {
            func event(_ line: Substring?) throws -> NSDictionary? {
                try JSONSerialization.jsonObject(with: Data((line ?? "").utf8)) as? NSDictionary
            }
            // Enough that a busy machine is not done before the signal comes.
            let folder = try BatchFolder(BatchFolder.names(80), seconds: 120)
            let run = try RunningProgram(folder.arguments("--log-format", "json", "--jobs", "1"))
            try await RunningProgram.wait { doneCount(folder) >= 1 }
            let second = try await ProgramRun(folder.arguments("--log-format", "json"))
            #expect(second.exitCode == 73)
            let refusal = try event(second.messages.split(separator: "\n").last)
            #expect(refusal?["event"] as? String == "error")
            #expect((refusal?["message"] as? String)?.contains("is being written by process") == true)
            try await run.send(SIGTERM)
            let end = try await run.end()
            #expect(end.exitCode == 130)
            #expect(try event(end.messages.split(separator: "\n").last)?["event"] as? String == "stopped")
        }

        @Test("Two runs do not share an output folder; a lock left by a dead one is no hindrance")
        func lock() async throws {
            let folder = try BatchFolder(BatchFolder.names(20), seconds: 120)
            let first = try RunningProgram(folder.arguments("--jobs", "1"))
            try await RunningProgram.wait { doneCount(folder) >= 1 }
            let second = try await ProgramRun(folder.arguments())
            #expect(second.exitCode == 73)
            #expect(second.messages.contains("is being written by process "))
            try await first.send(SIGKILL)
            #expect(try await first.end().exitCode == 128 + SIGKILL)
            let third = try await ProgramRun(folder.arguments())
            #expect(third.exitCode == 0)
            #expect(third.messages.contains("was cut off; going on."))
        }

        @Test("A full disk is one clear error; what was written stays, and with room it goes on")
        func fullDisk() async throws {
            let folder = try BatchFolder(BatchFolder.names(6))
            let whole = try await undisturbed(folder)
            // The page of a meeting is larger than 16 KiB (32 blocks of 512 bytes), its report is not.
            let command = ([RepositoryFolders.program.path] + folder.arguments("--format", "rttm"))
                .map { "'\($0)'" }.joined(separator: " ")
            let run = try await ProgramRun(
                ["-c", "ulimit -f 16; exec \(command) 2>&1 | cat"], of: URL(filePath: "/bin/bash"))
            #expect(run.output.contains("cannot be written (File too large)"), "\(run.output)")
            #expect(run.output.contains("0 of 6 recordings are done and kept in"))
            #expect(!FileManager.default.fileExists(atPath: folder.output.appending(path: "results.jsonl").path))
            #expect(try await ProgramRun(folder.arguments("--format", "rttm")).exitCode == 0)
            #expect(try BatchFolder.contents(folder.output) == whole)
        }

        /// Mounts a small file system where that is allowed.
        private static func mount(_ arguments: [String]) -> Bool {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = arguments
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }

        private static let canMount: Bool = {
            guard let folder = try? ScratchFolder(),
                mount(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.url.path])
            else { return false }
            return mount(["umount", folder.url.path])
        }()

        @Test(
            "A disk that fills up in the middle keeps all results that are noted, and more room finishes them",
            .enabled(if: canMount, "no permission to mount a small file system"))
        func smallDisk() async throws {
            let folder = try BatchFolder(BatchFolder.names(8))
            let whole = try await undisturbed(folder)
            try FileManager.default.createDirectory(at: folder.output, withIntermediateDirectories: true)
            #expect(Self.mount(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder.output.path]))
            defer { _ = Self.mount(["umount", folder.output.path]) }
            let full = try await ProgramRun(folder.arguments("--format", "rttm", "--jobs", "1"))
            #expect(full.exitCode == 73)
            #expect(full.messages.contains("cannot be written (No space left on device)"), "\(full.messages)")
            let done = doneCount(folder)
            #expect(done >= 1 && done < 8)
            #expect(full.messages.contains("\(done) of 8 recordings are done and kept in"))
            #expect(Self.mount(["mount", "-o", "remount,size=20m", folder.output.path]))
            let last = try await ProgramRun(folder.arguments("--format", "rttm"))
            #expect(last.exitCode == 0 && last.messages.contains("\(done) done before"))
            #expect(try BatchFolder.contents(folder.output) == whole)
        }

        @Test("An output folder that cannot be written is said at once")
        func unwritable() async throws {
            let folder = try BatchFolder(BatchFolder.names(1))
            let file = try folder.scratch.write("file", [])
            for output in [file, file + "/below", "/proc/results"] {
                let run = try await ProgramRun(["batch", folder.recordings.path, "--output", output])
                #expect(run.exitCode == 73, "\(run.messages)")
                #expect(run.messages.contains("cannot be written"))
                #expect(run.messages.split(separator: "\n").count == 1)
            }
        }

        @Test(
            "An output folder without permission is said at once",
            .enabled(if: geteuid() != 0, "root may write anywhere"))
        func noPermission() async throws {
            let folder = try BatchFolder(BatchFolder.names(1))
            try FileManager.default.createDirectory(at: folder.output, withIntermediateDirectories: true)
            try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.output.path)
            let run = try await ProgramRun(folder.arguments())
            #expect(run.exitCode == 73 && run.messages.contains("Permission denied"))
        }

        @Test(
            "A folder of recordings, or of results, that vanishes stops the run; back again, it goes on",
            arguments: [true, false])
        func vanished(isInput: Bool) async throws {
            let folder = try BatchFolder(BatchFolder.names(30), seconds: 120)
            let whole = try await undisturbed(folder)
            let run = try RunningProgram(folder.arguments("--format", "rttm", "--jobs", "1"))
            try await RunningProgram.wait { doneCount(folder) >= 3 }
            let place = isInput ? folder.recordings : folder.output
            let away = folder.scratch.url.appending(path: "away")
            try FileManager.default.moveItem(at: place, to: away)
            let end = try await run.end()
            #expect(end.exitCode == (isInput ? 66 : 73), "\(end.messages)")
            #expect(end.messages.contains("vanished during the run"))
            #expect(end.messages.contains("the same command goes on from there"))
            #expect(!FileManager.default.fileExists(atPath: place.path))
            try FileManager.default.moveItem(at: away, to: place)
            let last = try await ProgramRun(folder.arguments("--format", "rttm"))
            #expect(last.exitCode == 0)
            #expect(!last.messages.contains("30 analysed"))
            #expect(try BatchFolder.contents(folder.output) == whole)
        }

        @Test("A recording that grows while it is read fails with the reason, the others do not")
        func growing() async throws {
            let folder = try BatchFolder(["a.wav", "b.wav"])
            try folder.add("growing.wav", BatchFolder.piece(1, seconds: 1800))
            let recorder = try #require(
                FileHandle(forWritingAtPath: folder.recordings.appending(path: "growing.wav").path))
            try recorder.seekToEnd()
            let run = try RunningProgram(folder.arguments("--jobs", "1"))
            let writing = Task {
                while !Task.isCancelled {
                    try recorder.write(contentsOf: Data(repeating: 0x7F, count: 80))
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            let end = try await run.end()
            writing.cancel()
            #expect(end.exitCode == 1)
            #expect(
                end.messages.contains("growing.wav changed while it was read; wait until its recorder"),
                "\(end.messages)")
            #expect(try folder.results().filter { $0["error"] == nil }.count == 2)
            _ = await writing.result
            #expect(try await ProgramRun(folder.arguments()).exitCode == 0)
        }
    }
}
