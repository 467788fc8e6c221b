import LabelFormats
import Testing
import Timeline

@Suite("RTTM")
struct RTTMTests {
    @Test("Comments, other records, blanks, tabs, CRLF, a byte order mark and nine fields are taken")
    func tolerance() throws {
        let text =
            "\u{FEFF};; made by hand\r\n\r\nSPKR-INFO call 1 <NA> <NA> <NA> adult_female ann <NA>\r\n"
            + "SPEAKER call 1 0.5 1.25 <NA> <NA> ann <NA> <NA>\r\n"
            + "  SPEAKER\tcall  1\t2 1e0 <NA> <NA> ben <NA>\r\n"
            + "SPEAKER other 1 0.000 0.5 <NA> <NA> ann <NA> <NA>\n"
            + "SPEAKER call 1 4.000 0.000 <NA> <NA> ann <NA> <NA>"
        #expect(
            try RTTM.recordings(in: text) == [
                LabelledRecording(
                    name: "call",
                    segments: [
                        LabelledSegment(label: "ann", start: 0.5, end: 1.75),
                        LabelledSegment(label: "ben", start: 2, end: 3),
                    ]),
                LabelledRecording(name: "other", segments: [LabelledSegment(label: "ann", start: 0, end: 0.5)]),
            ])
    }

    @Test("An end is the decimal a reader expects, not a sum with a rounding error")
    func decimalEnd() throws {
        let segment = try RTTM.recordings(in: "SPEAKER f 1 1.1 2.2 <NA> <NA> a <NA> <NA>")[0].segments[0]
        #expect(segment.end == 3.3)
    }

    @Test(
        "Each kind of damage is named with its line",
        arguments: [
            ("SPEAKER f 1 0,5 1.0 <NA> <NA> a <NA> <NA>", "onset \"0,5\" is not a number"),
            ("SPEAKER f 1 0.5 nan <NA> <NA> a <NA> <NA>", "duration \"nan\" is not a number"),
            ("SPEAKER f 1 inf 1.0 <NA> <NA> a <NA> <NA>", "onset \"inf\" is not a number"),
            ("SPEAKER f 1 0x10 1.0 <NA> <NA> a <NA> <NA>", "onset \"0x10\" is not a number"),
            ("SPEAKER f 1 1e400 1.0 <NA> <NA> a <NA> <NA>", "onset \"1e400\" is not a number"),
            ("SPEAKER f 1 1e12 1.0 <NA> <NA> a <NA> <NA>", "onset 1e12 is out of range"),
            ("SPEAKER f 1 0.5 -1.0 <NA> <NA> a <NA> <NA>", "duration -1.0 is negative"),
            ("SPEAKER f 1 0.5 1.0 <NA> <NA> a", "8 fields where RTTM has 9 or 10"),
            ("SPEAKER f 1 0.5 1.0 <NA> <NA> Ann Lee <NA> <NA>", "11 fields where RTTM has 9 or 10"),
        ])
    func damage(line: String, problem: String) {
        let error = #expect(throws: LabelFormatError.self) {
            try RTTM.recordings(in: ";; head\n\(line)\n", path: "x.rttm")
        }
        #expect(error?.kind == .damaged)
        #expect(error?.description.hasPrefix("x.rttm:2: \(problem); ") == true)
    }

    @Test("A text without any RTTM record is refused, an empty one is not")
    func otherFormat() throws {
        #expect(throws: LabelFormatError.self) { try RTTM.recordings(in: "start,end,speaker\n0,1,A\n") }
        #expect(try RTTM.recordings(in: ";; nobody spoke\n\n").isEmpty)
    }

    @Test("The text is sorted, its names hold no blanks, and touching segments still touch after rounding")
    func writing() throws {
        let segments = [
            LabelledSegment(label: "Ben", start: 1.0004, end: 2.0004),
            LabelledSegment(label: "Ann Lee", start: 0.0006, end: 1.0004),
            LabelledSegment(label: "Ann Lee", start: 1.0004, end: 1.5),
            LabelledSegment(label: "Ben", start: 3, end: 3.0002),
            LabelledSegment(label: "Ben", start: .nan, end: 4),
        ]
        let text = RTTM.text(of: segments, recording: "our call")
        #expect(
            text == """
                SPEAKER our_call 1 0.001 0.999 <NA> <NA> Ann_Lee <NA> <NA>
                SPEAKER our_call 1 1.000 0.500 <NA> <NA> Ann_Lee <NA> <NA>
                SPEAKER our_call 1 1.000 1.000 <NA> <NA> Ben <NA> <NA>

                """)
        let read = try RTTM.recordings(in: text)[0]
        #expect(RTTM.text(of: read.segments, recording: read.name) == text)
        #expect(read.segments[0].end == read.segments[1].start)
    }

    @Test("Writing and reading gives back every millisecond")
    func roundTrip() throws {
        let segments = (0..<500).map { index in
            let start = index * 72_421 % 36_000_000
            let end = start + 1 + index * 7_919 % 90_000
            return LabelledSegment(label: "s\(index % 3)", start: Double(start) / 1000, end: Double(end) / 1000)
        }
        let read = try RTTM.recordings(in: RTTM.text(of: segments, recording: "f"))[0].segments
        #expect(Set(read) == Set(segments))
    }
}
