import Diarization
import Foundation
import SeededSignals
import SpectralAnalysis
import Testing

@Suite("Speaker space")
struct SpeakerSpaceTests {
    private let prior = SpeakerPrior.wideBand

    /// Points around `centre` on the first axis, noise of one on all axes.
    private func points(_ centres: [Double], seed: UInt64) -> [[Double]] {
        var random = SeededRandom(seed: seed)
        return centres.map { centre in
            (0..<SpeakerPrior.axisCount).map { axis in (axis == 0 ? centre : 0) + 0.5 * random.normal() }
        }
    }

    /// Evidence of a cluster as the formula stands in the literature.
    private func evidence(_ count: Double, _ sum: [Double]) -> Double {
        zip(sum, prior.spread).reduce(0) { total, pair in
            total - 0.5 * log(1 + count * pair.1) + 0.5 * pair.1 * pair.0 * pair.0 / (1 + count * pair.1)
        }
    }

    @Test("Merging agrees with the plain algorithm that looks at every pair each time", arguments: [1, 2, 3, 4])
    func clustering(seed: Int) {
        let rows = points([4, -4, 4, 4, -4, 0, -4, 4, 1, -3, 2, -2], seed: UInt64(seed))
        for occupancy in [0.15, 0.6] {
            var clusters = rows.indices.map { (members: [$0], count: occupancy, sum: rows[$0].map { $0 * occupancy }) }
            while clusters.count > 2 {
                var best = (gain: -Double.infinity, one: 0, other: 0)
                for one in clusters.indices {
                    for other in (one + 1)..<max(clusters.count, one + 1) {
                        let sum = zip(clusters[one].sum, clusters[other].sum).map { $0 + $1 }
                        let gain =
                            evidence(clusters[one].count + clusters[other].count, sum)
                            - evidence(clusters[one].count, clusters[one].sum)
                            - evidence(clusters[other].count, clusters[other].sum)
                        if gain > best.gain { best = (gain, one, other) }
                    }
                }
                clusters[best.one].members += clusters[best.other].members
                clusters[best.one].count += clusters[best.other].count
                clusters[best.one].sum = zip(clusters[best.one].sum, clusters[best.other].sum).map { $0 + $1 }
                clusters.remove(at: best.other)
            }
            let first = clusters.first { $0.members.contains(0) }?.members ?? []
            let wanted = rows.indices.map { first.contains($0) ? 0 : 1 }
            #expect(SpeakerSpaceClustering.cluster(rows, occupancy: occupancy, prior: prior) == wanted)
        }
    }

    @Test("The principal axis puts two heaps on two sides")
    func principalAxis() {
        let rows = points([5, 5, -5, 5, -5, -5], seed: 9)
        let places = SpeakerSpaceClustering.principalAxis(rows, prior: prior)
        #expect(Set(places.map { $0 > 0 }).count == 2)
        #expect(places[0] * places[1] > 0 && places[0] * places[2] < 0 && places[2] * places[5] > 0)
        #expect(places.allSatisfy { abs($0) <= 1 })
    }

    @Test("Runs are the shortest with enough weight, and the rest is left out")
    func runs() {
        let (features, mask) = noiseFeatures(frames: 95)
        let space = space(features, mask)
        // ten blocks of weight 10, the last of 5:  |--25--|--25--|--25--| rest
        #expect(space.runs(length: 25, leastShareAtPause: 0.5) == [0..<3, 3..<6, 6..<9])
        #expect(space.runs(length: 1000, leastShareAtPause: 0.5).isEmpty)
    }

    @Test("A run ends at a pause once it holds its share of the length", arguments: [(0.5, true), (0.7, false)])
    func runsAtPauses(share: Double, endsAtPause: Bool) {
        let (features, everything) = noiseFeatures(frames: 200)
        var mask = everything
        // blocks of 10 frames, all of weight 10, and a pause of 100 ms and one of 300 ms:
        //   recording  0 1 . 3 4 5 6 . . . 10 ... 19
        //   speech     0 1   2 3 4 5       6  ... 15
        for frame in 20..<30 { mask[frame] = false }
        for frame in 70..<100 { mask[frame] = false }
        let space = space(features, mask)
        // Runs of 35: before the first pause there are 20 frames, 57 % of that; before the second 0 or 20.
        let wanted = endsAtPause ? [0..<2, 2..<6, 6..<10, 10..<14] : [0..<4, 4..<8, 8..<12, 12..<16]
        #expect(space.runs(length: 35, leastShareAtPause: share) == wanted)
    }

    @Test("Surroundings that end at pauses are those of the stretch of speech a block lies in")
    func surroundingsAtPauses() {
        let (features, everything) = noiseFeatures(frames: 200)
        var mask = everything
        // speech  0 1 2 3 4 | 5 ... 16
        for frame in 50..<80 { mask[frame] = false }
        let space = space(features, mask)
        let around = space.surroundings(length: 1e9, leastShareAtPause: 0)
        let stretches = space.coordinates(of: [0..<5, 5..<17])
        let axes = SpeakerPrior.axisCount
        for (one, other) in [(0, 5), (4, 16), (2, 9)] {
            for axis in 0..<axes {
                let wanted = stretches[0][axis] - stretches[1][axis]
                #expect(abs(around[one * axes + axis] - around[other * axes + axis] - wanted) < 1e-3)
            }
        }
    }

    @Test("Coordinates equal those computed frame by frame from the definition")
    func coordinates() {
        let (features, mask) = noiseFeatures(frames: 200)
        let space = space(features, mask)
        let rows = space.coordinates(of: [0..<7, 7..<20])
        // Two rows about their mean are each other's opposite.
        for axis in 0..<SpeakerPrior.axisCount { #expect(abs(rows[0][axis] + rows[1][axis]) < 1e-9) }
        let slow = [0..<70, 70..<200].map { definition(features, frames: $0, of: 200) }
        for axis in 0..<SpeakerPrior.axisCount {
            let half = (slow[0][axis] - slow[1][axis]) / 2
            #expect(abs(rows[0][axis] - half) < 2e-3 * max(1, abs(half)))
        }
    }

    /// Background-model statistics and projection in double, straight from the formulas and the table's bytes.
    private func definition(_ features: SpectralFeatures, frames: Range<Int>, of count: Int) -> [Double] {
        let table = TableBytes.wideBand
        let transform = CepstralTransform()
        let cepstra = (0..<count).map { frame in (0..<15).map { Double(transform(features.row(frame))[$0]) } }
        let mean = (0..<15).map { d in cepstra.reduce(0) { $0 + $1[d] } / Double(count) }
        let deviation = (0..<15).map { d in
            sqrt(cepstra.reduce(0) { $0 + ($1[d] - mean[d]) * ($1[d] - mean[d]) } / Double(count))
        }
        var counts = [Double](repeating: 0, count: 32)
        var sums = [Double](repeating: 0, count: 480)
        for frame in frames {
            let z = (0..<15).map { (cepstra[frame][$0] - mean[$0]) / deviation[$0] }
            let logs = (0..<32).map { k -> Double in
                (0..<15).reduce(log(table.weights[k]) - 7.5 * log(2 * .pi)) { sum, d in
                    let (m, v) = (table.means[k * 15 + d], table.precisions[k * 15 + d])
                    return sum + 0.5 * log(v) - 0.5 * v * (z[d] - m) * (z[d] - m)
                }
            }
            let total = logs.map { exp($0) }.reduce(0, +)
            for k in 0..<32 where exp(logs[k]) / total >= 1e-3 {
                counts[k] += exp(logs[k]) / total
                for d in 0..<15 {
                    sums[k * 15 + d] +=
                        exp(logs[k]) / total * (z[d] - table.means[k * 15 + d]) * sqrt(table.precisions[k * 15 + d])
                }
            }
        }
        return (0..<30).map { axis in
            (0..<480).reduce(0) { sum, row in
                sum + sqrt(table.weights[row / 15]) * sums[row] / (counts[row / 15] + 4)
                    * table.projection[row * 30 + axis]
            }
        }
    }

    private func noiseFeatures(frames: Int) -> (SpectralFeatures, [Bool]) {
        var random = SeededRandom(seed: 21)
        var features = SpectralFeatures(geometry: FrameGeometry(sampleRate: 16000))
        let rows = LogPowerRows(count: frames * 32)
        for index in 0..<(frames * 32) { rows[index] = Float(-8 + 1.5 * random.normal()) }
        features.append(SpectralChunk(logMel: rows, harmonicity: [Float](repeating: 0.9, count: frames)))
        return (features, [Bool](repeating: true, count: frames))
    }

    private func space(_ features: SpectralFeatures, _ mask: [Bool]) -> SpeakerSpace {
        let weights = FrameWeights(features: features, parameters: .init())
        let blocks = BlockStatistics(features: features, mask: mask, frameWeights: weights, parameters: .init())
        return SpeakerSpace(
            features: features, mask: mask, frameWeights: weights, blocks: blocks, whole: blocks, prior: prior,
            parameters: .init())
    }
}

/// The shipped table, read without the program's own reader.
struct TableBytes {
    let weights: [Double], means: [Double], precisions: [Double], projection: [Double]

    static let wideBand: TableBytes = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Diarization/Resources/speaker-prior-16kHz.bin")
        let data = (try? Data(contentsOf: file)) ?? Data()
        let values = data.withUnsafeBytes { bytes in
            (0..<(data.count / 4)).map { Double(bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self)) }
        }
        return TableBytes(
            weights: Array(values[4..<36]), means: Array(values[36..<516]), precisions: Array(values[516..<996]),
            projection: Array(values[996..<15396]))
    }()
}
