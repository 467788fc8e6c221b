import LabelFormats
import Testing
import Timeline

/// Who speaks in captions as real tools write them.
@Suite("Speakers of captions")
struct CaptionSpeakersTests {
    private func labels(_ captions: [String], first line: String = "WEBVTT") throws -> [String] {
        let cues = captions.enumerated().map {
            "00:00:0\($0.offset).000 --> 00:00:0\($0.offset + 1).000\n\($0.element)\n"
        }
        return try WebVTT.document(in: line + "\n\n" + cues.joined(separator: "\n")).recordings[0].segments.map(\.label)
    }

    @Test("Zoom writes the name and a colon")
    func zoom() throws {
        #expect(
            try labels(["Dana Smith: Hi, how are you?", "Theo: Good: very good.", "Dana Smith: One thing: lunch?"])
                == ["Dana Smith", "Theo", "Dana Smith"])
    }

    @Test("A further line begins with a name only if the name is known; a dash is no part of it")
    func furtherLines() throws {
        #expect(
            try labels(["Ann: I say\none thing: lunch", "- Ben: no\n- Ann: yes", "Ben: well"])
                == ["Ann", "Ben", "Ann", "Ben"])
    }

    @Test("Teams writes voice spans, and a colon in the words means nothing")
    func teams() throws {
        #expect(try labels(["<v Dana Smith>Note: hi.</v>", "<v Theo>Hello</v>"]) == ["Dana Smith", "Theo"])
    }

    @Test("WhisperX writes the name in brackets")
    func whisperX() throws {
        #expect(
            try labels(["[SPEAKER_00]: Hello.", "[SPEAKER_01]: At 10:30, right?"]) == ["SPEAKER_00", "SPEAKER_01"])
    }

    @Test("Where few captions have a colon, a word before one is a name only if it returns")
    func sentences() throws {
        #expect(
            try labels(["Ann: hi", "so", "One thing: lunch?", "and", "Ann: yes", "well", "no"]) == ["Ann", "Ann"])
    }

    @Test("A name on a line of its own above the words")
    func ownLine() throws {
        #expect(
            try labels(["Dana\nhi there", "Theo\nhello", "Dana\nhow are you?", "Theo\nfine"])
                == ["Dana", "Theo", "Dana", "Theo"])
    }

    @Test("Addresses and times of day are no names")
    func others() {
        #expect(throws: LabelFormatError.self) { try labels(["see http://example.org", "at 10:30", "(laughs)"]) }
    }
}
