import Foundation
import Reporting
import Testing

@Suite("A JSON value")
struct JSONValueTests {
    @Test("Keys are sorted, null is written, one newline ends the document")
    func layout() {
        let value = JSONValue.object(["b": .null, "a": .array([.integer(1), .bool(true)]), "B": .object([:])])
        #expect(value.text(.oneLine) == #"{"B":{},"a":[1,true],"b":null}"# + "\n")
        #expect(
            value.text() == """
                {
                  "B": {},
                  "a": [
                    1,
                    true
                  ],
                  "b": null
                }

                """)
    }

    @Test("Numbers have the fewest digits that read back to the same number")
    func numbers() throws {
        let values = [0.1, 1.0 / 3, 300, 1e-7, 1e22, -0.0, .leastNonzeroMagnitude, 1.7976931348623157e308, 2.5]
        for value in values {
            let text = JSONValue.array([.number(value)]).text(.oneLine)
            let array = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Double])
            #expect(array[0] == value, "\(text)")
        }
        #expect(JSONValue.number(300).text() == "300\n")
        #expect(JSONValue.number(0.1).text() == "0.1\n")
        #expect(JSONValue.number(.nan).text() == "null\n")
        #expect(JSONValue.number(.infinity).text() == "null\n")
    }

    @Test("Only what must be escaped is escaped")
    func strings() throws {
        let text = "a/b \"c\" \\ \n\r\n\t\u{0}\u{1F} é 👩‍👩‍👧‍👦 \u{2028}\"\u{301}"
        let json = JSONValue.array([.string(text)]).text(.oneLine)
        #expect(json.contains(#"a/b \"c\" \\ \n\r\n\t\u0000\u001f é"#))
        let array = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String])
        #expect(Array(array[0].unicodeScalars) == Array(text.unicodeScalars))
    }
}
