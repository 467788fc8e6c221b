import Diarization
import Foundation
import Testing
import VoicePrints

@Suite("The file with the enrolled voices")
struct VoicePrintStoreTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "twoway-\(UUID().uuidString)")

    /// A voice with given numbers, as a file would hold it.
    private func voice(_ name: String, weight: Double, band: String = "wide") throws -> VoicePrint {
        func row(_ count: Int, _ value: Double) -> String {
            "[" + [String](repeating: "\(value)", count: count).joined(separator: ",") + "]"
        }
        let json = """
            {"band":"\(band)","weight":\(weight),"counts":\(row(32, weight / 32)),"sums":\(row(480, 1)),\
            "cepstralSums":\(row(15, 2)),"cepstralSquares":\(row(15, 3 * weight))}
            """
        let statistics = try JSONDecoder().decode(VoiceStatistics.self, from: Data(json.utf8))
        return VoicePrint(name: name, enrolled: "2026-11-25", statistics: [statistics])
    }

    @Test("What is enrolled comes back, by name, and only its owner may read the file")
    func enroll() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = VoicePrintStore(path: folder.appending(path: "voices.json").path)
        #expect(try store.voices().isEmpty)
        try store.enroll(try voice("me", weight: 3000))
        try store.enroll(try voice("Dana", weight: 1500))
        #expect(try store.voices().map(\.name) == ["Dana", "me"])
        #expect(try store.voices().map(\.speech) == [15, 30])
        let mode = try FileManager.default.attributesOfItem(atPath: store.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                "voices.json", "voices.json.lock",
            ])
    }

    @Test("The same name replaces, or is heard once more when asked")
    func replace() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = VoicePrintStore(path: folder.appending(path: "voices.json").path)
        try store.enroll(try voice("me", weight: 1000))
        try store.enroll(try voice("me", weight: 2000))
        #expect(try store.voices().map(\.speech) == [20])
        try store.enroll(try voice("me", weight: 1000), adding: true)
        #expect(try store.voices().map(\.speech) == [30])
        try store.enroll(try voice("me", weight: 500, band: "telephone"), adding: true)
        #expect(try store.voices()[0].statistics.count == 2)
        try store.remove("me")
        #expect(try store.voices().isEmpty)
        #expect(throws: VoicePrintError.unknown(name: "me", known: [])) { try store.remove("me") }
    }

    @Test("Twenty at once lose nobody")
    func together() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = VoicePrintStore(path: folder.appending(path: "voices.json").path)
        let voices = try (0..<20).map { try voice("person \($0)", weight: 1000) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for voice in voices { group.addTask { try store.enroll(voice) } }
            try await group.waitForAll()
        }
        #expect(try store.voices().count == 20)
    }

    @Test("A damaged file is refused and stays as it is", arguments: ["", "{}", "{\"version\":1,\"voices\":[{}]}"])
    func damaged(text: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "voices.json").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let store = VoicePrintStore(path: path)
        #expect(throws: VoicePrintError.damaged(path)) { try store.voices() }
        #expect(throws: VoicePrintError.damaged(path)) { try store.enroll(try voice("me", weight: 1000)) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test("The file lies beside the journal, wherever that is")
    func place() {
        #expect(VoicePrintStore(environment: ["TWOWAY_JOURNAL": "/a/b.sqlite"]).path == "/a/voices.json")
        #if !os(macOS)
            #expect(
                VoicePrintStore(environment: ["XDG_DATA_HOME": "/data"]).path == "/data/twoway/voices.json")
            #expect(
                VoicePrintStore(environment: ["HOME": "/home/x", "XDG_DATA_HOME": "relative"]).path
                    == "/home/x/.local/share/twoway/voices.json")
        #endif
    }
}
