import LabelFormats
import SeededSignals
import Testing
import Timeline

@Suite("Label files damaged at random")
struct DamagedAtRandomTests {
    /// A transcript, because that format is not written.
    private static let transcript =
        "Dana Smith  0:03  \nHi, see you at 10:30\n\nTheo  0:09  \nYes.\n\n[0:12] Dana: Bye\n"

    private static func text(_ format: LabelFormat) -> String {
        guard format.isWritable else { return transcript }
        let (segments, duration) = RandomMeeting.recording(seed: 3, step: nil)
        let recording = LabelledRecording(name: "meeting", segments: Array(segments.prefix(8)), duration: duration)
        return LabelDocument.text(of: [recording], as: format)
    }

    /// What is put into a file where it hurts.
    private static let poison: [[UInt8]] = [
        "-", "1e400", "nan", "\"", "\"\"", "<", ">", "]]>", "&", "-->", "\n", "\r", "\t", "\u{0}",
        "9999999999999999999", ":", ",",
        "{", "[", "\\", "\u{FEFF}", "\u{301}", "\\u", "<v ", "[[", "<!DOCTYPE a>", ";;",
    ].map { Array($0.utf8) }

    @Test(
        "It is read or refused with a line of the file, and what is read keeps to the rules",
        arguments: LabelFormat.allCases)
    func damaged(format: LabelFormat) throws {
        let whole = Array(Self.text(format).utf8)
        var random = SeededRandom(seed: 7)
        var refused = 0
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                let end = min(bytes.count, place + Int.random(in: 0...6, using: &random))
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.replaceSubrange(place..<end, with: [])
                case 1: bytes = Array(bytes[..<place])
                case 2: bytes.insert(contentsOf: bytes[place..<end], at: 0)
                default: bytes.replaceSubrange(place..<end, with: Self.poison.randomElement(using: &random) ?? [])
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            do {
                let document = try LabelDocument(text: text, path: "x.\(format.fileExtensions.first ?? "txt")")
                let segments = document.recordings.flatMap(\.segments)
                try #require(segments.allSatisfy { 0 <= $0.start && $0.start < $0.end && $0.end < 1e9 + 1e9 })
                try #require(segments.allSatisfy { !$0.label.isEmpty && !$0.label.contains("\n") })
                _ = TwoPersonTimeline(of: segments)
            } catch let error as LabelFormatError {
                refused += 1
                guard case .damagedLine(_, let line, let problem, _) = error else {
                    Issue.record("\(error)")
                    continue
                }
                let lines = text.utf8.count { $0 == 10 } + text.utf8.count { $0 == 13 } + 1
                try #require((1...lines).contains(line), "\(error)")
                try #require(!problem.contains("\n"))
            }
        }
        #expect(refused > 0)
    }
}
