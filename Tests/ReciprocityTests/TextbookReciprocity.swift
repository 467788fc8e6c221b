import Timeline

/// The definition read aloud: every millisecond of the meeting is a cell, every metric is counted on the cells.
///
/// Slow and plain on purpose. All times must lie on whole milliseconds. Everything is in seconds when it comes out.
struct TextbookReciprocity {
    /// A stretch of cells of one person.
    struct Unit: Equatable {
        var speaker: Speaker
        var start: Int
        var end: Int
    }

    /// A turn and the units it is made of.
    struct Turn {
        var units: [Unit]
        var speaker: Speaker { units[0].speaker }
        var start: Int { units[0].start }
        var end: Int { units[units.count - 1].end }
    }

    let cells: Int
    /// `speech[p][t]`: whether `p` speaks in cell `t`.
    let speech: PerSpeaker<[Bool]>
    /// The same without backchannels.
    let floor: PerSpeaker<[Bool]>
    let backchannels: [Unit]
    let overlaps: [Unit]
    let turns: [Turn]

    var duration: Double { Double(cells) / 1000 }

    init(of timeline: Timeline) {
        let cells = Int((timeline.duration * 1000).rounded())
        let speech = PerSpeaker { speaker in
            Self.painted(timeline.segments.filter { $0.speaker == speaker }, cells: cells)
        }
        let lapses = Self.runs(of: zip(speech.a, speech.b).map { !$0 && !$1 }).filter { $0.end - $0.start >= 10_000 }
        let units = Speaker.allCases.flatMap { speaker in
            Self.runs(of: Self.bridged(speech[speaker])).map { Unit(speaker: speaker, start: $0.start, end: $0.end) }
        }
        let backchannels = units.filter { Self.isBackchannel($0, among: units, lapses: lapses) }
        let kept = units.filter { !backchannels.contains($0) }
        let overlaps = kept.filter { unit in
            kept.contains { $0.speaker != unit.speaker && $0.start <= unit.start && $0.end >= unit.end }
        }
        var turns: [Turn] = []
        for unit in kept.filter({ !overlaps.contains($0) }).sorted(by: { $0.start < $1.start }) {
            if let last = turns.last, last.speaker == unit.speaker,
                !Self.lapse(in: lapses, from: last.end, to: unit.start)
            {
                turns[turns.count - 1].units.append(unit)
            } else {
                turns.append(Turn(units: [unit]))
            }
        }
        floor = PerSpeaker { speaker in
            var cells = speech[speaker]
            for unit in backchannels where unit.speaker == speaker {
                for cell in unit.start..<unit.end { cells[cell] = false }
            }
            return cells
        }
        self.cells = cells
        self.speech = speech
        self.backchannels = backchannels
        self.overlaps = overlaps
        self.turns = turns
    }

    /// Cells in which one of the segments lies.
    private static func painted(_ segments: [SpeechSegment], cells count: Int) -> [Bool] {
        var cells = [Bool](repeating: false, count: count)
        for segment in segments {
            let start = max(Int((segment.start * 1000).rounded()), 0)
            let end = min(Int((segment.end * 1000).rounded()), count)
            if start < end { for cell in start..<end { cells[cell] = true } }
        }
        return cells
    }

    /// Maximal stretches of true.
    static func runs(of cells: [Bool]) -> [(start: Int, end: Int)] {
        var runs: [(start: Int, end: Int)] = []
        for (index, isOn) in cells.enumerated() where isOn {
            if let last = runs.last, last.end == index {
                runs[runs.count - 1].end += 1
            } else {
                runs.append((index, index + 1))
            }
        }
        return runs
    }

    /// Speech with all inner silences of at most 200 cells filled.
    private static func bridged(_ speech: [Bool]) -> [Bool] {
        var bridged = speech
        for silence in runs(of: speech.map { !$0 }) where silence.start > 0 && silence.end < speech.count {
            if silence.end - silence.start <= 200 { for cell in silence.start..<silence.end { bridged[cell] = true } }
        }
        return bridged
    }

    private static func lapse(in lapses: [(start: Int, end: Int)], from start: Int, to end: Int) -> Bool {
        lapses.contains { $0.start >= start && $0.end <= end }
    }

    /// At most 1000 cells, and on both sides all of the nearest longer units belong to the partner.
    private static func isBackchannel(
        _ unit: Unit, among units: [Unit], lapses: [(start: Int, end: Int)]
    ) -> Bool {
        guard unit.end - unit.start <= 1000 else { return false }
        let long = units.filter { $0.end - $0.start > 1000 }
        let before = long.filter { $0.start < unit.start && !lapse(in: lapses, from: $0.end, to: unit.start) }
            .map { (speaker: $0.speaker, distance: max(unit.start - $0.end, 0)) }
        let after = long.filter { $0.end > unit.end && !lapse(in: lapses, from: unit.end, to: $0.start) }
            .map { (speaker: $0.speaker, distance: max($0.start - unit.end, 0)) }
        return [before, after].allSatisfy { side in
            let nearest = side.map(\.distance).min()
            let speakers = side.filter { $0.distance == nearest }.map(\.speaker)
            return !speakers.isEmpty && speakers.allSatisfy { $0 == unit.speaker.partner }
        }
    }
}

// MARK: The metrics

extension TextbookReciprocity {
    static func count(_ cells: [Bool], _ range: Range<Int>) -> Int {
        var count = 0
        for cell in range where cells[cell] { count += 1 }
        return count
    }

    static func share(_ cells: PerSpeaker<[Bool]>, of speaker: Speaker, in range: Range<Int>) -> Double? {
        let own = count(cells[speaker], range)
        let both = own + count(cells[speaker.partner], range)
        return both == 0 ? nil : Double(own) / Double(both)
    }

    /// Definition 7 of Hyndman & Fan as a weighted mean of order statistics.
    static func quantile(_ probability: Double, _ numbers: [Double]) -> Double? {
        guard !numbers.isEmpty else { return nil }
        let sorted = numbers.sorted()
        let rank = Double(sorted.count) * probability + (1 - probability)
        let below = Int(rank.rounded(.down))
        let weight = rank - Double(below)
        return below >= sorted.count
            ? sorted[sorted.count - 1] : (1 - weight) * sorted[below - 1] + weight * sorted[below]
    }

    var all: Range<Int> { 0..<cells }

    func speakingTime(_ speaker: Speaker) -> Double { Double(Self.count(speech[speaker], all)) / 1000 }
    func talkShare(_ speaker: Speaker) -> Double? { Self.share(speech, of: speaker, in: all) }
    func floorShare(_ speaker: Speaker) -> Double? { Self.share(floor, of: speaker, in: all) }

    /// Share of the cells in which exactly the given people speak.
    func state(_ a: Bool, _ b: Bool) -> Double? {
        cells == 0 ? nil : Double(all.count { speech.a[$0] == a && speech.b[$0] == b }) / Double(cells)
    }

    var longestSilence: Double? {
        Self.runs(of: zip(speech.a, speech.b).map { !$0 && !$1 }).map { $0.end - $0.start }.filter { $0 >= 500 }.max()
            .map { Double($0) / 1000 }
    }

    func turnLengths(_ speaker: Speaker) -> [Double] {
        turns.filter { $0.speaker == speaker }.map { Double($0.end - $0.start) / 1000 }
    }

    func longestMonologue(_ speaker: Speaker) -> TimeSpan? {
        let own = turns.filter { $0.speaker == speaker }
        guard let longest = own.map({ $0.end - $0.start }).max() else { return nil }
        return own.first { $0.end - $0.start == longest }
            .map { TimeSpan(start: Double($0.start) / 1000, end: Double($0.end) / 1000) }
    }

    /// Offsets of the transitions to `responder`, of all when nil, in cells.
    func offsets(to responder: Speaker?) -> [Int] {
        turns.indices.dropFirst().filter { turns[$0].speaker != turns[$0 - 1].speaker }
            .filter { responder == nil || turns[$0].speaker == responder }
            .map { turns[$0].start - turns[$0 - 1].end }
    }

    func backchannelRate(_ speaker: Speaker) -> Double? {
        let partner = Double(Self.count(floor[speaker.partner], all)) / 1000
        return partner < 60 ? nil : Double(backchannels.count { $0.speaker == speaker }) / (partner / 60)
    }

    /// Who leads each window with speech; nil for a balanced one.
    var windowLeaders: [Speaker?] {
        stride(from: 0, to: cells, by: 30_000).filter { $0 + 150_000 <= cells }.compactMap { start -> Speaker?? in
            guard let a = Self.share(speech, of: .a, in: start..<start + 150_000) else { return nil }
            return .some(a > 0.6 ? .a : 1 - a > 0.6 + 1e-12 ? .b : nil)
        }
    }

    func firstFloor(_ speaker: Speaker) -> Double? {
        turns.first { turn in
            turn.speaker == speaker
                && turn.units.map { Self.count(speech[speaker], $0.start..<$0.end) }.reduce(0, +) >= 20_000
        }.map { Double($0.start) / 1000 }
    }

    func handOver(_ speaker: Speaker) -> (time: Double, early: Double, late: Double)? {
        guard cells >= 300_000 else { return nil }
        var best: (time: Double, early: Double, late: Double)?
        var step = 0
        while 0.5 * duration + 15 * Double(step) <= duration - max(120, 0.05 * duration) + 1e-9 {
            let time = 0.5 * duration + 15 * Double(step)
            step += 1
            // Half a meeting of an odd number of milliseconds ends inside a cell; it counts by halves.
            let cell = Int(time * 1000)
            let inside = time * 1000 - Double(cell)
            let shares = PerSpeaker { person -> (Double, Double) in
                let before = Double(Self.count(floor[person], 0..<cell)) + (floor[person][cell] ? inside : 0)
                return (before, Double(Self.count(floor[person], all)) - before)
            }
            guard shares.a.0 + shares.b.0 > 0, shares.a.1 + shares.b.1 > 0 else { continue }
            let early = shares[speaker].0 / (shares.a.0 + shares.b.0)
            let late = shares[speaker].1 / (shares.a.1 + shares.b.1)
            if best.map({ late - early > $0.late - $0.early + 1e-12 }) ?? true { best = (time, early, late) }
        }
        return best
    }
}
