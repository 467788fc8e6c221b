import Foundation
import LabelFormats
import MalformedLabels
import Testing

@Suite("Malformed label files")
struct MalformedLabelsTests {
    @Test("There are at least fifty") func count() { #expect(MalformedLabels.all.count >= 50) }

    @Test("Each is refused at its line, at once", arguments: MalformedLabels.all)
    func refused(file: MalformedLabels) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "labels-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: file.fileName)
        try Data(file.bytes).write(to: path)
        let begin = ContinuousClock.now
        let error = #expect(throws: LabelFormatError.self) { try LabelDocument(atPath: path.path) }
        #expect(begin.duration(to: .now) < .seconds(1))
        let message = try #require(error).description
        #expect(error?.kind == .damaged)
        #expect(message.contains(file.problem), "\(message)")
        if let line = file.line { #expect(message.hasPrefix("\(path.path):\(line): "), "\(message)") }
        #expect(message.utf8.count < 600 + path.path.utf8.count)
    }
}
