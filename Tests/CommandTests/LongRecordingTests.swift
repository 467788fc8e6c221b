import Foundation
import SeededSignals
import Testing

@Suite("Recordings of extreme length", .serialized, .timeLimit(.minutes(10)))
struct LongRecordingTests {
    /// Runs a command in a shell and returns its output, exit code and greatest memory, MB.
    private func measured(_ command: String) async throws -> (output: String, code: Int, megabytes: Int) {
        let shell = try await Shell(
            """
            \(command) & pid=$!
            peak=0
            while kill -0 $pid 2>/dev/null; do
                now=$(awk '/VmHWM/{print $2}' /proc/$pid/status 2>/dev/null); [ "${now:-0}" -gt $peak ] && peak=$now
                sleep 0.05
            done
            wait $pid; echo "code $?"; echo "peak $peak"
            """)
        func number(_ word: String) -> Int {
            shell.output.split(separator: "\n").last { $0.hasPrefix(word) }.flatMap { Int($0.dropFirst(word.count)) }
                ?? -1
        }
        return (shell.output, number("code "), number("peak ") / 1_024)
    }

    @Test("Six hours of zeros in a sparse file are read in bounded memory and hold no speech")
    func sixHours() async throws {
        let folder = try ScratchFolder()
        let path = try FaultTests.sparseRecording(folder, seconds: 6 * 3_600)
        let run = try await measured("\"$twoway\" analyze '\(path)' --quiet")
        #expect(run.code == 2, "\(run.output)")
        // About 48 MB an hour, and what the program takes by itself.
        #expect(run.megabytes < 6 * 60 + 200, "\(run.megabytes) MB")
    }

    @Test("A FLAC of 200 KB with 30 hours of silence is refused with the limit named, at once and in little memory")
    func bomb() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write("bomb.flac", SilentFLAC.bytes(seconds: 30 * 3_600, statesLength: true))
        let run = try await measured("\"$twoway\" analyze '\(path)'")
        #expect(run.code == 65)
        #expect(run.output.contains("says that it lasts 30 h"), "\(run.output)")
        #expect(run.output.contains("over the limit of 25 h") && run.output.contains("--max-duration"))
        #expect(run.megabytes < 100, "\(run.megabytes) MB")
    }

    @Test("The limit is set by --max-duration, and holds where the header states no length")
    func option() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write("bomb.flac", SilentFLAC.bytes(seconds: 4 * 3_600, statesLength: false))
        let run = try await measured("\"$twoway\" analyze '\(path)' --max-duration 3600")
        #expect(run.code == 65 && run.output.contains("does not end, which is over the limit of 1 h"), "\(run.output)")
        #expect(run.megabytes < 250, "\(run.megabytes) MB")
        for wrong in ["0", "-1", "nan", "inf", "x"] {
            #expect(try await ProgramRun(["analyze", path, "--max-duration=" + wrong]).exitCode == 64)
        }
    }

    @Test("Streams without end are refused as journal and as labels, in bounded memory")
    func endless() async throws {
        let journal = try JournalRun()
        let journalRun = try await measured(
            "\"$twoway\" journal import /dev/zero --journal '\(journal.path)'")
        #expect(journalRun.code == 65 && journalRun.output.contains("is larger than 512 MiB"), "\(journalRun.output)")
        #expect(journalRun.megabytes < 1_300, "\(journalRun.megabytes) MB")
        let labels = try await measured("\"$twoway\" metrics /dev/zero")
        #expect(labels.code == 65 && labels.output.contains("more than 64 MiB"), "\(labels.output)")
        #expect(labels.megabytes < 300, "\(labels.megabytes) MB")
    }
}
