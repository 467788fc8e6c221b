/// How far the starts and ends of speech are off, seconds.
package enum BoundaryError {
    /// The median distance from each reference boundary to the nearest of the same kind and person, seconds.
    ///
    /// Boundaries are those of the merged speech of a person; a start is only compared with starts. A boundary of a
    /// person without a match counts as infinitely far. An even count takes the mean of the middle two.
    /// nil when no reference boundary lies in `region`, or when half of them or more have no counterpart.
    package static func median(
        reference: SpeakerTracks, hypothesis: SpeakerTracks, mapping: [Int?], region: IntervalSet
    ) -> Double? {
        var distances: [Double] = []
        for (person, speech) in reference.speech.enumerated() {
            let found = mapping[person].map { hypothesis.speech[$0].intervals } ?? []
            distances += self.distances(from: speech.intervals.map(\.start), to: found.map(\.start), in: region)
            distances += self.distances(from: speech.intervals.map(\.end), to: found.map(\.end), in: region)
        }
        guard !distances.isEmpty else { return nil }
        distances.sort()
        let middle = distances.count / 2
        let median = distances.count % 2 == 1 ? distances[middle] : (distances[middle - 1] + distances[middle]) / 2
        return median.isFinite ? median : nil
    }

    /// Both lists ascending; one walk through both.
    private static func distances(from moments: [Double], to others: [Double], in region: IntervalSet) -> [Double] {
        var next = 0
        return moments.filter(region.reaches).map { moment in
            while next < others.count, others[next] < moment { next += 1 }
            let after = next < others.count ? others[next] - moment : .infinity
            let before = next > 0 ? moment - others[next - 1] : .infinity
            return min(before, after)
        }
    }
}
