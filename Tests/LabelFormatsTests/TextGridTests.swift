import Foundation
import LabelFormats
import Testing
import Timeline

@Suite("TextGrid")
struct TextGridTests {
    private static let short = """
        File type = "ooTextFile"
        Object class = "TextGrid"

        0
        6
        <exists>
        3
        "IntervalTier"
        "Ann ""the voice"" Lee"
        0
        6
        3
        0
        1.5
        ""
        1.5
        2.25
        "hello"
        2.25
        6
        " "
        "TextTier"
        "clicks"
        0
        6
        1
        3
        "click"
        "IntervalTier"
        "Ben"
        0
        6
        2
        0
        4
        "silent"
        4
        6
        "yes, ""really"" ! no comment"
        """

    private static let wanted = [
        LabelledSegment(label: "Ann \"the voice\" Lee", start: 1.5, end: 2.25),
        LabelledSegment(label: "Ben", start: 4, end: 6),
    ]

    @Test("The short form is read, doubled quotes and points included; the end of the grid is the length")
    func shortForm() throws {
        let document = try LabelDocument(text: Self.short, path: "x.txt")
        #expect(document.format == .textgrid)
        #expect(document.recordings == [LabelledRecording(name: "x", segments: Self.wanted, duration: 6)])
    }

    @Test("Comments, words and numbers in brackets are decoration")
    func decoration() throws {
        let long = """
            "ooTextFile"
            "TextGrid"
            xmin = 0 ! the begin is 99
            xmax = 2
            tiers? <exists>
            size = 1
            item []:
                item [1]:
                    class = "IntervalTier"
                    name = "Ann"
                    xmin = 0
                    xmax = 2
                    intervals: size = 1
                    intervals [1]:
                        xmin = 0.5 text in the way 7x
                        xmax = 2
                        text = "a
            b"
            """
        let segments = try TextGrid.document(in: long.replacing(" text in the way 7x", with: "")).recordings[0].segments
        #expect(segments == [LabelledSegment(label: "Ann", start: 0.5, end: 2)])
        // What begins like a number is one: a damaged number is never skipped.
        #expect(throws: LabelFormatError.self) { try TextGrid.document(in: long) }
    }

    @Test("The chronological form is read")
    func chronological() throws {
        let text = """
            "Praat chronological TextGrid text file"
            0 6   ! Time domain.
            2   ! Number of tiers.
            "IntervalTier" "Ann" 0 6
            "TextTier" "clicks" 0 6
            1 0 1.5
            ""
            2 1
            "click"
            1 1.5 6
            "hello"
            """
        #expect(
            try LabelDocument(text: text, path: "x").recordings[0].segments == [
                LabelledSegment(label: "Ann", start: 1.5, end: 6)
            ])
    }

    @Test("UTF-16 of either byte order and UTF-8 with a mark are the same file", arguments: [0, 1, 2])
    func encodings(kind: Int) throws {
        let text = Self.short.replacing("Ben", with: "Zoë 🎈")
        let units = Array(text.utf16)
        let bytes: [UInt8] =
            switch kind {
            case 0: [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
            case 1: [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
            default: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
            }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).TextGrid")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(
            try LabelDocument(atPath: file.path).recordings[0].segments.map(\.label) == [
                "Ann \"the voice\" Lee", "Zoë 🎈",
            ])
    }

    // time  0  1  2  3  4  5  6
    // Ann      ###                two segments overlap: 1-2 and 1.5-2.5
    // Ben      silent
    @Test("Each tier tiles the whole time; overlapping segments of one person become one")
    func tiling() {
        let recording = LabelledRecording(
            name: "r",
            segments: [
                LabelledSegment(label: "A\"", start: 1, end: 2), LabelledSegment(label: "A\"", start: 1.5, end: 2.5),
            ], duration: 6)
        let text = TextGrid.text(of: recording)
        #expect(text.contains("name = \"A\"\"\" \n"))
        let limits = text.split(separator: "\n").compactMap { line in
            line.hasPrefix("            xm") ? line.split(separator: " ").last.map(String.init) : nil
        }
        #expect(limits == ["0", "1", "1", "2.5", "2.5", "6"])
    }

    @Test("A single tier called speaker holds the names in its texts")
    func names() throws {
        let text =
            "\"ooTextFile\"\n\"TextGrid\"\n0 3 <exists> 1 \"IntervalTier\" \"Speaker\" 0 3 3 0 1 \"Ann\" 1 2 \"Ben\" 2 3 \"\""
        #expect(try TextGrid.document(in: text).recordings[0].segments.map(\.label) == ["Ann", "Ben"])
    }
}
