import LabelFormats
import Testing
import Timeline

@Suite("SubRip")
struct SubRipTests {
    // time  0  1  2  3  4
    // Ann   ######
    // Ben      ######
    @Test("Captions do not overlap: simultaneous speech is a caption with both names; times have a comma")
    func writing() throws {
        let recording = LabelledRecording(
            name: "r",
            segments: [
                LabelledSegment(label: "Ben", start: 1, end: 3), LabelledSegment(label: "Ann", start: 0, end: 2),
            ])
        let text = SubRip.text(of: recording)
        #expect(
            text == """
                1
                00:00:00,000 --> 00:00:01,000
                Ann:

                2
                00:00:01,000 --> 00:00:02,000
                Ann:
                Ben:

                3
                00:00:02,000 --> 00:00:03,000
                Ben:


                """)
        #expect(
            TwoPersonTimeline(of: try SubRip.document(in: text).recordings[0].segments).names == [.a: "Ann", .b: "Ben"])
    }

    @Test("Missing empty lines, empty lines inside a text, dots and coordinates are taken")
    func tolerance() throws {
        let text = """
            1
            00:00:01,000 --> 00:00:02,000 X1:1 X2:2
            Ann: one

            still Ann's words
            2
            0:00:02.000 --> 0:00:03.5
            Ben: two
            """
        #expect(
            try LabelDocument(text: text, path: "x").recordings[0].segments == [
                LabelledSegment(label: "Ann", start: 1, end: 2), LabelledSegment(label: "Ben", start: 2, end: 3.5),
            ])
    }

    @Test(
        "Names that look like something else come back as they were",
        arguments: ["<v Bob>", "[x]", "[[x]]", "- Bob", ">> Bob", "&lt;", "&amp;lt;", "A: B", "<v.loud Bob> & Ann"])
    func oddNames(name: String) throws {
        let recording = LabelledRecording(
            name: "r",
            segments: [
                LabelledSegment(label: name, start: 0, end: 1), LabelledSegment(label: "Ann", start: 1, end: 2),
            ])
        #expect(try SubRip.document(in: SubRip.text(of: recording)).recordings[0].segments == recording.segments)
    }

    @Test("An ordinary name is written without escapes")
    func plainNames() {
        let recording = LabelledRecording(
            name: "r", segments: [LabelledSegment(label: "AT&T <Bob>", start: 0, end: 1)])
        #expect(SubRip.text(of: recording).contains("\nAT&T <Bob>:\n"))
    }
}
