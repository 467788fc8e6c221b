import Foundation
import RepositoryFolders
import Testing

/// What leaves the machine, and what results tell about it.
@Suite("Nothing leaves the machine")
struct PrivacyTests {
    @Test(
        "No command makes a socket",
        .enabled(if: Machine.traces, "strace is not installed, or may not watch here"))
    func sockets() async throws {
        let journal = try await JournalRun.withSeeds()
        // A list of addresses for players, with a byte that keeps it from being text: only ffmpeg looks into it.
        let list =
            "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXTINF:10,\ntcp://127.0.0.1:9\n\u{1}"
        let playlist = try journal.folder.write("call.m3u8", Array(list.utf8))
        let concat = try journal.folder.write(
            "call.bin", Array("ffconcat version 1.0\nfile http://127.0.0.1:9/a.wav\n\u{1}\n".utf8))
        let shell = try await Shell(
            """
            cd '\(journal.folder.url.path)'
            export TWOWAY_JOURNAL='\(journal.path)' HOME='\(journal.folder.url.path)'
            traced() { strace -f -qq -o trace -e trace=network "$@" >/dev/null 2>messages; echo "code $?"; cat messages; cat trace; }
            traced "$twoway" analyze '\(ProgramRun.fixture("two-way.wav"))' --report page.html --embed-audio --me A --with Dana --save
            traced "$twoway" metrics '\(ProgramRun.fixture("two-way.rttm"))' --format json
            traced "$twoway" convert '\(ProgramRun.fixture("two-way.rttm"))' --format eaf
            traced "$twoway" journal list
            traced "$twoway" journal owe --format ics
            traced "$twoway" journal export
            traced "$twoway" analyze '\(playlist)'
            traced "$twoway" analyze '\(concat)'
            traced "$twoway" live - < '\(ProgramRun.fixture("two-way.wav"))'
            """)
        #expect(shell.output.components(separatedBy: "code ").count == 10, "\(shell.output)")
        #expect(shell.output.components(separatedBy: "code 0").count == 8, "\(shell.output)")
        #expect(!shell.output.contains("socket(") && !shell.output.contains("connect("), "\(shell.output)")
    }

    @Test("Results say nothing of where the recording lies, but JSON and CSV repeat the path as it was typed")
    func paths() async throws {
        let folder = try ScratchFolder()
        let place = folder.url.appending(path: "home/marta-secret")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let path = place.appending(path: "meeting.wav").path
        try FileManager.default.copyItem(atPath: ProgramRun.fixture("late-pitch.wav"), toPath: path)
        let page = folder.url.path + "/page.html"
        for format in ["text", "rttm", "textgrid", "eaf", "vtt", "srt", "audacity", "uem"] {
            let run = try await ProgramRun(["analyze", path, "--format", format, "--report", page])
            #expect(run.exitCode == 0)
            #expect(!run.output.contains("marta-secret"), "\(format)")
        }
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(!html.contains("marta-secret"))
        let json = try await ProgramRun(["analyze", path, "--format", "json"])
        #expect(json.output.contains("marta-secret/meeting.wav"))
        let shell = try await Shell("cd '\(place.path)' && \"$twoway\" analyze meeting.wav --format json")
        #expect(!shell.output.contains("marta-secret") && shell.output.contains("\"meeting.wav\""))
    }

    /// Permissions of a file.
    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test("The journal is for its owner only; results follow the umask, and a file that is there keeps its mode")
    func modes() async throws {
        let journal = try await JournalRun.withSeeds()
        #expect(mode(journal.path) == 0o600)
        let rttm = ProgramRun.fixture("two-way.rttm")
        let shell = try await Shell(
            """
            cd '\(journal.folder.url.path)'
            umask 077; "$twoway" metrics '\(rttm)' --quiet --output private --report private.html >/dev/null
            umask 022; "$twoway" metrics '\(rttm)' --quiet --output open >/dev/null
            touch kept; chmod 640 kept; "$twoway" metrics '\(rttm)' --quiet --output kept >/dev/null
            "$twoway" journal export --journal '\(journal.path)' --output export.jsonl
            stat -c '%n %a' private private.html open kept export.jsonl
            """)
        #expect(
            shell.output == "private 600\nprivate.html 600\nopen 644\nkept 640\nexport.jsonl 600\n", "\(shell.output)")
    }
}
