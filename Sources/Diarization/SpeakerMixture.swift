private import CSpeechKernels
private import RealModule

/// A person's speech as a Gaussian mixture with diagonal covariances over rows of 16 band levels.
package struct SpeakerMixture: Sendable {
    /// Logarithm of each component's weight.
    package private(set) var logWeights: [Float]
    /// `[components][16]`, natural logarithm of power.
    package private(set) var means: [[Float]]
    /// `[components][16]`, squared.
    package private(set) var variances: [[Float]]

    /// Rows that are worked on together.
    private static let rowsPerPart = 4096
    /// Bands in a row.
    package static let bandCount = Int(overlap_band_count)

    /// Learns the mixture of the rows, `[count × 16]`, that are marked by `isOwn`: expectation and maximisation from rows
    /// spread over time.
    package init(rows all: [Float], where isOwn: [Bool], parameters: OverlapParameters) {
        let bands = Self.bandCount
        let own = isOwn.indices.filter { isOwn[$0] }
        let count = min(own.count, parameters.greatestTrainingCount)
        var rows: [Float] = []
        rows.reserveCapacity(count * bands)
        for index in 0..<count {
            let place = own[index * own.count / count] * bands
            rows += all[place..<(place + bands)]
        }
        let total = Self.variances(rows).map { $0 + 1e-3 }
        let least = total.map { max(parameters.leastVarianceShare * $0, parameters.leastVariance) }
        let components = max(1, min(parameters.componentCount, count / parameters.rowsPerComponent))
        logWeights = [Float](repeating: -Float.log(Float(components)), count: components)
        means = (0..<components).map { component in
            let row = (2 * component + 1) * count / (2 * components) * bands
            return Array(rows[row..<(row + bands)])
        }
        let wide = zip(total, least).map { max(0.5 * $0, $1) }
        variances = [[Float]](repeating: wide, count: components)
        for _ in 0..<parameters.roundCount { refine(rows, total, least, parameters) }
    }

    /// One round of expectation and maximisation.
    private mutating func refine(
        _ rows: [Float], _ total: [Float], _ least: [Float], _ parameters: OverlapParameters
    ) {
        let bands = Self.bandCount
        let stride = 1 + 2 * bands
        var sums = [Double](repeating: 0, count: Int(greatest_component_count) * stride)
        withTables { add_mixture_statistics($0, rows, rows.count / bands, &sums) }
        let counts = logWeights.indices.map { sums[$0 * stride] + 1e-6 }
        let all = counts.reduce(0) { $0 + $1 + 1 }
        let prior = Double(parameters.priorRows)
        for (component, count) in counts.enumerated() {
            logWeights[component] = Float(Double.log((count + 1) / all))
            for band in 0..<bands {
                let first = component * stride + 1 + band
                let mean = sums[first] / count
                let spread = sums[first + bands] - count * mean * mean
                let drawn = spread + prior * Double(parameters.priorVariance * total[band])
                means[component][band] = Float(mean)
                variances[component][band] = max(Float(drawn / (count + prior)), least[band])
            }
        }
    }

    /// Log likelihoods of this person, of `other` and of both at once for each of `rows`, `[count × 16]`.
    ///
    /// Of both at once, the louder is heard in each band: the sum over pairs of components of the products over the bands
    /// of the density of one times the distribution function of the other, and the other way round. Only the components of
    /// each that fit best are paired.
    package func likelihoods(
        with other: SpeakerMixture, of rows: [Float], parameters: OverlapParameters, threads: Int = 1
    ) -> (first: [Float], second: [Float], both: [Float]) {
        let terms = overlap_terms(
            least_log_density: parameters.leastLogDensity, masked_at_mean: parameters.maskedAtMean,
            masked_slope: parameters.maskedSlope, masked_most: parameters.maskedMost,
            logistic_slope: parameters.logisticSlope,
            least_pair_density: parameters.leastPairDensity, chosen: Int32(parameters.chosenCount))
        let count = rows.count / Self.bandCount
        let all = [Float](unsafeUninitializedCapacity: 3 * count) { values, written in
            withTables { first in
                other.withTables { second in
                    rows.withUnsafeBufferPointer { rows in
                        forEachPart(of: count, length: Self.rowsPerPart, threads: threads) { part in
                            var terms = terms
                            overlap_likelihoods(
                                &terms, first, second, rows.baseAddress.map { $0 + part.lowerBound * Self.bandCount },
                                part.count, values.baseAddress.map { $0 + 3 * part.lowerBound })
                        }
                    }
                }
            }
            written = 3 * count
        }
        func column(_ index: Int) -> [Float] { (0..<count).map { all[3 * $0 + index] } }
        return (column(0), column(1), column(2))
    }

    /// The mixture as the kernels read it; components up to the next multiple of 8 fit nothing.
    private func withTables(_ body: (UnsafePointer<speaker_mixture>) -> Void) {
        var tables = speaker_mixture()
        let lanes = 8
        tables.count = Int32((logWeights.count + lanes - 1) / lanes * lanes)
        withUnsafeMutableBytes(of: &tables.log_weights) { raw in
            let weights = raw.bindMemory(to: Float.self)
            for component in 0..<Int(tables.count) {
                weights[component] = component < logWeights.count ? logWeights[component] : -80
            }
        }
        func fill<Table>(_ table: inout Table, _ value: (_ component: Int, _ band: Int) -> Float) {
            withUnsafeMutableBytes(of: &table) { raw in
                let table = raw.bindMemory(to: Float.self)
                for band in 0..<Self.bandCount {
                    for component in logWeights.indices {
                        table[band * Int(greatest_component_count) + component] = value(component, band)
                    }
                }
            }
        }
        func inverseDeviation(_ component: Int, _ band: Int) -> Float { 1 / variances[component][band].squareRoot() }
        func logPeak(_ component: Int, _ band: Int) -> Float {
            -0.5 * Float.log(2 * Float.pi * variances[component][band])
        }
        fill(&tables.means) { means[$0][$1] }
        fill(&tables.inverse_deviations, inverseDeviation)
        fill(&tables.log_peaks, logPeak)
        withUnsafeMutableBytes(of: &tables.components) { raw in
            let table = raw.bindMemory(to: Float.self)
            for component in logWeights.indices {
                for band in 0..<Self.bandCount {
                    let place = component * 3 * Self.bandCount + band
                    table[place] = means[component][band]
                    table[place + Self.bandCount] = inverseDeviation(component, band)
                    table[place + 2 * Self.bandCount] = logPeak(component, band)
                }
            }
        }
        withUnsafePointer(to: tables, body)
    }

    private static func variances(_ rows: [Float]) -> [Float] {
        let count = Double(rows.count / bandCount)
        return (0..<bandCount).map { band in
            let levels = stride(from: band, to: rows.count, by: bandCount).lazy.map { Double(rows[$0]) }
            let mean = levels.reduce(0, +) / count
            return Float(levels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count)
        }
    }
}
