public import Timeline

/// How a meeting stands at a moment.
public struct LiveFloor: Sendable, Hashable {
    /// Time since the start, seconds.
    public var time: Double
    /// Speech of each person so far, seconds.
    public var speech: PerSpeaker<Double>
    /// Speech of each person over the last five minutes, seconds.
    public var recentSpeech: PerSpeaker<Double>
    /// Who has the floor; nil before anybody had it and after a lapse.
    public var holder: Speaker?
    /// For how long, seconds.
    public var held: Double
    /// Since when each was last heard, seconds; nil for whoever was not heard yet.
    public var sinceHeard: PerSpeaker<Double?>
    /// Longest turn of each so far in which the other did not take the floor, seconds.
    public var longestTurn: PerSpeaker<Double>

    /// Share of the speech of a person, 0...1; nil without speech.
    public func share(of speaker: Speaker, in speech: PerSpeaker<Double>) -> Double? {
        let total = speech.a + speech.b
        return total > 0 ? speech[speaker] / total : nil
    }
}

/// Follows the labels of a `LiveDiarizer` without going through all of them each time.
public struct LiveFloorTracker: Sendable {
    /// A person takes the floor by speaking this long, seconds; less is a backchannel.
    public static let leastTurn = 1.0
    /// Silence that ends a turn, seconds.
    public static let lapse = 10.0
    /// The recent past, seconds.
    public static let recent = 300.0
    private static let block = 0.1

    private var longest = PerSpeaker(a: 0.0, b: 0.0)

    /// Nothing heard yet.
    public init() {}

    /// How it stands after `labels`, blocks of 100 ms: nobody 0, A 1, B 2.
    public mutating func floor(labels: [UInt8], speech: PerSpeaker<Int>) -> LiveFloor {
        let recentCount = min(Int(Self.recent / Self.block), labels.count)
        var recent = PerSpeaker(a: 0.0, b: 0.0)
        for label in labels.suffix(recentCount) where label > 0 { recent[label == 1 ? .a : .b] += Self.block }
        let (holder, held) = Self.holder(labels)
        if let holder { longest[holder] = max(longest[holder], held) }
        return LiveFloor(
            time: Double(labels.count) * Self.block, speech: speech.map { Double($0) * Self.block },
            recentSpeech: recent, holder: holder, held: held,
            sinceHeard: PerSpeaker { Self.sinceHeard($0, labels) }, longestTurn: longest)
    }

    /// Whoever spoke last for long enough, and since when the other has not.
    static func holder(_ labels: [UInt8]) -> (Speaker?, Double) {
        let least = Int(leastTurn / block)
        let lapse = Int(Self.lapse / block)
        var holder: UInt8 = 0
        var start = labels.count
        var end = labels.count
        var silence = 0
        while end > 0 {
            let label = labels[end - 1]
            var first = end - 1
            while first > 0, labels[first - 1] == label { first -= 1 }
            let length = end - first
            if label == 0 {
                silence += length
                if silence >= lapse { break }
            } else {
                silence = 0
                if holder == 0, length >= least { holder = label }
                if label == holder {
                    start = first
                } else if holder != 0, length >= least {
                    break
                }
            }
            end = first
        }
        guard holder != 0 else { return (nil, 0) }
        return (holder == 1 ? .a : .b, Double(labels.count - start) * block)
    }

    private static func sinceHeard(_ speaker: Speaker, _ labels: [UInt8]) -> Double? {
        let label: UInt8 = speaker == .a ? 1 : 2
        guard let last = labels.lastIndex(of: label) else { return nil }
        return Double(labels.count - 1 - last) * block
    }
}
