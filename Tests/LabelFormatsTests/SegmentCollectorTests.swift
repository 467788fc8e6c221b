import LabelFormats
import Testing
import Timeline

@Suite("What every label format has to keep to")
struct SegmentCollectorTests {
    private func line(_ name: String, _ start: Int, recording: String = "call") -> String {
        "SPEAKER \(recording) 1 \(start) 1 <NA> <NA> \(name) <NA> <NA>\n"
    }

    private func segments(_ objects: String...) throws -> [LabelledSegment] {
        try SegmentJSON.document(in: "[\(objects.joined(separator: ",\n"))]").recordings[0].segments
    }

    @Test("256 people are taken, and the line that names the 257th is shown")
    func people() throws {
        let lines = (1...257).map { line("speaker\($0)", $0) }
        #expect(try RTTM.recordings(in: lines.dropLast().joined())[0].segments.count == 256)
        #expect {
            try RTTM.recordings(in: lines.joined(), path: "words.rttm")
        } throws: { error in
            "\(error)".hasPrefix("words.rttm:257: more than 256 different names")
        }
        // As many in each of two recordings are people of two meetings.
        let more = (1...256).map { line("speaker\($0)", $0, recording: "other") }
        #expect(try RTTM.recordings(in: (lines.dropLast() + more).joined()).count == 2)
    }

    @Test("Recordings come in the order of their first lines")
    func order() throws {
        let text =
            line("Ann", 0, recording: "late") + line("Ben", 0, recording: "early") + line("Ben", 2, recording: "late")
        let recordings = try RTTM.recordings(in: text)
        #expect(recordings.map(\.name) == ["late", "early"])
        #expect(recordings.map(\.segments.count) == [2, 1])
    }

    @Test("A name is one line: white space and control characters become single blanks")
    func names() throws {
        let found = try segments(#"{"speaker": " Ben\u0007\u00a0\n Lee\t", "start": 0, "end": 1}"#)
        #expect(found == [LabelledSegment(label: "Ben Lee", start: 0, end: 1)])
    }

    @Test("1024 bytes of a name are taken, one more is no name", arguments: [(1024, true), (1025, false)])
    func longNames(count: Int, isTaken: Bool) throws {
        let object = "{\"speaker\": \"\(String(repeating: "a", count: count))\", \"start\": 0, \"end\": 1}"
        if isTaken {
            #expect(try segments(object)[0].label.count == 1024)
        } else {
            #expect(throws: LabelFormatError.self) { try segments(object) }
        }
    }

    @Test("A segment without length holds no speech, one that ends before it starts is damage on its line")
    func lengths() throws {
        let spoken = #"{"speaker": "Ann", "start": 0, "end": 1}"#
        #expect(try segments(spoken, #"{"speaker": "Ben", "start": 2, "end": 2}"#).map(\.label) == ["Ann"])
        #expect {
            try segments(spoken, #"{"speaker": "Ben", "start": 3, "end": 2}"#)
        } throws: { error in
            "\(error)".hasPrefix("labels:2: ")
        }
    }
}
