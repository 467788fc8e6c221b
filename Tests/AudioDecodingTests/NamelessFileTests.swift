import AudioDecoding
import Foundation
import Testing

@Suite("Temporary files without a name")
struct NamelessFileTests {
    @Test("It can be written and read, and its folder stays empty")
    func unseen() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "nameless-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = FileHandle(fileDescriptor: NamelessFile.open(in: folder.path), closeOnDealloc: true)
        try file.write(contentsOf: Data("sound".utf8))
        try file.seek(toOffset: 0)
        #expect(try file.readToEnd() == Data("sound".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test("A folder that is not there takes none")
    func missing() {
        #expect(NamelessFile.open(in: "/no/such/folder") < 0)
        #expect(errno == ENOENT)
    }
}
