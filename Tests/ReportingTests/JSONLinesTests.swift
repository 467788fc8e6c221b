import Reporting
import Testing

@Suite("JSON documents one a line")
struct JSONLinesTests {
    private static let document = JSONValue.object([
        "text \" \\ end": .string("two  spaces, \"quotes\\\",\nline: 5"), "empty": .array([]), "number": .number(0.1),
        "nested": .object(["list": .array([.null, .bool(true), .integer(-3), .string("  ")])]),
    ])

    @Test("An indented document becomes the bytes of the same document on one line")
    func line() {
        #expect(JSONLines.line(of: Self.document.text(.indented)) == Self.document.text(.oneLine))
        #expect(JSONLines.line(of: Self.document.text(.oneLine)) == Self.document.text(.oneLine))
    }
}
