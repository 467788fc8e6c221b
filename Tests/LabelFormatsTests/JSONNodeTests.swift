import LabelFormats
import Testing
import Timeline

@Suite("JSON that knows its lines")
struct JSONNodeTests {
    private func label(_ text: String) throws -> String {
        try SegmentJSON.document(in: "[{\"speaker\": \"\(text)\", \"start\": 0, \"end\": 1}]").recordings[0].segments[0]
            .label
    }

    @Test(
        "What is broken is named with its line",
        arguments: [
            ("[\n{\"speaker\": \"A\"\n\"start\": 0}]", 3), ("[\n\n", 3), ("[{\"speaker\": nul}]", 1),
            ("[{\n\"speaker\" \"A\"}]", 2), ("[\n{\"speaker\": \"A\n\"}]", 2), ("[{\"speaker\": \"\\x\"}]", 1),
            ("[{\"speaker\": \"\\u12g4\"}]", 1), ("\n[1, 2,\n]", 3),
        ])
    func damage(text: String, line: Int) {
        #expect {
            try SegmentJSON.document(in: text, path: "x.json")
        } throws: { error in
            "\(error)".hasPrefix("x.json:\(line): ")
        }
    }

    @Test("64 arrays in each other are read, 65 are not", arguments: [(64, true), (65, false)])
    func depth(count: Int, isRead: Bool) {
        let nested = String(repeating: "[", count: count) + String(repeating: "]", count: count)
        let text = #"{"more": \#(nested), "segments": [{"speaker": "A", "start": 0, "end": 1}]}"#
        #expect(((try? SegmentJSON.document(in: text)) != nil) == isRead)
    }

    @Test("Half a surrogate pair becomes the replacement character, a whole one its character")
    func surrogates() throws {
        #expect(try label(#"a\ud83cb"#) == "a\u{FFFD}b")
        #expect(try label(#"a\ud83c\udf88b"#) == "a🎈b")
    }

    @Test("A byte order mark, words of Python's writer and two documents in one text are taken")
    func tolerance() throws {
        let one = #"{"recording": {"path": "one.wav"}, "score": NaN, "low": -Infinity, "segments": []}"#
        let two = #"{"recording": {"path": "two.wav"}, "segments": []}"#
        #expect(try SegmentJSON.document(in: "\u{FEFF}\(one)\n\(two)").recordings.map(\.name) == ["one", "two"])
    }
}
