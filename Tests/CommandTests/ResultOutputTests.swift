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
}
