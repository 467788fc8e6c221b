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

    @Test(
        "Clock times have two digits and more for hours",
        arguments: [(0, "00:00:00.000"), (3_661_007, "01:01:01.007"), (360_000_000, "100:00:00.000")])
    func clock(milliseconds: Int, text: String) {
        #expect(DecimalText.clock(milliseconds: milliseconds, mark: ".") == text)
    }

    @Test(
        "Microseconds in full and short",
        arguments: [(0, "0.000000", "0"), (1_500_000, "1.500000", "1.5"), (20_000_001, "20.000001", "20.000001")])
    func microseconds(value: Int, full: String, short: String) {
        #expect(DecimalText.seconds(microseconds: value) == full)
        #expect(DecimalText.shortSeconds(microseconds: value) == short)
    }
}
