internal import CSpeechKernels

/// Moments of clusters, eight side by side, so that eight determinants cost little more than one.
///
/// Clusters that were merged away leave no hole: the last one moves into their place.
struct ClusterMoments {
    private static let lanes = 8
    private static let count = CepstralMoments.count
    /// `[groups][136][8]`.
    private var groups: [Double]
    private var slotOfCluster: [Int]
    /// The cluster in each place; those that were merged away are in none.
    private(set) var clusterInSlot: [Int]
    /// Weighted frames of each cluster.
    private(set) var weights: [Double]

    /// One cluster each.
    init(_ moments: [CepstralMoments]) {
        let groupCount = (moments.count + Self.lanes - 1) / Self.lanes
        groups = [Double](repeating: 0, count: groupCount * Self.count * Self.lanes)
        slotOfCluster = Array(moments.indices)
        clusterInSlot = slotOfCluster
        weights = moments.map(\.weight)
        for (slot, moments) in moments.enumerated() {
            for index in 0..<Self.count { groups[Self.place(slot, index)] = moments.values[index] }
        }
    }

    private static func place(_ slot: Int, _ index: Int) -> Int {
        (slot / lanes * count + index) * lanes + slot % lanes
    }

    /// Adds the moments of `gone` to those of `kept`.
    mutating func merge(_ gone: Int, into kept: Int) {
        let (from, to, last) = (slotOfCluster[gone], slotOfCluster[kept], clusterInSlot.count - 1)
        for index in 0..<Self.count { groups[Self.place(to, index)] += groups[Self.place(from, index)] }
        weights[kept] = groups[Self.place(to, 0)]
        if from != last {
            for index in 0..<Self.count { groups[Self.place(from, index)] = groups[Self.place(last, index)] }
            clusterInSlot[from] = clusterInSlot[last]
            slotOfCluster[clusterInSlot[last]] = from
        }
        clusterInSlot.removeLast()
    }

    /// Log determinants of the regularised covariance of each cluster in `slots` together with `cluster`, or alone.
    func logDeterminants(with cluster: Int?, slots: Range<Int>, _ regularisation: [Double]) -> [Double] {
        var shared: [Double]?
        if let cluster {
            let slot = slotOfCluster[cluster]
            shared = (0..<Self.count).map { groups[Self.place(slot, $0)] }
        }
        let firstGroup = slots.lowerBound / Self.lanes
        let endGroup = (slots.upperBound + Self.lanes - 1) / Self.lanes
        var results = [Double](repeating: 0, count: max(0, endGroup - firstGroup) * Self.lanes)
        groups.withUnsafeBufferPointer { groups in
            results.withUnsafeMutableBufferPointer { results in
                guard let groups = groups.baseAddress, let results = results.baseAddress else { return }
                for group in firstGroup..<max(endGroup, firstGroup) {
                    pooled_log_determinants(
                        shared, groups + group * Self.count * Self.lanes, regularisation,
                        results + (group - firstGroup) * Self.lanes)
                }
            }
        }
        return Array(results.dropFirst(slots.lowerBound - firstGroup * Self.lanes).prefix(slots.count))
    }

    /// Log determinant of the regularised covariance of one cluster.
    func logDeterminant(of cluster: Int, _ regularisation: [Double]) -> Double {
        let slot = slotOfCluster[cluster]
        return logDeterminants(with: nil, slots: slot..<(slot + 1), regularisation)[0]
    }
}
