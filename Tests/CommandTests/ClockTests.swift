import Foundation
import RepositoryFolders
import Testing

/// The time of day is set forward and back while the program runs, or is wrong all the time.
@Suite("Clocks that jump", .serialized, .timeLimit(.minutes(10)))
struct ClockTests {
    private static let noFalseClock: Comment = "faketime is not installed (Debian: apt-get install faketime)"

    /// Without it libfaketime sets this variable itself, which moves the environment, beside which Swift then no longer
    /// finds the arguments.
    private static let sharedNames = "/twoway-no-semaphore /twoway-no-memory"

    @Test(
        "Entries made while the clock stands in 1970, in 2100, or goes back keep their own days, and none is lost",
        .enabled(if: Machine.falseClock != nil, noFalseClock))
    func journalEntries() async throws {
        let journal = try JournalRun()
        let library = try #require(Machine.falseClock)
        let shell = try await Shell(
            """
            export TWOWAY_JOURNAL='\(journal.path)' TZ=UTC FAKETIME_SHARED='\(Self.sharedNames)'
            add() { LD_PRELOAD='\(library)' FAKETIME="$1" "$twoway" journal add --with "$2" --date today --length 30 >/dev/null 2>&1; echo "add $?"; }
            add '2026-11-25 12:00:00' Dana; add '2026-11-20 12:00:00' Theo; add '1970-01-02 00:00:01' Gordon
            add '2100-02-28 23:59:58' Marta; add '2026-11-25 11:00:00' Dana
            "$twoway" journal list --format csv | cut -d, -f1-3 | tail -n +2
            LD_PRELOAD='\(library)' FAKETIME='1999-12-31 23:59:59' "$twoway" journal summary >/dev/null; echo "summary $?"
            LD_PRELOAD='\(library)' FAKETIME='1999-12-31 23:59:59' "$twoway" journal owe >/dev/null; echo "owe $?"
            """)
        #expect(shell.output.components(separatedBy: "add 0").count == 6, "\(shell.output)")
        for day in ["1970-01-02", "2026-11-20", "2100-02-28"] {
            #expect(shell.output.components(separatedBy: "\n").count { $0.contains(day) } == 1, "\(shell.output)")
        }
        #expect(shell.output.components(separatedBy: "\n").count { $0.contains("2026-11-25") } == 2, "\(shell.output)")
        #expect(shell.output.contains("summary 0") && shell.output.contains("owe 0"), "\(shell.output)")
    }

    // Sound    |= 60 s =|   pause 1 s   |= 60 s =|   nothing more: 2 s until the meeting is ended
    // Clock             + 1 day                   − 2 days
    @Test(
        "A live meeting goes on over a clock that is set a day forward and two days back; a stall lasts what it lasts",
        .enabled(if: Machine.falseClock != nil, noFalseClock))
    func liveMeeting() async throws {
        let folder = try ScratchFolder()
        let clock = try folder.write("clock", Array("+0d\n".utf8))
        let meeting = try RunningMeeting(
            ["-", "--stall-limit", "2"],
            environment: [
                "LD_PRELOAD": try #require(Machine.falseClock), "FAKETIME_TIMESTAMP_FILE": clock,
                "FAKETIME_SHARED": Self.sharedNames, "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            ])
        let sound = [UInt8](try Data(contentsOf: URL(filePath: ProgramRun.fixture("two-way.wav"))))
        try meeting.write(Array(sound.prefix(58 + 8_000 * 60)))
        try Data("+1d\n".utf8).write(to: URL(filePath: clock))
        try await Task.sleep(for: .seconds(1))
        try meeting.write(Array(sound.dropFirst(58 + 8_000 * 60).prefix(8_000 * 60)))
        try Data("-1d\n".utf8).write(to: URL(filePath: clock))
        let start = ContinuousClock.now
        #expect(try await meeting.exitCode() == 0)
        // The sound itself takes part of it, the more the busier the machine is.
        #expect(ContinuousClock.now - start > .seconds(1.9))
        #expect(meeting.messages.contains("Nothing came from the recorder for 2 s"), "\(meeting.messages)")
        #expect(meeting.output.contains("2:00 long"), "\(meeting.output)")
    }

    @Test(
        "Waiting for the recorder never looks at the time of day, which can be set back by an hour meanwhile",
        .enabled(if: Machine.traces, "strace is not installed, or may not watch here"))
    func waitsByAnotherClock() async throws {
        let folder = try ScratchFolder()
        let shell = try await Shell(
            """
            cd '\(folder.url.path)'
            (head -c 200000 '\(ProgramRun.fixture("two-way.wav"))'; sleep 5) |
                strace -f -ttt -o trace -e trace=futex "$twoway" live - --quiet >/dev/null; echo "ended with $?"
            # Threads without work wait by the time of day for a while; in the middle of the pause they are done with that.
            end=$(tail -n 1 trace | awk '{print $2}')
            awk -v end="$end" '$2 > end - 4 && $2 < end - 1' trace >pause
            echo "waits $(grep -c FUTEX_WAIT pause)"
            echo "by the time of day $(grep FUTEX_CLOCK_REALTIME pause | grep -vc NULL)"
            """)
        #expect(shell.output.contains("ended with 0"), "\(shell.output)")
        #expect(!shell.output.contains("waits 0"), "\(shell.output)")
        #expect(shell.output.contains("by the time of day 0\n"), "\(shell.output)")
    }
}
