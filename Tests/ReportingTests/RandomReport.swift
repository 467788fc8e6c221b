import Reciprocity
import Reporting
import Timeline

/// Reports of random meetings with difficult names.
enum RandomReport {
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        /// Knuth's multiplier; the high bits are good enough for drawing meetings.
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 33)
        }
    }

    private static let names: [String?] = [
        nil, "Dana", "Jo", "", "   ", "Dr. Maximiliane Freifrau von und zu Hohenstein-Wittgenstein the Younger",
        "田中さくら子と申します、どうぞよろしくお願いします", "👩‍👩‍👧‍👦👨‍🚀🇩🇪❤️", "e\u{301}\u{302}\u{303}lodie", "\u{301}", "محمد", "एक नाम",
        String(repeating: "W", count: 300), "ab\tcd", "👍🏽 👍🏽 👍🏽 👍🏽 👍🏽 👍🏽 👍🏽 👍🏽 👍🏽 👍🏽 👍🏽 👍🏽",
    ]

    /// Report number `seed`.
    static func report(seed: Int) -> MeetingReport {
        var numbers = Numbers(state: UInt64(seed))
        let duration = Double(Int.random(in: 0...[90, 900, 40_000][seed % 3], using: &numbers))
        let lead = Double.random(in: 0...1, using: &numbers)
        let segments = (0..<Int.random(in: 0...80, using: &numbers)).map { _ in
            let start = Double.random(in: 0...max(duration, 1), using: &numbers)
            let length = Double.random(in: 0...duration / 20 + 1, using: &numbers)
            let speaker: Speaker = Double.random(in: 0...1, using: &numbers) < lead ? .a : .b
            return SpeechSegment(speaker: speaker, start: start, end: start + length)
        }
        let timeline = Timeline(duration: duration, segments: segments)
        let confusion = Bool.random(using: &numbers) ? nil : Double.random(in: 0...0.2, using: &numbers)
        let trusted = confusion.map { $0 <= 0.1 } ?? Bool.random(using: &numbers)
        let evidence = MeetingEvidence(
            segmentation: SegmentationTrust(trusted: trusted, estimatedConfusion: confusion),
            timeResolution: seed % 7 == 0 ? 60 : nil)
        let mode = DiarizationFacts.Mode.allCases[seed % 3]
        let facts = DiarizationFacts(
            mode: mode, speakers: Set(segments.map(\.speaker)).count, estimatedConfusion: confusion, trusted: trusted,
            warnings: seed % 4 == 0
                ? [String(repeating: "warning ", count: 30), String(repeating: "長", count: 90)] : [])
        return MeetingReport(
            version: "0.1.0", diarization: seed % 5 == 0 ? nil : facts, timeline: timeline,
            reciprocity: reciprocity(of: timeline, evidence: evidence),
            names: PerSpeaker { _ in names.randomElement(using: &numbers) ?? nil },
            me: [nil, .a, .b].randomElement(using: &numbers) ?? nil,
            title: names.randomElement(using: &numbers) ?? nil)
    }
}

/// Columns as a terminal of the widest kind would count them, written apart from the code under test.
enum WideTerminal {
    static func columns(_ line: Substring) -> Int {
        line.reduce(0) { sum, character in
            let first = character.unicodeScalars.first?.value ?? 0
            let isHan = (0x3000...0x9FFF).contains(first) || (0xFF00...0xFF60).contains(first)
            let isPicture = character.unicodeScalars.contains { $0.properties.isEmojiPresentation || $0 == "\u{FE0F}" }
            return sum + (isHan || isPicture ? 2 : 1)
        }
    }
}
