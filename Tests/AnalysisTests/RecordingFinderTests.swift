import Analysis
import Foundation
import RepositoryFolders
import Testing

@Suite("Which files are the recordings of a batch")
struct RecordingFinderTests {
    /// A folder with copies of a fixture's first second, gone after the test.
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appending(path: "finder-\(UUID().uuidString)")

        init(_ names: [String]) throws {
            let bytes = try Data(contentsOf: RepositoryFolders.fixtures.appending(path: "two-way.wav")).prefix(8100)
            for name in names {
                let file = url.appending(path: name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try bytes.write(to: file)
            }
        }

        deinit { try? FileManager.default.removeItem(at: url) }
    }

    @Test("Places come in the order of their bytes, whatever the order on the disk")
    func order() throws {
        let folder = try Folder(["b/a", "a.wav", "a/z.wav", "B.wav", "ä.wav"])
        let found = try RecordingFinder(folder: folder.url.path, skipping: nil).recordings()
        #expect(found.map(\.place) == ["B.wav", "a.wav", "a/z.wav", "b/a", "ä.wav"])
    }

    @Test("A link to a file counts, a link to a folder is not followed")
    func links() throws {
        let folder = try Folder(["a.wav", "sub/b.wav"])
        let manager = FileManager.default
        try manager.createSymbolicLink(
            at: folder.url.appending(path: "c.wav"), withDestinationURL: folder.url.appending(path: "a.wav"))
        try manager.createSymbolicLink(at: folder.url.appending(path: "sub/circle"), withDestinationURL: folder.url)
        let found = try RecordingFinder(folder: folder.url.path + "/", skipping: nil).recordings()
        #expect(found.map(\.place) == ["a.wav", "c.wav", "sub/b.wav"])
        #expect(found.first?.path == folder.url.path + "/a.wav")
    }

    @Test(
        "A name that is not UTF-8 is reported",
        .enabled(if: isLinux, "other systems allow no such names"))
    func otherEncoding() throws {
        let folder = try Folder(["a.wav"])
        let path = (Array(folder.url.path.utf8) + Array("/caf".utf8) + [0xE9] + Array(".wav".utf8) + [0])
            .map { CChar(bitPattern: $0) }
        let made = open(path, O_CREAT | O_WRONLY, 0o644)
        try #require(made >= 0)
        close(made)
        let found = try RecordingFinder(folder: folder.url.path, skipping: nil).recordings()
        #expect(found.count == 2)
    }

    private static var isLinux: Bool {
        #if os(Linux)
            true
        #else
            false
        #endif
    }

    //   Zoom:  call/audio_only.m4a               the mix, passed over
    //          call/Audio Record/dana.m4a, me.m4a  the tracks
    @Test("A meeting is a folder with two files; the mix above it is passed over, other numbers are failures")
    func meetings() throws {
        let folder = try Folder([
            "call/mix.wav", "call/Audio Record/dana.wav", "call/Audio Record/me.wav", "plain/a.wav", "plain/b.wav",
            "alone/a.wav", "crowd/a.wav", "crowd/b.wav", "crowd/c.wav",
        ])
        let found = try RecordingFinder(folder: folder.url.path, skipping: nil).meetings()
        #expect(found.map(\.place) == ["alone", "call/Audio Record", "crowd", "plain"])
        #expect(found.map(\.files.count) == [1, 2, 3, 2])
    }

    @Test("Each place belongs to exactly one part, and parts are about as large as each other")
    func parts() {
        let places = (0..<1000).map { "2026/meeting \($0).wav" }
        let sizes = (1...4).compactMap { BatchPart(number: $0, count: 4) }.map { part in
            places.filter(part.contains).count
        }
        #expect(sizes.reduce(0, +) == 1000)
        for size in sizes { #expect((200...300).contains(size)) }
        #expect(BatchPart(number: 0, count: 4) == nil && BatchPart(number: 5, count: 4) == nil)
    }

    @Test(
        "A listed file has the place of its path below the working folder, or of its whole path",
        arguments: [
            ("a.wav", "a.wav"), ("./b/../a.wav", "a.wav"), ("/work/a.wav", "a.wav"), ("../x/a.wav", "_root/x/a.wav"),
            ("/tmp/a.wav", "_root/tmp/a.wav"), ("_root/tmp/a.wav", "_root/work/_root/tmp/a.wav"),
        ])
    func places(path: String, place: String) {
        #expect(BatchRecording(listed: path, workingFolder: "/work").place == place)
    }
}
