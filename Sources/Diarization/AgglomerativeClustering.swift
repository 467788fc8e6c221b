private import CSpeechKernels

/// A consecutive stretch of blocks that is clustered as one.
package struct BlockRun: Sendable, Hashable {
    /// Its blocks.
    package let blocks: Range<Int>
    /// Their moments.
    package let moments: CepstralMoments
}

extension BlockStatistics {
    /// Consecutive runs that hold `length` weighted frames each; the incomplete last one is left out.
    package func runs(length: Double) -> [BlockRun] {
        var cumulated = [0.0]
        for weight in weights { cumulated.append((cumulated.last ?? 0) + max(weight, 1e-3)) }
        guard let end = cumulated.last else { return [] }
        var runs: [BlockRun] = []
        var (first, last) = (0, 0)
        var from = 0.0
        while from + length <= end {
            while first + 1 < cumulated.count, cumulated[first + 1] <= from { first += 1 }
            while cumulated[last] < from + length { last += 1 }
            var sum = CepstralMoments()
            sum.values.withUnsafeMutableBufferPointer { sum in
                guard let sum = sum.baseAddress else { return }
                for block in first..<last { add(block: block, times: 1, to: sum) }
            }
            runs.append(BlockRun(blocks: first..<last, moments: sum))
            from += length
        }
        return runs
    }
}

/// Bottom-up clustering of runs by the generalised likelihood ratio of full-covariance Gaussians
/// (Chen & Gopalakrishnan 1998), with nearest neighbours kept; ties go to the lower index.
package struct AgglomerativeClustering {
    private let regularisation: [Double]
    private var clusters: ClusterMoments
    private var logDeterminants: [Double]
    private var labels: [Int]
    private var alive: [Bool]
    private var distances: [Double]
    private var nearest: [Int]
    private var nearestDistance: [Double]
    private let count: Int

    /// Merges `runs` until `clusterCount` clusters remain and returns a cluster number, 0 up, for each run
    /// (in the order of each cluster's first run).
    package static func cluster(_ runs: [BlockRun], into clusterCount: Int, regularisation: [Double]) -> [Int] {
        var clustering = AgglomerativeClustering(runs, regularisation)
        for _ in 0..<max(0, runs.count - clusterCount) { clustering.mergeNearest() }
        let names = Array(Set(clustering.labels)).sorted()
        return clustering.labels.map { label in names.firstIndex(of: label) ?? 0 }
    }

    private init(_ runs: [BlockRun], _ regularisation: [Double]) {
        count = runs.count
        self.regularisation = regularisation
        labels = Array(0..<count)
        alive = [Bool](repeating: true, count: count)
        distances = [Double](repeating: .infinity, count: count * count)
        nearest = [Int](repeating: 0, count: count)
        nearestDistance = [Double](repeating: .infinity, count: count)
        clusters = ClusterMoments(runs.map(\.moments))
        logDeterminants = clusters.logDeterminants(with: nil, slots: 0..<count, regularisation)
        for row in 0..<count { measure(row, slotCount: row) }
        for row in 0..<count { findNearest(row) }
    }

    /// Writes the distances of `row` from the clusters in the first `slotCount` places.
    private mutating func measure(_ row: Int, slotCount: Int) {
        let weight = clusters.weights[row]
        let own = weight * logDeterminants[row]
        let together = clusters.logDeterminants(with: row, slots: 0..<slotCount, regularisation)
        for (slot, logDeterminant) in together.enumerated() {
            let other = clusters.clusterInSlot[slot]
            guard other != row else { continue }
            let otherWeight = clusters.weights[other]
            let distance = (weight + otherWeight) * logDeterminant - own - otherWeight * logDeterminants[other]
            distances[row * count + other] = distance
            distances[other * count + row] = distance
        }
    }

    private mutating func findNearest(_ row: Int) {
        nearestDistance[row] = .infinity
        for column in 0..<count where distances[row * count + column] < nearestDistance[row] {
            nearestDistance[row] = distances[row * count + column]
            nearest[row] = column
        }
    }

    private mutating func mergeNearest() {
        var best = -1
        for row in 0..<count where alive[row] && (best < 0 || nearestDistance[row] < nearestDistance[best]) {
            best = row
        }
        let (kept, gone) = (min(best, nearest[best]), max(best, nearest[best]))
        clusters.merge(gone, into: kept)
        logDeterminants[kept] = clusters.logDeterminant(of: kept, regularisation)
        alive[gone] = false
        for run in 0..<count where labels[run] == gone { labels[run] = kept }
        for row in 0..<count {
            distances[row * count + gone] = .infinity
            distances[gone * count + row] = .infinity
        }
        measure(kept, slotCount: clusters.clusterInSlot.count)
        for row in 0..<count where alive[row] {
            if row == kept || nearest[row] == kept || nearest[row] == gone {
                findNearest(row)
            } else if distances[row * count + kept] < nearestDistance[row] {
                nearestDistance[row] = distances[row * count + kept]
                nearest[row] = kept
            }
        }
    }
}
