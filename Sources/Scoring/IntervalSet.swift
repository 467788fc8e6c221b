/// A set of moments: sorted, non-empty, disjoint stretches that do not touch, seconds.
package struct IntervalSet: Sendable, Hashable {
    /// The stretches, by time.
    package let intervals: [Interval]

    /// The union of `intervals`; those that touch become one.
    ///
    /// O(n log n).
    package init(_ intervals: some Sequence<Interval>) {
        var merged: [Interval] = []
        for interval in intervals.filter({ $0.start < $0.end }).sorted(by: { $0.start < $1.start }) {
            if let last = merged.last, interval.start <= last.end {
                merged[merged.count - 1].end = max(last.end, interval.end)
            } else {
                merged.append(interval)
            }
        }
        self.intervals = merged
    }

    /// Measure of the set, seconds.
    package var duration: Double { intervals.reduce(0) { $0 + ($1.end - $1.start) } }

    /// The moments of this set that are not in `other`.
    ///
    /// O(n + m).
    package func subtracting(_ other: IntervalSet) -> IntervalSet {
        var rest: [Interval] = []
        var next = 0
        for interval in intervals {
            while next < other.intervals.count, other.intervals[next].end <= interval.start { next += 1 }
            var start = interval.start
            var hole = next
            while hole < other.intervals.count, other.intervals[hole].start < interval.end {
                rest.append(Interval(start: start, end: other.intervals[hole].start))
                start = max(start, other.intervals[hole].end)
                hole += 1
            }
            rest.append(Interval(start: start, end: interval.end))
        }
        return IntervalSet(rest)
    }

    /// Whether `moment` lies in one of the stretches or on its edge.
    ///
    /// O(log n).
    package func reaches(_ moment: Double) -> Bool {
        var (low, high) = (0, intervals.count)
        while low < high {
            let middle = (low + high) / 2
            if intervals[middle].end < moment { low = middle + 1 } else { high = middle }
        }
        return low < intervals.count && intervals[low].start <= moment
    }
}
