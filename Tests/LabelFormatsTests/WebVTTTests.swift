import LabelFormats
import Testing
import Timeline

@Suite("WebVTT")
struct WebVTTTests {
    @Test("Times have a dot and three digits, names are escaped, overlap stays")
    func writing() {
        let recording = LabelledRecording(
            name: "r",
            segments: [
                LabelledSegment(label: "R&D <x>", start: 3_600.5, end: 3_661.0204),
                LabelledSegment(label: "Ann", start: 0, end: 3_601),
            ])
        #expect(
            WebVTT.text(of: recording) == """
                WEBVTT

                00:00:00.000 --> 01:00:01.000
                <v Ann>Ann</v>

                01:00:00.500 --> 01:01:01.020
                <v R&amp;D &lt;x&gt;>R&amp;D &lt;x&gt;</v>

                """)
    }

    @Test("Notes, styles, identifiers, settings, classes, missing hours and CRLF are taken")
    func tolerance() throws {
        let text =
            "\u{FEFF}WEBVTT - our call\nKind: captions\n\nNOTE\nnot said\n\nSTYLE\n::cue {}\n\nintro\n"
            + "00:01.500 --> 00:02.250 align:start position:0%\n<v.loud Ann Lee>Hi <b>there</b>\n<v Ben>Hi</v>\n\n"
            + "100:00:00.000 --> 100:00:01.000\n<v R&amp;D>x"
        let document = try LabelDocument(text: text.replacing("\n", with: "\r\n"), path: "call.txt")
        #expect(document.format == .vtt)
        #expect(
            document.recordings == [
                LabelledRecording(
                    name: "call",
                    segments: [
                        LabelledSegment(label: "Ann Lee", start: 1.5, end: 2.25),
                        LabelledSegment(label: "Ben", start: 1.5, end: 2.25),
                        LabelledSegment(label: "R&D", start: 360_000, end: 360_001),
                    ])
            ])
    }

    @Test("A caption right below the first line is read")
    func noEmptyLine() throws {
        #expect(
            try WebVTT.document(in: "WEBVTT\n00:01.000 --> 00:02.000\n<v Ann>Hi\n").recordings[0].segments.count == 1)
    }

    @Test("A caption without speaker beside others is left out, and a warning says so")
    func unnamed() throws {
        let document = try WebVTT.document(
            in: "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi\n\n00:02.000 --> 00:03.000\n(noise)\n")
        #expect(document.warnings == ["1 of 2 captions name no speaker and are left out"])
        #expect(document.recordings[0].segments.count == 1)
    }
}
