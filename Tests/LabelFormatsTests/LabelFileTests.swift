import Foundation
import LabelFormats
import RepositoryFolders
import Testing

@Suite("Label file")
struct LabelFileTests {
    @Test("A missing file and a folder are unreadable, and the message says why")
    func unreadable() {
        let missing = #expect(throws: LabelFormatError.self) { try LabelFile.text(atPath: "/nowhere/a.rttm") }
        #expect(missing?.kind == .unreadable)
        #expect(missing?.description.contains("/nowhere/a.rttm: cannot be read (No such file") == true)
        let folder = #expect(throws: LabelFormatError.self) {
            try LabelFile.text(atPath: RepositoryFolders.root.path)
        }
        #expect(folder?.kind == .unreadable)
    }

    @Test("Bytes that are not UTF-8 are damaged")
    func binary() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).rttm")
        try Data([0x52, 0x49, 0xFF, 0xFE, 0x00]).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let error = #expect(throws: LabelFormatError.self) { try LabelFile.text(atPath: file.path) }
        #expect(error?.kind == .damaged)
    }

    @Test("Text comes back as it is")
    func text() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).rttm")
        try Data("Zoë\r\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try LabelFile.text(atPath: file.path) == "Zoë\r\n")
    }
}
