import LabelFormats
import Testing
import Timeline

@Suite("Segment table")
struct SegmentTableTests {
    private static let wanted = [
        LabelledSegment(label: "Ann", start: 0.5, end: 1.75), LabelledSegment(label: "Ben", start: 2, end: 3),
    ]

    @Test(
        "Columns in any order, under their usual names, parted by commas, semicolons or tabs",
        arguments: [
            "start,end,speaker\n0.5,1.75,Ann\n2,3,Ben\n", "Speaker;Duration;Onset\r\nAnn;1.25;0.5\r\nBen;1;2",
            "\u{FEFF}tmin\ttier\ttext\ttmax\n0.5\tAnn\thi\t1.75\n2\tBen\t\t3\n", "0.5,1.75,Ann\n\n2,3,Ben\n",
            "\"start\",\"end\",\"speaker\"\n\"0.5\", 1.75,\"Ann\"\n 2,3,\"Ben\"\n",
        ])
    func reading(text: String) throws {
        let document = try LabelDocument(text: text, path: "x.txt")
        #expect(document.format == .csv)
        #expect(document.recordings == [LabelledRecording(name: "x", segments: Self.wanted)])
    }

    @Test("Names with commas, quotes and line breaks come through; a second recording adds a column")
    func writing() throws {
        let segments = [LabelledSegment(label: "Lee, \"Ann\"\u{301}", start: 1, end: 2.1234567)]
        let one = LabelledRecording(name: "one", segments: segments)
        #expect(SegmentTable.text(of: [one]) == "start,end,speaker\n1,2.123457,\"Lee, \"\"Ann\"\"\u{301}\"\n")
        let two = LabelledRecording(name: "two, too", segments: Self.wanted)
        let read = try SegmentTable.document(in: SegmentTable.text(of: [one, two])).recordings
        #expect(read.map(\.name) == ["one", "two, too"])
        #expect(read[0].segments[0].label == segments[0].label)
        #expect(read[1].segments == Self.wanted)
    }
}
