/// A stretch of scored time during which nobody starts or stops speaking on either side.
package struct Slice: Sendable, Hashable {
    /// Length, seconds, > 0.
    package var duration: Double
    /// Indices of the reference people who speak, ascending.
    package var reference: [Int]
    /// Indices of the hypothesis people who speak, ascending.
    package var hypothesis: [Int]

    /// Cuts `region` into slices, by time; slices in which nobody speaks are left out.
    ///
    /// One sweep over the sorted boundaries: O(n log n) for n boundaries, exact, no grid.
    package static func slices(
        reference: SpeakerTracks, hypothesis: SpeakerTracks, region: IntervalSet
    ) -> [Slice] {
        let edges = Edge.sorted(reference: reference, hypothesis: hypothesis, region: region)
        var slices: [Slice] = []
        var current = Slice(duration: 0, reference: [], hypothesis: [])
        var scored = false
        var last = -Double.infinity
        for edge in edges {
            if scored, edge.time > last, !(current.reference.isEmpty && current.hypothesis.isEmpty) {
                current.duration = edge.time - last
                slices.append(current)
            }
            last = edge.time
            switch edge.source {
            case .region: scored = edge.begins
            case .reference(let person): toggle(person, edge.begins, in: &current.reference)
            case .hypothesis(let person): toggle(person, edge.begins, in: &current.hypothesis)
            }
        }
        return slices
    }

    private static func toggle(_ person: Int, _ begins: Bool, in active: inout [Int]) {
        if begins {
            active.insert(person, at: active.firstIndex { $0 > person } ?? active.count)
        } else {
            active.removeAll { $0 == person }
        }
    }

    /// A moment at which one track begins or ends.
    private struct Edge {
        enum Source {
            case region
            case reference(Int)
            case hypothesis(Int)
        }

        var time: Double
        var begins: Bool
        var source: Source

        static func sorted(
            reference: SpeakerTracks, hypothesis: SpeakerTracks, region: IntervalSet
        ) -> [Edge] {
            var edges = both(region, .region)
            for (person, speech) in reference.speech.enumerated() { edges += both(speech, .reference(person)) }
            for (person, speech) in hypothesis.speech.enumerated() { edges += both(speech, .hypothesis(person)) }
            return edges.sorted { $0.time < $1.time }
        }

        private static func both(_ set: IntervalSet, _ source: Source) -> [Edge] {
            set.intervals.flatMap {
                [
                    Edge(time: $0.start, begins: true, source: source),
                    Edge(time: $0.end, begins: false, source: source),
                ]
            }
        }
    }
}
