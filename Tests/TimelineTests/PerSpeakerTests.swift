import Foundation
import Testing
import Timeline

@Suite("A value per speaker")
struct PerSpeakerTests {
    @Test("Values are read, changed and exchanged by person")
    func values() {
        var counts = PerSpeaker { $0 == .a ? 1 : 2 }
        counts[.b] = 5
        #expect(counts == PerSpeaker(a: 1, b: 5))
        #expect(counts[.a] == 1)
        #expect(counts.map { $0 * 2 } == PerSpeaker(a: 2, b: 10))
        #expect(counts.swapped == PerSpeaker(a: 5, b: 1))
    }

    @Test("Coded under the keys A and B, null included")
    func coding() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let value = PerSpeaker<Double?>(a: 0.5, b: nil)
        let data = try encoder.encode(value)
        #expect(String(decoding: data, as: UTF8.self) == #"{"A":0.5,"B":null}"#)
        #expect(try JSONDecoder().decode(PerSpeaker<Double?>.self, from: data) == value)
    }
}
