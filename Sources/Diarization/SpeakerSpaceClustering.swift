/// Splits runs of blocks into two people by their coordinates in speaker space.
package struct SpeakerSpaceClustering {
    private let prior: SpeakerPrior
    private var counts: [Double]
    private var sums: [[Double]]
    private var evidences: [Double]
    private var labels: [Int]
    private var alive: [Bool]

    /// Merges the pair that is likeliest to be one person until two clusters remain (probabilistic linear discriminant
    /// scoring, Prince and Elder 2007); returns 0 or 1 per run, 0 for the first.
    ///
    /// - Parameter occupancy: what a run counts, 0...1; less than 1 because frames of a run are far from independent.
    package static func cluster(_ coordinates: [[Double]], occupancy: Double, prior: SpeakerPrior) -> [Int] {
        var clustering = SpeakerSpaceClustering(coordinates, occupancy, prior)
        clustering.merge(until: 2)
        return clustering.labels.map { $0 == clustering.labels[0] ? 0 : 1 }
    }

    private init(_ coordinates: [[Double]], _ occupancy: Double, _ prior: SpeakerPrior) {
        self.prior = prior
        counts = coordinates.map { _ in occupancy }
        sums = coordinates.map { $0.map { $0 * occupancy } }
        evidences = zip(counts, sums).map { prior.evidence(count: $0, sum: $1) }
        labels = Array(coordinates.indices)
        alive = coordinates.map { _ in true }
    }

    private func gain(_ one: Int, _ other: Int) -> Double {
        prior.evidence(count: counts[one] + counts[other], sum: zip(sums[one], sums[other]).lazy.map { $0 + $1 })
            - evidences[one] - evidences[other]
    }

    private mutating func merge(until target: Int) {
        let count = labels.count
        var gains = [Double](repeating: -.infinity, count: count * count)
        // Best partner after each row, so that a merge costs one row and the rows whose partner went.
        var best = [(partner: Int, gain: Double)](repeating: (0, -.infinity), count: count)
        for row in 0..<count {
            for column in (row + 1)..<max(count, row + 1) { gains[row * count + column] = gain(row, column) }
            best[row] = Self.best(gains, row, count)
        }
        for _ in 0..<max(0, count - target) {
            var kept = -1
            for row in 0..<count where alive[row] && (kept < 0 || best[row].gain > best[kept].gain) { kept = row }
            let gone = best[kept].partner
            join(kept, gone)
            for other in 0..<count where other != gone {
                gains[min(other, gone) * count + max(other, gone)] = -.infinity
                guard alive[other], other != kept else { continue }
                gains[min(other, kept) * count + max(other, kept)] = gain(min(other, kept), max(other, kept))
            }
            for row in 0..<count where alive[row] {
                if row == kept || best[row].partner == gone || best[row].partner == kept {
                    best[row] = Self.best(gains, row, count)
                } else if row < kept, gains[row * count + kept] > best[row].gain {
                    best[row] = (kept, gains[row * count + kept])
                }
            }
        }
    }

    private mutating func join(_ kept: Int, _ gone: Int) {
        counts[kept] += counts[gone]
        for axis in sums[kept].indices { sums[kept][axis] += sums[gone][axis] }
        evidences[kept] = prior.evidence(count: counts[kept], sum: sums[kept])
        alive[gone] = false
        for run in labels.indices where labels[run] == gone { labels[run] = kept }
    }

    private static func best(_ gains: [Double], _ row: Int, _ count: Int) -> (partner: Int, gain: Double) {
        var best = (partner: 0, gain: -Double.infinity)
        for column in (row + 1)..<max(count, row + 1) where gains[row * count + column] > best.gain {
            best = (column, gains[row * count + column])
        }
        return best
    }

    /// Place of each run along the main direction in which people differ, −1...1.
    package static func principalAxis(_ coordinates: [[Double]], prior: SpeakerPrior) -> [Double] {
        let rows = coordinates.map { zip($0, prior.spread).map { $0 * ($1 / (1 + $1)).squareRoot() } }
        var axis = [Double](repeating: 0, count: SpeakerPrior.axisCount)
        // Power iteration from the longest row: a fixed number of steps, the same on every run.
        let longest = rows.max { norm($0) < norm($1) } ?? axis
        axis = longest
        for _ in 0..<60 {
            var next = [Double](repeating: 0, count: axis.count)
            for row in rows {
                let place = zip(row, axis).reduce(0) { $0 + $1.0 * $1.1 }
                for index in next.indices { next[index] += place * row[index] }
            }
            let length = norm(next)
            guard length > 0 else { break }
            axis = next.map { $0 / length }
        }
        let places = rows.map { row in zip(row, axis).reduce(0) { $0 + $1.0 * $1.1 } }
        let mean = places.reduce(0) { $0 + abs($1) } / Double(max(places.count, 1))
        return places.map { mean > 0 ? min(max($0 / mean, -1), 1) : 0 }
    }

    private static func norm(_ row: [Double]) -> Double { row.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
