import LabelFormats
import SeededSignals
import Testing
import Timeline

@Suite("UEM")
struct UEMTests {
    @Test("The fourth field is an end, not a duration")
    func offset() throws {
        let maps = try UEM.maps(in: "call 1 10.0 15.5\n")
        #expect(maps == [UEM.Map(recording: "call", regions: [TimeSpan(start: 10, end: 15.5)])])
        #expect(UEM.text(of: maps) == "call 1 10.000 15.500\n")
    }

    @Test("Comments, blank lines, tabs and several recordings are taken")
    func tolerance() throws {
        let maps = try UEM.maps(in: "\u{FEFF};; regions\r\n\r\na NA 0 1\r\nb\t1\t0\t2\r\na NA 3 4")
        #expect(maps.map(\.recording) == ["a", "b"])
        #expect(maps[0].regions == [TimeSpan(start: 0, end: 1), TimeSpan(start: 3, end: 4)])
    }

    @Test("A thousand random maps are the same to half a millisecond after writing and reading")
    func roundTrip() throws {
        var random = SeededRandom(seed: 1)
        for seed in 0..<1000 {
            let regions = (0...seed % 7).map { index in
                let start = Double(index * 100) + Double.random(in: 0...50, using: &random)
                return TimeSpan(start: start, end: start + Double.random(in: 0.01...40, using: &random))
            }
            let read = try UEM.maps(in: UEM.text(of: [UEM.Map(recording: "r", regions: regions)]))[0].regions
            try #require(read.count == regions.count)
            for (one, other) in zip(read, regions) {
                try #require(abs(one.start - other.start) <= 0.0005 + 1e-9)
                try #require(abs(one.end - other.end) <= 0.0005 + 1e-9)
            }
        }
    }

    @Test("Labels as UEM are one region over the whole recording")
    func whole() {
        let segments = [LabelledSegment(label: "a", start: 1, end: 2)]
        let recording = LabelledRecording(name: "our call", segments: segments, duration: 9)
        #expect(LabelDocument.text(of: [recording], as: .uem) == "our_call 1 0.000 9.000\n")
    }
}
