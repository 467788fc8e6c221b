private import CSpeechKernels
private import RealModule

/// Splits runs of blocks into two people by their coordinates in speaker space.
package struct SpeakerSpaceClustering {
    private static let lanes = SpeakerPrior.axisLanes
    /// Runs in each cluster.
    private var sizes: [Int]
    /// `[clusters × 32]`: what the runs count times their coordinates.
    private var sums: [Double]
    private var evidences: [Double]
    /// By the number of runs, from 0 on: what the squares of the sums are multiplied with, `[32]` each, and the
    /// logarithm that is taken off (see `SpeakerPrior.evidence`).
    private var scales: [Double]
    private var logarithms: [Double]
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
        sizes = coordinates.map { _ in 1 }
        sums = coordinates.flatMap { row in
            row.map { $0 * occupancy } + [Double](repeating: 0, count: Self.lanes - row.count)
        }
        (scales, logarithms) = ([], [])
        for size in 0...coordinates.count {
            let count = occupancy * Double(size)
            let factors = prior.spread.map { $0 / (1 + count * $0) }
            scales += factors + [Double](repeating: 0, count: Self.lanes - factors.count)
            logarithms.append(Double.log(prior.spread.reduce(1) { $0 * (1 + count * $1) }))
        }
        labels = Array(coordinates.indices)
        alive = coordinates.map { _ in true }
        evidences = []
        let nothing = [Double](repeating: 0, count: Self.lanes)
        evidences = coordinates.indices.map { row in
            sums.withUnsafeBufferPointer { sums in
                nothing.withUnsafeBufferPointer { nothing in
                    evidence(sums.baseAddress.map { $0 + row * Self.lanes }, nothing.baseAddress, size: 1)
                }
            }
        }
    }

    @inline(__always)
    private func evidence(_ one: UnsafePointer<Double>?, _ other: UnsafePointer<Double>?, size: Int) -> Double {
        scales.withUnsafeBufferPointer { scales in
            let scale = scales.baseAddress.map { $0 + size * Self.lanes }
            return 0.5 * (merged_evidence(one, other, scale) - logarithms[size])
        }
    }

    private func gain(_ one: Int, _ other: Int) -> Double {
        sums.withUnsafeBufferPointer { sums in
            guard let base = sums.baseAddress else { return 0 }
            return evidence(base + one * Self.lanes, base + other * Self.lanes, size: sizes[one] + sizes[other])
                - evidences[one] - evidences[other]
        }
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
        evidences[kept] += gain(kept, gone) + evidences[gone]
        sizes[kept] += sizes[gone]
        for axis in 0..<Self.lanes { sums[kept * Self.lanes + axis] += sums[gone * Self.lanes + axis] }
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
