import LabelFormats
import Testing
import Timeline

@Suite("Speaker transcript")
struct SpeakerTranscriptTests {
    private func segments(_ text: String) throws -> [LabelledSegment] {
        let document = try LabelDocument(text: text, path: "x.txt")
        #expect(document.format == .transcript)
        #expect(document.warnings.count == 1)
        return document.recordings[0].segments
    }

    /// 21 words, that is six seconds at 210 words a minute.
    private static let sixSeconds = Array(repeating: "word", count: 21).joined(separator: " ")

    @Test("Otter: name, two blanks, time; an utterance lasts until the next, the last one as long as its words take")
    func otter() throws {
        let text =
            "Dana Smith  0:03  \nHi, see you at 10:30\n\nTheo  0:09  \nYes.\n\nDana Smith  1:00:00  \n\(Self.sixSeconds)\n"
        #expect(
            try segments(text) == [
                LabelledSegment(label: "Dana Smith", start: 3, end: 9),
                LabelledSegment(label: "Theo", start: 9, end: 3600),
                LabelledSegment(label: "Dana Smith", start: 3600, end: 3606),
            ])
    }

    @Test("Teams: name, three blanks, time, words below")
    func teams() throws {
        #expect(
            try segments("Meeting on Monday\n\nDana   0:03\nHi\nTheo   0:05\nHi").map(\.label) == ["Dana", "Theo"])
    }

    @Test("Zoom: name in brackets and the time of day, over midnight too")
    func zoom() throws {
        let text = "[Dana] 23:59:50\nHi\n\n[Theo] 23:59:58\nHi\n\n[Dana] 00:00:10\n\(Self.sixSeconds)\n"
        #expect(
            try segments(text) == [
                LabelledSegment(label: "Dana", start: 0, end: 8), LabelledSegment(label: "Theo", start: 8, end: 20),
                LabelledSegment(label: "Dana", start: 20, end: 26),
            ])
    }

    @Test(
        "Time first, or in brackets behind the name",
        arguments: [
            "[00:00:03] Dana: Hi\n[00:00:05] Theo: Yes", "00:03 Dana: Hi\n00:05 Theo: Yes",
            "Dana (00:03): Hi\nTheo (00:05): Yes",
        ])
    func others(text: String) throws {
        #expect(
            try segments(text) == [
                LabelledSegment(label: "Dana", start: 3, end: 5), LabelledSegment(label: "Theo", start: 5, end: 6),
            ])
    }
}
