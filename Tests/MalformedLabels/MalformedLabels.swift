/// A label file that has to be refused, at a line that a person can count.
public struct MalformedLabels: Sendable, CustomStringConvertible {
    /// Name of the file.
    public let fileName: String
    /// Its content.
    public let bytes: [UInt8]
    /// The line at which it is refused; nil where bytes are no text and have no lines.
    public let line: Int?
    /// What the message has to say.
    public let problem: String

    /// How a test names it.
    public var description: String { "\(fileName): \(problem)" }

    init(_ fileName: String, _ text: String, line: Int, _ problem: String) {
        self.init(fileName, bytes: Array(text.utf8), line: line, problem)
    }

    init(_ fileName: String, bytes: [UInt8], line: Int?, _ problem: String) {
        (self.fileName, self.bytes, self.line, self.problem) = (fileName, bytes, line, problem)
    }

    /// All of them.
    public static let all = lines + grids + documents + captions + tables + bytes
}

extension MalformedLabels {
    /// Formats with a label a line.
    private static let lines = [
        MalformedLabels(
            "a.rttm", "SPEAKER f 1 zero 1 <NA> <NA> a <NA> <NA>\n", line: 1, "onset \"zero\" is not a number"),
        MalformedLabels("b.rttm", ";; x\n\nSPEAKER f 1 0 1e400 <NA> <NA> a <NA> <NA>\n", line: 3, "is not a number"),
        MalformedLabels("c.rttm", "SPEAKER f 1 -1 2 <NA> <NA> a <NA> <NA>\n", line: 1, "onset -1 is negative"),
        MalformedLabels("d.rttm", "SPEAKER f 1 1 2 <NA>\n", line: 1, "6 fields where RTTM has 9 or 10"),
        MalformedLabels("e.rttm", "0.0 1.0\n", line: 1, "no line of the file is an RTTM record"),
        MalformedLabels("f.uem", "f 1 0.0 10.0\nf 1 20.0 5.0\n", line: 2, "lies before the onset"),
        MalformedLabels("g.uem", "f 1 0.0 10.0\nf 1 20.0\n", line: 2, "3 fields where UEM has 4"),
        MalformedLabels("h.uem", "f 1 0.0 nan\n", line: 1, "offset \"nan\" is not a number"),
        MalformedLabels("i.txt", "0.0\t1.0\tAnn\n2.0\t1.0\tBen\n", line: 2, "lies before the start"),
        MalformedLabels("j.txt", "0.0\t1.0\tAnn\n1.0\t2,5\tBen\n", line: 2, "end \"2,5\" is not a number"),
        MalformedLabels("k.txt", "0.0\t1.0\tAnn\n1.0\t2.0\t\n", line: 2, "the label has no text"),
        MalformedLabels("l.txt", "0.0\t1.0\tAnn\nlater\n", line: 2, "one field where Audacity labels have three"),
        MalformedLabels("m.txt", "\n\nOnce upon a time\nthere was a meeting.\n", line: 3, "begins no label format"),
        MalformedLabels("n.txt", "Ann  0:10\nhello\n\nBen  0:05\nhi\n", line: 4, "starts before the one above"),
        MalformedLabels(
            "o.txt", (0..<400).map { "\($0).0\t\($0).5\tword\($0)\n" }.joined(), line: 257,
            "more than 256 different names"),
    ]

    private static let gridHead = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n"

    /// Praat.
    private static let grids = [
        MalformedLabels("a.TextGrid", gridHead + "0\n5\n<exists>\n999999999\n", line: 7, "more than the file holds"),
        MalformedLabels(
            "b.TextGrid", gridHead + "0\n5\n<exists>\n1\n\"IntervalTier\"\n\"Ann\"\n0\n5\n1\n0\n", line: 13,
            "the file ends before xmax"),
        MalformedLabels(
            "c.TextGrid", gridHead + "0\n5\n<exists>\n1\n\"IntervalTier\"\n\"Ann\"\n0\n5\n1\n3\n2\n\"x\"\n", line: 14,
            "xmax 2.0 lies before xmin 3.0"),
        MalformedLabels(
            "d.TextGrid", gridHead + "0\n5\n<exists>\n1\n\"IntervalTier\"\n\"Ann\n0\n5\n", line: 9,
            "a quoted text does not end"),
        MalformedLabels(
            "e.TextGrid", gridHead + "0\n5\n<exists>\n1\n\"PitchTier\"\n", line: 8, "\"PitchTier\" is no class of tier"),
        MalformedLabels("f.TextGrid", gridHead + "xmin = 0\nxmax = 1e400\n", line: 5, "xmax \"1e400\" is not a number"),
        MalformedLabels("g.TextGrid", gridHead + "xmin = -3\nxmax = 4\n", line: 4, "xmin -3 is negative"),
        MalformedLabels(
            "h.TextGrid",
            gridHead + "0\n5\n<exists>\n1\n\"IntervalTier\"\n\"Ann\"\n0\n5\n2\n0\n3\n\"x\"\n2\n5\n\"y\"\n", line: 18,
            "before the one above ends"),
        MalformedLabels("i.TextGrid", "ooBinaryFile\u{8}TextGrid", line: 1, "a binary TextGrid"),
    ]

    private static func eaf(_ slots: String, _ tiers: String) -> String {
        "<?xml version=\"1.0\"?>\n<ANNOTATION_DOCUMENT>\n<TIME_ORDER>\n\(slots)</TIME_ORDER>\n\(tiers)</ANNOTATION_DOCUMENT>\n"
    }

    private static func annotation(_ start: String, _ end: String) -> String {
        "<TIER TIER_ID=\"Ann\">\n<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a1\" TIME_SLOT_REF1=\"\(start)\" "
            + "TIME_SLOT_REF2=\"\(end)\"/></ANNOTATION>\n</TIER>\n"
    }

    private static let laughs = (1...9).map { level in
        "<!ENTITY l\(level) \"" + String(repeating: "&l\(level - 1);", count: 10) + "\">"
    }.joined(separator: "\n")

    /// ELAN.
    private static let documents = [
        MalformedLabels(
            "a.eaf", eaf("<TIME_SLOT TIME_SLOT_ID=\"ts1\" TIME_VALUE=\"1.5\"/>\n", ""), line: 4,
            "TIME_VALUE \"1.5\" is not a whole number"),
        MalformedLabels(
            "b.eaf", eaf("<TIME_SLOT TIME_SLOT_ID=\"ts1\" TIME_VALUE=\"-7\"/>\n", ""), line: 4,
            "TIME_VALUE -7 is negative"),
        MalformedLabels(
            "c.eaf", eaf("<TIME_SLOT TIME_SLOT_ID=\"ts1\" TIME_VALUE=\"99999999999999999999\"/>\n", ""), line: 4,
            "is not a whole number"),
        MalformedLabels(
            "d.eaf", eaf("<TIME_SLOT TIME_SLOT_ID=\"ts1\" TIME_VALUE=\"1\"/>\n", annotation("ts1", "ts9")), line: 7,
            "there is no time slot \"ts9\""),
        MalformedLabels(
            "e.eaf",
            eaf(
                "<TIME_SLOT TIME_SLOT_ID=\"ts1\" TIME_VALUE=\"9\"/><TIME_SLOT TIME_SLOT_ID=\"ts2\" TIME_VALUE=\"1\"/>\n",
                annotation("ts1", "ts2")),
            line: 7, "lies before the start"),
        MalformedLabels(
            "f.eaf", eaf("<TIME_SLOT TIME_SLOT_ID=\"ts1\"/>\n", annotation("ts1", "ts1")), line: 7,
            "the time slot \"ts1\" has no time"),
        MalformedLabels(
            "g.eaf", "<?xml version=\"1.0\"?>\n<ANNOTATION_DOCUMENT>\n<TIER TIER_ID=\"a\">\n", line: 3,
            "the XML breaks off"),
        MalformedLabels(
            "h.eaf",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE x [\n<!ENTITY l0 \"lol\">\n\(laughs)\n]>\n<ANNOTATION_DOCUMENT>&l9;</ANNOTATION_DOCUMENT>\n",
            line: 2, "a document type definition"),
        MalformedLabels(
            "i.eaf", "<html>\n<body/>\n</html>\n", line: 1, "the document is \"html\", not ANNOTATION_DOCUMENT"),
        MalformedLabels("l.eaf", "\0\0\0<\u{FFFD}", line: 1, "a character with the code 0"),
        MalformedLabels(
            "j.eaf", "<ANNOTATION_DOCUMENT>\n" + String(repeating: "<a>", count: 100_000), line: 2, "more than 64 deep"),
    ]

    /// WebVTT and SRT.
    private static let captions = [
        MalformedLabels(
            "a.vtt", "WEBVTT\n\n00:01.000 -> 00:02.000\n<v Ann>Hi\n", line: 3, "begins a caption, but no times follow"),
        MalformedLabels(
            "b.vtt", "WEBVTT\n\n00:01.000 --> 00:61.000\n<v Ann>Hi\n", line: 3, "\"00:61.000\" is not a time"),
        MalformedLabels("c.vtt", "WEBVTT\n\n00:03.000 --> 00:02.000\n<v Ann>Hi\n", line: 3, "lies before the start"),
        MalformedLabels("d.vtt", "00:01.000 and more\n", line: 1, "does not start with WEBVTT"),
        MalformedLabels(
            "e.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nhello there\n", line: 3, "no caption names a speaker"),
        MalformedLabels("f.srt", "1\n00:00:01,000 --> \nAnn: Hi\n", line: 2, "\"\" is not a time"),
        MalformedLabels(
            "g.srt", "1\n00:00:01,000 --> 00:00:02,000\nAnn: Hi\n\n2\nAnn: no time\n", line: 5, "no times follow"),
        MalformedLabels("h.srt", "1\n00:00:01,000 --> 9999999999:00:02,000\nAnn: Hi\n", line: 2, "is not a time"),
    ]

    /// CSV and JSON.
    private static let tables = [
        MalformedLabels("a.csv", "start,end,speaker\n0,1,Ann\n1,x,Ben\n", line: 3, "end \"x\" is not a number"),
        MalformedLabels("b.csv", "start;end;speaker\n0,5;1,5;Ann\n", line: 2, "start \"0,5\" is not a number"),
        MalformedLabels(
            "c.csv", "start,end,speaker\n0,1,\"Ann\nLee\"\n1,2\n", line: 4, "2 fields where the first row has 3"),
        MalformedLabels("d.csv", "start,end,speaker\n0,1,\"Ann\n", line: 2, "a quoted field does not end"),
        MalformedLabels("e.csv", "when,what\n0,1\n", line: 1, "names no columns for start, end and speaker"),
        MalformedLabels("f.csv", "start,end,speaker\n0,1,\n", line: 2, "the speaker has no name"),
        MalformedLabels(
            "g.json",
            "{\"segments\": [\n{\"start\": 0, \"end\": 1, \"speaker\": \"A\"},\n{\"start\": 2, \"end\": 1, \"speaker\": \"A\"}]}",
            line: 3, "lies before the start"),
        MalformedLabels(
            "h.json", "{\"segments\": [\n{\"start\": 0, \"end\": 1e400, \"speaker\": \"A\"}]}", line: 2,
            "end \"1e400\" is not a number"),
        MalformedLabels(
            "i.json", "{\"segments\": [\n{\"start\": NaN, \"end\": 1, \"speaker\": \"A\"}]}", line: 2,
            "start \"NaN\" is not a number"),
        MalformedLabels(
            "j.json", "{\"segments\": [\n{\"start\": 0,\n", line: 3, "the file ends where a name in quotes belongs"),
        MalformedLabels("k.json", String(repeating: "[", count: 100_000), line: 1, "more than 64 deep"),
        MalformedLabels("l.json", "{\n\"text\": \"no segments\"}\n", line: 1, "there is no list of segments"),
        MalformedLabels("m.json", "[\n{\"start\": 0, \"speaker\": \"A\"}\n]", line: 2, "a segment has no end"),
    ]

    /// No text at all.
    private static let bytes = [
        MalformedLabels("a.bin", bytes: [0x52, 0x49, 0x46, 0x46, 0xFF, 0x00], line: nil, "not valid UTF-8"),
        MalformedLabels("b.TextGrid", bytes: [0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00], line: nil, "not valid UTF-16"),
    ]
}
