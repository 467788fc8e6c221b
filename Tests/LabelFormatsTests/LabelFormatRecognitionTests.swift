import LabelFormats
import Testing

@Suite("Recognition of label formats")
struct LabelFormatRecognitionTests {
    @Test(
        "The content decides, whatever the name says",
        arguments: [
            ("SPEAKER f 1 0 1 <NA> <NA> a <NA> <NA>", LabelFormat.rttm),
            (";; c\nSPKR-INFO f 1 <NA> <NA> <NA> unknown a <NA> <NA>", .rttm), ("call 1 0.0 600.0", .uem),
            ("7 1 0.0 600.0", .uem), ("0.0\t1.0\tAnn", .audacity), ("0\t1\t7", .audacity), ("0.0 1.0 spk0", .audacity),
            ("SPEAKER x 1 189 4.5 <NA> <NA> \"ooTextFile <NA> <NA>", .rttm),
            ("SPEAKER z 1 6.6 1.0 <NA> <NA> 09-->00:00:07,2 <NA> <NA>", .rttm), ("0.5\t1.5\t0:09-->1", .audacity),
            ("0.5,1.5,0:09-->1", .csv), ("0.5\t1.5\t\"ooTextFile\"", .audacity),
            ("\"ooTextFile\"\n\"TextGrid\"", .textgrid),
            ("File type = \"ooTextFile\"\nObject class = \"TextGrid\"", .textgrid),
            ("<?xml version=\"1.0\"?>\n<ANNOTATION_DOCUMENT/>", .eaf), ("WEBVTT\n", .vtt),
            ("\u{FEFF}1\r\n00:00:01,000 --> 00:00:02,000\r\nAnn: x", .srt), ("speaker,start,end", .csv),
            ("0.0,1.0,Ann", .csv), (" {\"segments\": []}", .json), ("[\n {", .json), ("[]", .json),
            ("Ann  0:03\nhello", .transcript), ("[Ann] 10:11:12\nhello", .transcript),
            ("[0:03] Ann: hello", .transcript), ("SPEAKER 1  0:03\nEDIT: hello", .transcript),
            ("1\n00:00:01,000 --> 00:00:02,000\nSPEAKER 1: x", .srt),
        ])
    func content(text: String, format: LabelFormat) throws {
        #expect(LabelFormat(content: text) == format)
    }

    @Test("Prose and nothing are no format", arguments: ["", "  \n", "Once upon a time.\n", "12\n34\n"])
    func others(text: String) {
        #expect(LabelFormat(content: text) == nil)
    }

    @Test("Where the content says nothing, the name does, and an empty file labels nobody")
    func name() throws {
        #expect(LabelFormat(fileName: "/a.b/Talk.TextGrid") == .textgrid)
        #expect(LabelFormat(fileName: "/a.srt/talk") == nil)
        #expect(try LabelDocument(text: "", path: "x.rttm").recordings.isEmpty)
        #expect(try LabelDocument(text: "\n", path: "x").recordings.isEmpty)
    }
}
