import Timeline

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers on every machine, from one seed.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Meetings drawn from a seed, all times on whole milliseconds.
enum RandomTimeline {
    /// Meeting number `seed`: its style, length and grid follow from the number.
    ///
    /// Grids of 100 ms meet the thresholds (0.2 s, 0.5 s, 1 s, 10 s) exactly, grids of 1 ms lie beside them. Some
    /// segments reach outside the meeting, some are empty, some overlap others of the same person.
    static func timeline(seed: Int) -> Timeline {
        var random = SplitMix64(seed: UInt64(seed))
        let grid = [1, 100, 10][seed % 3]
        let isLong = seed % 4 == 0
        let duration =
            (isLong
                ? Int.random(in: 290_000...700_000, using: &random)
                : Int.random(in: 0...160_000, using: &random)) / grid * grid
        let segments =
            switch seed % 5 {
            case 0: scattered(duration: duration, using: &random)
            case 1: conversation(duration: duration, chatter: 0.5, longest: 6_000, using: &random)
            case 2: conversation(duration: duration, chatter: 0.3, longest: 40_000, using: &random)
            case 3: oneSided(duration: duration, using: &random)
            default: latePitch(duration: duration, using: &random)
            }
        return Timeline(
            duration: Double(duration) / 1000,
            segments: segments.map { speaker, start, end in
                SpeechSegment(
                    speaker: speaker, start: Double(start / grid * grid) / 1000, end: Double(end / grid * grid) / 1000)
            })
    }

    private typealias Pieces = [(Speaker, Int, Int)]

    /// Stretches anywhere, without any manners.
    private static func scattered(duration: Int, using random: inout SplitMix64) -> Pieces {
        (0..<Int.random(in: 0...max(duration / 4_000, 3), using: &random)).map { _ in
            let start = Int.random(in: -3_000...duration + 1_000, using: &random)
            let length = Bool.random(using: &random) ? 1_500 : 9_000
            return (Bool.random(using: &random) ? .a : .b, start, start + Int.random(in: 0...length, using: &random))
        }
    }

    /// Turns with pauses, gaps, overlaps, backchannels and a lapse now and then.
    private static func conversation(
        duration: Int, chatter: Double, longest: Int, using random: inout SplitMix64
    ) -> Pieces {
        var pieces: Pieces = []
        var position = 0
        var speaker: Speaker = Bool.random(using: &random) ? .a : .b
        while position < duration {
            let end = position + Int.random(in: 100...longest, using: &random)
            var start = position
            while start < end {
                let stop = min(start + Int.random(in: 100...4_000, using: &random), end)
                pieces.append((speaker, start, stop))
                if Double.random(in: 0..<1, using: &random) < chatter {
                    let at = stop + Int.random(in: -1_500...300, using: &random)
                    pieces.append((speaker.partner, at, at + Int.random(in: 100...1_300, using: &random)))
                }
                start = stop + Int.random(in: 0...600, using: &random)
            }
            position = max(position + 1, end + Int.random(in: -900...900, using: &random))
            if Int.random(in: 0..<12, using: &random) == 0 {
                position += Int.random(in: 9_000...12_000, using: &random)
            }
            if Int.random(in: 0..<5, using: &random) > 0 { speaker = speaker.partner }
        }
        return pieces
    }

    /// One person talks, the other gets a word in at times.
    private static func oneSided(duration: Int, using random: inout SplitMix64) -> Pieces {
        let long: Speaker = Bool.random(using: &random) ? .a : .b
        let others = Double.random(in: 0...0.9, using: &random)
        return conversation(duration: duration, chatter: 0.2, longest: 9_000, using: &random).map { piece in
            Double.random(in: 0..<1, using: &random) < others ? piece : (long, piece.1, piece.2)
        }
    }

    /// One person talks until the other is asked, late.
    private static func latePitch(duration: Int, using random: inout SplitMix64) -> Pieces {
        let long: Speaker = Bool.random(using: &random) ? .a : .b
        let change = Int(Double(duration) * Double.random(in: 0.5...0.95, using: &random))
        return conversation(duration: duration, chatter: 0.2, longest: 9_000, using: &random).map { piece in
            if Int.random(in: 0..<6, using: &random) == 0 { return piece }
            return (piece.1 < change ? long : long.partner, piece.1, piece.2)
        }
    }
}
