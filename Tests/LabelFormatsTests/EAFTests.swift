import LabelFormats
import Testing
import Timeline

@Suite("EAF")
struct EAFTests {
    private static let document = """
        <?xml version="1.0" encoding="UTF-16"?>
        <ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0">
            <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">
                <MEDIA_DESCRIPTOR MEDIA_URL="file:///home/x/our%20call.wav" MIME_TYPE="audio/x-wav"/>
            </HEADER>
            <TIME_ORDER>
                <TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1500"/>
                <TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="2750"/>
                <TIME_SLOT TIME_SLOT_ID="ts3"/>
                <TIME_SLOT TIME_SLOT_ID="ts4" TIME_VALUE="4000"/>
            </TIME_ORDER>
            <TIER LINGUISTIC_TYPE_REF="t" TIER_ID="K-Spch" PARTICIPANT="Ann &amp; &lt;Lee&gt;">
                <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
                    <ANNOTATION_VALUE>hi</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
            </TIER>
            <TIER LINGUISTIC_TYPE_REF="w" TIER_ID="words" PARENT_REF="K-Spch">
                <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts3"/></ANNOTATION>
                <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a3" ANNOTATION_REF="a1"/></ANNOTATION>
            </TIER>
            <TIER LINGUISTIC_TYPE_REF="t" TIER_ID="Ben">
                <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a4" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts4"/></ANNOTATION>
            </TIER>
        </ANNOTATION_DOCUMENT>
        """

    @Test("Participants name the tiers, dependent tiers and slots without time are skipped, the media names the file")
    func reading() throws {
        let document = try LabelDocument(text: Self.document, path: "x.txt")
        #expect(document.format == .eaf)
        #expect(
            document.recordings == [
                LabelledRecording(
                    name: "our call",
                    segments: [
                        LabelledSegment(label: "Ann & <Lee>", start: 1.5, end: 2.75),
                        LabelledSegment(label: "Ben", start: 2.75, end: 4),
                    ])
            ])
    }

    @Test("Other units of time are refused")
    func units() {
        let error = #expect(throws: LabelFormatError.self) {
            try EAF.document(in: Self.document.replacing("milliseconds", with: "PAL-frames"))
        }
        #expect(error?.description.hasPrefix("labels:3: times are in \"PAL-frames\"") == true)
    }

    @Test(
        "Ids are unique and begin with a letter, times are whole milliseconds, tiers hold no overlap, nothing is empty")
    func writing() throws {
        let segments = [
            LabelledSegment(label: "Ann", start: 0.0004, end: 1.0006),
            LabelledSegment(label: "Ann", start: 0.9, end: 2),
            LabelledSegment(label: "Ann", start: 3, end: 3.0004), LabelledSegment(label: "<Ben>", start: 1, end: 2),
        ]
        let text = EAF.text(of: LabelledRecording(name: "r", segments: segments))
        let ids = text.matches(of: /(?:TIME_SLOT_ID|ANNOTATION_ID)="([^"]*)"/).map { String($0.output.1) }
        #expect(ids == ["ts1", "ts2", "ts3", "ts4", "a1", "a2"])
        #expect(text.matches(of: /TIME_VALUE="([^"]*)"/).map { $0.output.1 } == ["0", "2000", "1000", "2000"])
        #expect(text.contains("TIER_ID=\"&lt;Ben&gt;\""))
        #expect(try EAF.document(in: text).recordings[0].name == "r")
    }

    @Test("Text that XML cannot hold is left out")
    func controls() throws {
        let recording = LabelledRecording(
            name: "r", segments: [LabelledSegment(label: "A\u{1}\u{FFFE}nn\n\"x\"", start: 0, end: 1)])
        #expect(try EAF.document(in: EAF.text(of: recording)).recordings[0].segments[0].label == "A nn \"x\"")
    }
}
