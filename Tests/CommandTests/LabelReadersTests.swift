import Foundation
import RepositoryFolders
import Testing

@Suite("Label files and the programs of others")
struct LabelReadersTests {
    /// Python with the readers, set up by `make readers`; nil where nobody did.
    private static let python: URL? = {
        let python = RepositoryFolders.root.appending(path: ".build/label-readers/bin/python")
        return FileManager.default.isExecutableFile(atPath: python.path) ? python : nil
    }()

    @Test(
        "pyannote, Praat, praatio, textgrid, pympi, webvtt-py and srt read what we write, and we what they write",
        .enabled(if: python != nil, "the readers are not installed; make readers does it"))
    func readers() throws {
        let process = Process()
        process.executableURL = Self.python
        process.arguments = [
            RepositoryFolders.root.appending(path: "Tests/LabelReaders/check_label_readers.py").path,
            RepositoryFolders.program.path,
        ]
        let folder = try ScratchFolder()
        let messages = try folder.write("messages", [])
        process.standardError = FileHandle(forWritingAtPath: messages)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let complaint = try String(contentsOfFile: messages, encoding: .utf8)
        #expect(process.terminationStatus == 0, "\(complaint)")
    }
}
