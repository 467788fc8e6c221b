import LabelFormats
import Testing
import Timeline

@Suite("Segment JSON")
struct SegmentJSONTests {
    private static let wanted = [
        LabelledSegment(label: "Ann", start: 0.5, end: 1.75), LabelledSegment(label: "Ben", start: 2, end: 3),
    ]

    @Test(
        "WhisperX, pyannoteAI and a bare list are read",
        arguments: [
            #"{"segments": [{"start": 0.5, "end": 1.75, "text": "hi: \"x\"", "words": [{"word": "hi", "score": NaN}], "speaker": "Ann"}, {"start": 2, "end": 3.0, "speaker": "Ben"}], "word_segments": [], "language": "en"}"#,
            #"{"diarization": [{"speaker": "Ann", "start": 0.5, "end": 1.75}, {"speaker": "Ben", "start": 2, "end": 3}]}"#,
            #"{"jobId": "x", "output": {"diarization": [{"speaker": "Ann", "start": 5e-1, "end": 1.75}, {"speaker": "Ben", "start": 2, "end": 3}]}}"#,
            #"[{"speaker": "Ann", "start": 0.5, "end": 1.75}, {"speaker": "Ben", "start": 2, "end": 3}]"#,
        ])
    func others(text: String) throws {
        let document = try LabelDocument(text: text, path: "x.txt")
        #expect(document.format == .json)
        #expect(document.recordings == [LabelledRecording(name: "x", segments: Self.wanted)])
    }

    @Test("A segment without speaker is left out, and a warning says so")
    func unnamed() throws {
        let document = try SegmentJSON.document(
            in: #"{"segments": [{"start": 0, "end": 1, "text": "hm"}, {"start": 2, "end": 3, "speaker": "B"}]}"#)
        #expect(document.recordings[0].segments == [LabelledSegment(label: "B", start: 2, end: 3)])
        #expect(document.warnings == ["1 of 2 segments name no speaker and are left out"])
    }

    @Test("Results of analyze carry name, length and names of people; lines of a batch are recordings")
    func ownResults() throws {
        let one =
            #"{"twoway":"1","recording":{"path":"/x/our call.v2.wav","duration":9.5},"names":{"A":"Ann","B":null},"#
            + #""segments":[{"speaker":"A","start":0.5,"end":1.75},{"speaker":"B","start":2,"end":3}]}"#
        let failed = #"{"twoway":"1","recording":{"path":"y.wav"},"error":"broken"}"#
        let document = try SegmentJSON.document(in: "\(one)\n\(failed)\n")
        #expect(
            document.recordings == [
                LabelledRecording(
                    name: "our call.v2",
                    segments: [Self.wanted[0], LabelledSegment(label: "B", start: 2, end: 3)], duration: 9.5)
            ])
        #expect(document.warnings == ["1 recordings that could not be analysed are left out"])
    }

    @Test("Several recordings are an array, and numbers come back to the last bit")
    func writing() throws {
        let segments = [LabelledSegment(label: "A\\ \"\u{301}🎈", start: 0.1 + 0.2, end: 1.0 / 3 + 1)]
        let recordings = [
            LabelledRecording(name: "one", segments: segments, duration: 7.7),
            LabelledRecording(name: "two", segments: []),
        ]
        #expect(try SegmentJSON.document(in: SegmentJSON.text(of: recordings)).recordings == recordings)
        #expect(try SegmentJSON.document(in: SegmentJSON.text(of: [recordings[0]])).recordings == [recordings[0]])
    }

    @Test("Escapes of JSON are read", arguments: [(#"\u0041\u00e9\ud83c\udf88\/\t!"#, "Aé🎈/ !")])
    func escapes(text: String, label: String) throws {
        let document = try SegmentJSON.document(in: "[{\"speaker\": \"\(text)\", \"start\": 0, \"end\": 1}]")
        #expect(document.recordings[0].segments[0].label == label)
    }
}
