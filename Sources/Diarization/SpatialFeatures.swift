package import SpectralAnalysis

/// Where the sound of every 100 ms comes from, as two microphones in one room hear it.
package struct SpatialFeatures: Sendable {
    /// Correlation of the channels over lags.
    let delays: ChannelDelays
    /// Level of channel 1 minus level of channel 2 of every row of `delays`, decibels.
    let levels: [Float]
    let parameters: SpatialParameters

    /// Puts `delays` and the levels of both channels side by side.
    package init(
        delays: ChannelDelays, first: SpectralFeatures, second: SpectralFeatures, parameters: SpatialParameters
    ) {
        self.delays = delays
        self.parameters = parameters
        let length = ChannelDelays.framesPerRow
        let differences = ChannelLayout.powerDifference(first, second, width: length)
        levels = (0..<delays.rowCount).map { row in
            differences.isEmpty ? 0 : differences[min(row * length + length / 2, differences.count - 1)]
        }
    }
}

/// Where the speech of every block comes from: evidence for the refinement that does not depend on how people sound.
///
/// A few numbers a block, in deviations of what changes from one block to the next: places of the correlation over lags
/// along the axes on which the recording's own places differ most (principal components), and the level difference. Each
/// person has a mean place.
package struct BlockPlaces: Sendable {
    private let parameters: SpatialParameters
    /// Numbers a block.
    private let width: Int
    /// `[blockCount × width]`, relative to the mean of all speech, unit deviation from block to block.
    private let rows: [Double]
    private let count: Int

    /// Measures the places of `blocks`.
    package init(features: SpatialFeatures, blocks: BlockStatistics) {
        parameters = features.parameters
        count = blocks.count
        let positions = blocks.positions
        let (delays, lags) = (features.delays, features.delays.lagCount)
        var correlations = [Double](repeating: 0, count: count * lags)
        for (block, position) in positions.enumerated() where position < delays.rowCount {
            for lag in 0..<lags { correlations[block * lags + lag] = Double(delays.rows[position * lags + lag]) }
        }
        let isFollowed = positions.indices.map { $0 + 1 < positions.count && positions[$0 + 1] == positions[$0] + 1 }
        Self.normalise(&correlations, lags, isFollowed)
        let axes = Self.axes(Self.smoothed(correlations, lags, parameters.smoothing), lags, parameters)
        width = axes.count + 1
        var rows = [Double](repeating: 0, count: count * width)
        for block in 0..<count {
            for (index, axis) in axes.enumerated() {
                var product = 0.0
                for lag in 0..<lags { product += axis[lag] * correlations[block * lags + lag] }
                rows[block * width + index] = product
            }
            let position = min(positions[block], features.levels.count - 1)
            rows[block * width + axes.count] = position < 0 ? 0 : Double(features.levels[position])
        }
        Self.normalise(&rows, width, isFollowed)
        self.rows = rows
    }

    /// Adds to `advantage` by how much the first person's place is likelier than the second's in each block, and returns
    /// the log likelihood of all blocks under the second; people are where the speech is that `first` gives them.
    package func add(to advantage: inout [Double], posteriors first: [Double]) -> Double {
        let places = (place(first), place(first.map { 1 - $0 }))
        var second = 0.0
        for block in 0..<count {
            var (one, other) = (0.0, 0.0)
            for index in 0..<width {
                let value = rows[block * width + index]
                one += (value - places.0[index]) * (value - places.0[index])
                other += (value - places.1[index]) * (value - places.1[index])
            }
            let difference = 0.5 * parameters.exponent * (other - one)
            advantage[block] += min(max(difference, -parameters.greatestAdvantage), parameters.greatestAdvantage)
            second -= 0.5 * parameters.exponent * other
        }
        return second
    }

    /// Mean place, drawn towards that of all speech, which is 0.
    private func place(_ posteriors: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: width)
        var total = parameters.priorBlocks
        for block in 0..<count {
            total += posteriors[block]
            for index in 0..<width { sums[index] += posteriors[block] * rows[block * width + index] }
        }
        return sums.map { $0 / total }
    }

    /// Posteriors to start the refinement from: the two clusters of places, and each of several against the others.
    package func starts(confidence: Double) -> [[Double]] {
        let smooth = Self.smoothed(rows, width, parameters.smoothing)
        var starts: [[Double]] = []
        for clusters in [2, parameters.clusterCount] where count >= 2 * clusters {
            let labels = cluster(smooth, into: clusters)
            for cluster in 0..<(clusters == 2 ? 1 : clusters) {
                starts.append(labels.map { $0 == cluster ? confidence : 1 - confidence })
            }
        }
        return starts
    }

    /// Clusters of `points`, `[count × width]`, by the means of Lloyd (1982) from places in order of the first axis.
    private func cluster(_ points: [Double], into clusters: Int) -> [Int] {
        let order = (0..<count).sorted { (points[$0 * width], $0) < (points[$1 * width], $1) }
        var means = (0..<clusters).map { cluster -> [Double] in
            let start = order[(2 * cluster + 1) * count / (2 * clusters)] * width
            return Array(points[start..<(start + width)])
        }
        var labels = [Int](repeating: 0, count: count)
        for _ in 0..<parameters.roundCount {
            var sums = [[Double]](repeating: [Double](repeating: 0, count: width), count: clusters)
            var counts = [Double](repeating: 0, count: clusters)
            for point in 0..<count {
                var best = (cluster: 0, distance: Double.infinity)
                for cluster in 0..<clusters {
                    var distance = 0.0
                    for index in 0..<width {
                        let difference = points[point * width + index] - means[cluster][index]
                        distance += difference * difference
                    }
                    if distance < best.distance { best = (cluster, distance) }
                }
                labels[point] = best.cluster
                counts[best.cluster] += 1
                for index in 0..<width { sums[best.cluster][index] += points[point * width + index] }
            }
            for cluster in 0..<clusters where counts[cluster] > 0 {
                means[cluster] = sums[cluster].map { $0 / counts[cluster] }
            }
        }
        return labels
    }

    // Rows of numbers

    /// Takes off the mean of every column and divides it by the deviation of what changes from a row to the one that
    /// follows it.
    private static func normalise(_ rows: inout [Double], _ width: Int, _ isFollowed: [Bool]) {
        let count = rows.count / max(width, 1)
        guard count > 0 else { return }
        for column in 0..<width {
            var (sum, squares, pairs) = (0.0, 0.0, 0.0)
            for row in 0..<count {
                let value = rows[row * width + column]
                sum += value
                guard isFollowed[row] else { continue }
                let change = rows[(row + 1) * width + column] - value
                squares += change * change
                pairs += 1
            }
            let deviation = pairs > 0 ? (squares / pairs / 2).squareRoot() : 0
            let scale = deviation > 0 ? 1 / deviation : 0
            for row in 0..<count {
                rows[row * width + column] = (rows[row * width + column] - sum / Double(count)) * scale
            }
        }
    }

    /// Mean of the rows around each, `length` of them, fewer at the ends.
    private static func smoothed(_ rows: [Double], _ width: Int, _ length: Int) -> [Double] {
        let count = rows.count / max(width, 1)
        var smooth = [Double](repeating: 0, count: rows.count)
        for row in 0..<count {
            let around = max(row - length / 2, 0)...min(row + length / 2, count - 1)
            for column in 0..<width {
                var sum = 0.0
                for place in around { sum += rows[place * width + column] }
                smooth[row * width + column] = sum / Double(around.count)
            }
        }
        return smooth
    }

    /// Directions of unit length along which `rows` spread most, by orthogonal iteration.
    private static func axes(_ rows: [Double], _ width: Int, _ parameters: SpatialParameters) -> [[Double]] {
        let count = rows.count / max(width, 1)
        var covariance = [Double](repeating: 0, count: width * width)
        for row in stride(from: 0, to: count, by: count / parameters.greatestRowCount + 1) {
            for one in 0..<width {
                let value = rows[row * width + one]
                for other in 0...one { covariance[one * width + other] += value * rows[row * width + other] }
            }
        }
        for one in 0..<width {
            for other in 0..<one { covariance[other * width + one] = covariance[one * width + other] }
        }
        // Any directions that are not at right angles to what is looked for.
        var axes: [[Double]] = []
        for axis in 0..<min(parameters.axisCount, width) {
            axes.append((0..<width).map { (lag: Int) -> Double in Double((lag + 1) * (2 * axis + 1) % 7 - 3) })
        }
        for _ in 0..<parameters.roundCount {
            for index in axes.indices {
                let axis = axes[index]
                var product = (0..<width).map { row -> Double in
                    var sum = 0.0
                    for column in 0..<width { sum += covariance[row * width + column] * axis[column] }
                    return sum
                }
                for before in axes[..<index] {
                    let share = dot(product, before)
                    for place in 0..<width { product[place] -= share * before[place] }
                }
                let length = dot(product, product).squareRoot()
                axes[index] = length > 0 ? product.map { $0 / length } : product
            }
        }
        return axes
    }

    private static func dot(_ one: [Double], _ other: [Double]) -> Double {
        var sum = 0.0
        for index in one.indices { sum += one[index] * other[index] }
        return sum
    }
}
