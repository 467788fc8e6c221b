/// How long each reference person and each hypothesis person speak, and speak at the same time, seconds.
package struct Cooccurrence: Sendable {
    /// Speech of each reference person.
    package private(set) var reference: [Double]
    /// Speech of each hypothesis person.
    package private(set) var hypothesis: [Double]
    /// `shared[r][h]`: time in which both speak.
    package private(set) var shared: [[Double]]

    package init(slices: [Slice], referenceCount: Int, hypothesisCount: Int) {
        reference = Array(repeating: 0, count: referenceCount)
        hypothesis = Array(repeating: 0, count: hypothesisCount)
        shared = Array(repeating: hypothesis, count: referenceCount)
        for slice in slices {
            for person in slice.hypothesis { hypothesis[person] += slice.duration }
            for person in slice.reference {
                reference[person] += slice.duration
                for other in slice.hypothesis { shared[person][other] += slice.duration }
            }
        }
    }

    /// The hypothesis person of each reference person, so that the matched time is longest; nil without common time.
    package var mapping: [Int?] {
        zip(shared, SpeakerAssignment.heaviest(shared)).map { times, match in
            match.flatMap { times[$0] > 0 ? $0 : nil }
        }
    }

    /// The Jaccard error rate, 0...1; nil without reference speech.
    ///
    /// Mean over the reference people of 1 − |R ∩ H| / |R ∪ H|, with the matching that makes it smallest; a person
    /// without a match counts 1. Ryant et al. 2019, "The Second DIHARD Diarization Challenge", section 3.2.
    package var jaccardErrorRate: Double? {
        let speaking = reference.indices.filter { reference[$0] > 0 }
        guard !speaking.isEmpty else { return nil }
        let likeness = speaking.map { person in
            hypothesis.indices.map { other in
                shared[person][other] / (reference[person] + hypothesis[other] - shared[person][other])
            }
        }
        let matched = zip(likeness, SpeakerAssignment.heaviest(likeness)).reduce(0) { sum, pair in
            sum + (pair.1.map { pair.0[$0] } ?? 0)
        }
        return 1 - matched / Double(speaking.count)
    }

    /// Absolute error of the talk share of reference person `first`, percentage points, 0...100.
    ///
    /// nil unless exactly two reference people speak and the hypothesis has speech.
    package func talkShareError(first: Int, mapping: [Int?]) -> Double? {
        let found = hypothesis.reduce(0, +)
        guard reference.count(where: { $0 > 0 }) == 2, found > 0 else { return nil }
        let share = mapping[first].map { hypothesis[$0] / found } ?? 0
        return 100 * abs(share - reference[first] / reference.reduce(0, +))
    }
}
