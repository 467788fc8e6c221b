import Timeline

/// A set of disjoint stretches of time that can tell at once how much of it lies between two moments.
///
/// Stretches are sorted and do not touch. Building costs O(n log n), a question O(log n).
struct SpeechUnion: Sendable {
    /// One stretch, half-open, in nanoseconds.
    struct Stretch: Sendable, Hashable {
        var start: Nanoseconds
        var end: Nanoseconds
        var length: Nanoseconds { end - start }
    }

    /// The stretches, sorted; each ends before the next starts.
    let stretches: [Stretch]
    /// `lengthBefore[i]` is the length of the first `i` stretches together; shape `[stretches.count + 1]`.
    private let lengthBefore: [Nanoseconds]

    /// The union of stretches given in any order, touching or overlapping; empty ones vanish.
    init(of pieces: [Stretch]) {
        var merged: [Stretch] = []
        for piece in pieces.filter({ $0.start < $0.end }).sorted(by: { $0.start < $1.start }) {
            if let last = merged.last, piece.start <= last.end {
                merged[merged.count - 1].end = max(last.end, piece.end)
            } else {
                merged.append(piece)
            }
        }
        var sums = [0]
        sums.reserveCapacity(merged.count + 1)
        var sum = 0
        for stretch in merged {
            sum += stretch.length
            sums.append(sum)
        }
        stretches = merged
        lengthBefore = sums
    }

    /// What one person of a timeline says inside the meeting, `U_p` of the definition.
    init(of speaker: Speaker, in timeline: Timeline) {
        let end = max(nanoseconds(fromSeconds: timeline.duration), 0)
        self.init(
            of: timeline.segments.filter { $0.speaker == speaker }.map {
                Stretch(
                    start: max(nanoseconds(fromSeconds: $0.start), 0), end: min(nanoseconds(fromSeconds: $0.end), end))
            })
    }

    /// Total length.
    var length: Nanoseconds { lengthBefore[stretches.count] }

    /// The length inside `[start, end)`.
    func length(from start: Nanoseconds, to end: Nanoseconds) -> Nanoseconds {
        start < end ? length(before: end) - length(before: start) : 0
    }

    /// The length before a moment.
    private func length(before moment: Nanoseconds) -> Nanoseconds {
        let started = stretches.firstIndex(passing: { $0.start >= moment })
        guard started > 0 else { return 0 }
        let last = stretches[started - 1]
        return lengthBefore[started - 1] + min(last.end, moment) - last.start
    }

    /// What lies in either set.
    func union(with other: SpeechUnion) -> SpeechUnion { SpeechUnion(of: stretches + other.stretches) }

    /// What lies in this set and in none of the given stretches of it.
    func removing(_ units: [InterpausalUnit]) -> SpeechUnion {
        let others = SpeechUnion(of: units.map { Stretch(start: $0.start, end: $0.end) })
        return SpeechUnion(of: stretches.filter { others.length(from: $0.start, to: $0.end) == 0 })
    }

    /// The silences of a meeting of the given length: before, between and after the stretches.
    func gaps(upTo end: Nanoseconds) -> [Stretch] {
        var gaps: [Stretch] = []
        var position = 0
        for stretch in stretches {
            if stretch.start > position { gaps.append(Stretch(start: position, end: stretch.start)) }
            position = stretch.end
        }
        if end > position { gaps.append(Stretch(start: position, end: end)) }
        return gaps
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first index whose element passes the test, `endIndex` when none does, by halving.
    ///
    /// The test must fail for all elements before some place and pass for all from there on.
    func firstIndex(passing test: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if test(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
