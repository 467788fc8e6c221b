import LabelFormats
import Testing
import Timeline

@Suite("Audacity labels")
struct AudacityLabelsTests {
    private func segments(_ text: String) throws -> [LabelledSegment] {
        try AudacityLabels.document(in: text).recordings[0].segments
    }

    @Test("Lines that begin with a backslash hold frequencies, and point labels hold no speech")
    func pitfalls() throws {
        let text =
            "0.500000\t1.250000\tAnn\n\\\t100.0\t5000.0\n2.000000\t2.000000\tdoor\n2.000000\t2.000000\t\n3\t4.5\tBen Lee\n"
        #expect(
            try segments(text) == [
                LabelledSegment(label: "Ann", start: 0.5, end: 1.25),
                LabelledSegment(label: "Ben Lee", start: 3, end: 4.5),
            ])
    }

    @Test("Six decimals are written, names without tabs")
    func writing() {
        let recording = LabelledRecording(
            name: "r", segments: [LabelledSegment(label: "Ben\tLee", start: 1.0000004, end: 2.5)])
        #expect(AudacityLabels.text(of: recording) == "1.000000\t2.500000\tBen Lee\n")
    }

    @Test("WhisperX puts the speaker into double brackets; a line without one is left out and said")
    func whisperX() throws {
        let text =
            "0.031\t2.5\t[[SPEAKER_00]]Hello, how are you?\n2.6\t3.0\tHm.\n3.1\t4.0\t[[SPEAKER_01]]Fine: thanks.\n"
        let document = try LabelDocument(text: text, path: "talk.aud")
        #expect(document.format == .audacity)
        #expect(document.recordings[0].segments.map(\.label) == ["SPEAKER_00", "SPEAKER_01"])
        #expect(document.warnings == ["1 of 3 labels name no speaker and are left out"])
    }

    @Test("Labels with names and words are taken apart if nearly all are like that")
    func words() throws {
        let text = "0\t1\tAnn: hi\n1\t2\tBen: one thing: lunch\n2\t3\tAnn: now?\n"
        #expect(try segments(text).map(\.label) == ["Ann", "Ben", "Ann"])
        #expect(try segments("0\t1\tA: B\n1\t2\tC: D\n3\t4\tA: B\n").map(\.label) == ["A: B", "C: D", "A: B"])
        #expect(try segments("0\t1\tAnn: hi\n1\t2\tBen\n").map(\.label) == ["Ann: hi", "Ben"])
    }

    @Test("NeMo parts the fields by blanks")
    func nemo() throws {
        let document = try LabelDocument(text: "0.160 4.860 speaker_0 \n5.0 6.1 speaker_1 \n", path: "talk.txt")
        #expect(document.recordings[0].segments.map(\.label) == ["speaker_0", "speaker_1"])
        #expect(document.recordings[0].segments[0].end == 4.86)
    }

    @Test("Names in double brackets without words anywhere are names, and come back as they were")
    func bracketedNames() throws {
        let recording = LabelledRecording(
            name: "r",
            segments: [
                LabelledSegment(label: "[[x]]", start: 0, end: 1), LabelledSegment(label: "Ann", start: 1, end: 2),
            ])
        #expect(try segments(AudacityLabels.text(of: recording)).map(\.label) == ["[[x]]", "Ann"])
    }
}
