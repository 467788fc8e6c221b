import Foundation
import RepositoryFolders
import Testing

@Suite("Where results go")
struct ResultOutputTests {
    private static let arguments = ["convert", ProgramRun.fixture("two-way.rttm"), "--format", "uem", "--output"]
    private static let result = "two-way 1 0.000 315.830\n"

    /// Kind of the file at a path, links not followed.
    private func kind(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
    }

    @Test("A pipe is written to and stays a pipe; so do devices such as /dev/null")
    func pipe() async throws {
        let folder = try ScratchFolder()
        let path = folder.url.appending(path: "pipe").path
        #expect(mkfifo(path, 0o600) == 0)
        // Open for both, so that nobody waits for the other end.
        let descriptor = open(path, O_RDWR)
        defer { close(descriptor) }
        let run = try await ProgramRun(Self.arguments + [path])
        #expect(run.exitCode == 0)
        try #require(kind(path) == S_IFIFO)
        var bytes = [UInt8](repeating: 0, count: Self.result.utf8.count)
        #expect(read(descriptor, &bytes, bytes.count) == bytes.count)
        #expect(String(decoding: bytes, as: UTF8.self) == Self.result)
    }

    @Test("A link stays a link, and the file behind it is replaced")
    func link() async throws {
        let folder = try ScratchFolder()
        let file = try folder.write("file", Array("old".utf8))
        let link = folder.url.appending(path: "link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        #expect(try await ProgramRun(Self.arguments + [link]).exitCode == 0)
        #expect(kind(link) == S_IFLNK)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == Self.result)
    }

    @Test("A folder and a missing folder are refused, and nothing is left behind")
    func refused() async throws {
        let folder = try ScratchFolder()
        for path in [folder.url.path, folder.url.appending(path: "none/x").path] {
            let run = try await ProgramRun(Self.arguments + [path])
            #expect(run.exitCode == 73 && run.messages.contains("cannot be written"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test("A journal export writes to a pipe and through a link, too")
    func privateResults() async throws {
        let folder = try ScratchFolder()
        let journal = folder.url.appending(path: "j.sqlite").path
        let seeds = RepositoryFolders.root.appending(path: "seeds/meetings.jsonl").path
        #expect(try await ProgramRun(["journal", "import", seeds, "--journal", journal]).exitCode == 0)
        let pipe = folder.url.appending(path: "pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        let descriptor = open(pipe, O_RDWR)
        defer { close(descriptor) }
        let export = ["journal", "export", "--journal", journal, "--output"]
        #expect(try await ProgramRun(export + [pipe]).exitCode == 0)
        try #require(kind(pipe) == S_IFIFO)
        let file = try folder.write("file", Array("old".utf8))
        let link = folder.url.appending(path: "link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        #expect(try await ProgramRun(export + [link]).exitCode == 0)
        #expect(kind(link) == S_IFLNK)
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("Theo"))
    }

    @Test(
        "No result and no page takes the place of the journal",
        arguments: [
            ["export", "--output"], ["summary", "--report"], ["person", "Theo", "--report"], ["list", "--output"],
        ])
    func journalIsSpared(arguments: [String]) async throws {
        let folder = try ScratchFolder()
        let journal = folder.url.appending(path: "j.sqlite").path
        let seeds = RepositoryFolders.root.appending(path: "seeds/meetings.jsonl").path
        #expect(try await ProgramRun(["journal", "import", seeds, "--journal", journal]).exitCode == 0)
        let run = try await ProgramRun(["journal"] + arguments + [journal, "--journal", journal])
        #expect(
            run.exitCode == 64 && run.messages.contains("take its place") || run.messages.contains("take the place"))
        #expect(try await ProgramRun(["journal", "list", "--journal", journal]).output.contains("Theo"))
    }

    @Test("No result takes the place of the recording or the labels it is made from")
    func inputIsSpared() async throws {
        let folder = try ScratchFolder()
        let bytes = try Data(contentsOf: RepositoryFolders.fixtures.appending(path: "late-pitch.wav"))
        let recording = try folder.write("meeting.wav", Array(bytes))
        let labels = try folder.write(
            "meeting.rttm", Array(try Data(contentsOf: RepositoryFolders.fixtures.appending(path: "two-way.rttm"))))
        for arguments in [
            ["analyze", recording, "--output", recording], ["metrics", labels, "--output", labels],
            ["score", labels, labels, "--output", labels],
        ] {
            let run = try await ProgramRun(arguments)
            #expect(run.exitCode == 64 && run.messages.contains("take the place of the input"))
        }
        #expect(try Data(contentsOf: URL(filePath: recording)) == bytes)
    }
}
