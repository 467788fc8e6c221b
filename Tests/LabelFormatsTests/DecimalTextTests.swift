import LabelFormats
import Testing

@Suite("Decimal text")
struct DecimalTextTests {
    @Test(
        "Numbers with a dot, a sign or an exponent are read",
        arguments: [
            ("0", 0.0), ("12.340", 12.34), (".5", 0.5), ("+3", 3), ("-2.5e-1", -0.25),
        ])
    func numbers(text: String, value: Double) {
        #expect(DecimalText.number(text) == value)
    }

    @Test("Anything else is not a number", arguments: ["", ".", "1,5", "1 5", "0x1p3", "infinity", "NaN", "1e", "٣"])
    func others(text: String) {
        #expect(DecimalText.number(text) == nil)
    }

    @Test("Seconds have three decimals", arguments: [(0, "0.000"), (7, "0.007"), (-40, "-0.040"), (61_200, "61.200")])
    func printing(milliseconds: Int, text: String) {
        #expect(DecimalText.seconds(milliseconds: milliseconds) == text)
    }
}
