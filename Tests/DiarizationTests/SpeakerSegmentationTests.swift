import Diarization
import Foundation
import SeededSignals
import SpectralAnalysis
import Testing

@Suite("Parting two voices")
struct SpeakerSegmentationTests {
    /// Features whose log-mel rows are drawn around one of two spectra: `A` and `B` per letter, 100 frames each.
    private func features(_ picture: String, seed: UInt64) -> SpectralFeatures {
        var random = SeededRandom(seed: seed)
        var features = SpectralFeatures(geometry: FrameGeometry(sampleRate: 16000))
        let frames = picture.count * 100
        let rows = LogPowerRows(count: frames * 32)
        for (turn, letter) in picture.enumerated() {
            for frame in (turn * 100)..<(turn * 100 + 100) {
                for band in 0..<32 {
                    let tilt = letter == "A" ? 0.15 : -0.15
                    rows[frame * 32 + band] = Float(-8 + tilt * Double(band - 16) + random.normal())
                }
            }
        }
        for start in stride(from: 0, to: frames, by: SpectralFeatures.framesPerChunk) {
            let count = min(SpectralFeatures.framesPerChunk, frames - start)
            let part = LogPowerRows(count: count * 32)
            part.steps.update(from: rows.steps + start * 32, count: part.count)
            features.append(SpectralChunk(logMel: part, harmonicity: [Float](repeating: 0.9, count: count)))
        }
        return features
    }

    private func blockStatistics(_ features: SpectralFeatures, _ mask: [Bool]) -> BlockStatistics {
        BlockStatistics(
            features: features, mask: mask, frameWeights: FrameWeights(features: features, parameters: .init()),
            parameters: .init())
    }

    @Test("Turns of two different voices come out as they were drawn")
    func twoVoices() async throws {
        let picture = "AAABBAABBBABAAAB"
        var drawn = features(picture, seed: 1)
        let mask = [Bool](repeating: true, count: drawn.frameCount)
        let found = await SpeakerSegmentation(
            features: &drawn, mask: mask, prior: .wideBand, parameters: .init(), threads: 1)
        let wanted = picture.flatMap { [Bool](repeating: $0 == "A", count: 100) }
        let agreeing = zip(found.first, wanted).filter { ($0 >= 0.5) == $1 }.count
        let share = Double(max(agreeing, wanted.count - agreeing)) / Double(wanted.count)
        #expect(share > 0.99)
        #expect(try #require(found.evidence).meanDoubt < 0.02)
    }

    @Test("One or eight threads, the same posteriors to the last bit")
    func threads() async {
        let picture = "ABABBAABABBA"
        var (one, other) = (features(picture, seed: 2), features(picture, seed: 2))
        let mask = [Bool](repeating: true, count: one.frameCount)
        let single = await SpeakerSegmentation(
            features: &one, mask: mask, prior: .wideBand, parameters: .init(), threads: 1)
        let eight = await SpeakerSegmentation(
            features: &other, mask: mask, prior: .wideBand, parameters: .init(), threads: 8)
        #expect(single.first == eight.first)
        #expect(single.evidence == eight.evidence)
    }

    @Test("Blocks hold the moments of their frames of speech")
    func blockStatistics() {
        let drawn = features("AB", seed: 3)
        var mask = [Bool](repeating: false, count: 200)
        for frame in 95..<123 { mask[frame] = true }
        // frames 95...99 → block 9, 100...109 → 10, 110...119 → 11, 120...122 → 12
        let reference = drawn
        let blocks = blockStatistics(drawn, mask)
        #expect(blocks.positions == [9, 10, 11, 12])
        for (block, weight) in [5.0, 10, 10, 3].enumerated() { #expect(abs(blocks.weights[block] - weight) < 1e-5) }
        let transform = CepstralTransform()
        let cepstra = (100..<110).map { transform(reference.row($0)) }
        let sum = cepstra.reduce(0.0) { $0 + Double($1[2]) }
        let product = cepstra.reduce(0.0) { $0 + Double($1[2]) * Double($1[1]) }
        let stride = BlockStatistics.stride
        #expect(abs(Double(blocks.moments[stride + 2]) - sum) < 1e-4)
        // Packed row 2, column 1 is entry 4.
        #expect(abs(Double(blocks.moments[stride + PackedSymmetric.dimension + 4]) - product) < 1e-3)
    }

    @Test("Moments of a long recording are those of its frames, and the same bits at any number of threads")
    func longBlockStatistics() {
        // 400 s: parts of 160, 160 and 80 s; speech is 7 frames of every 12
        let drawn = features(String(repeating: "AABB", count: 100), seed: 6)
        let mask = (0..<drawn.frameCount).map { $0 % 12 < 7 }
        let weights = FrameWeights(features: drawn, parameters: .init())
        let alone = blockStatistics(drawn, mask)
        for threads in [2, 3, 8] {
            var released = drawn
            let together = BlockStatistics(
                releasing: &released, mask: mask, frameWeights: weights, parameters: .init(), threads: threads)
            #expect(together.positions == alone.positions)
            #expect(together.moments == alone.moments)
            #expect(together.total == alone.total)
            #expect(together.variance == alone.variance)
        }
        let transform = CepstralTransform()
        let values = mask.indices.filter { mask[$0] }.map { Double(transform(drawn.row($0))[4]) }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        #expect(abs(alone.variance[4] - variance) < 1e-9)
        #expect(abs(alone.total.mean[4] - mean) < 1e-6)
        #expect(abs(alone.total.weight - Double(values.count) - 1e-6 * Double(alone.count)) < 1e-6)
    }

    @Test("A long recording is searched on stretches and then labelled as a whole")
    func excerpt() async {
        var parameters = SegmentationParameters()
        (parameters.greatestSearchBlockCount, parameters.searchStretchBlockCount) = (60, 20)
        let picture = "AABBAABBAABBABAB"
        var drawn = features(picture, seed: 5)
        let mask = [Bool](repeating: true, count: drawn.frameCount)
        // 160 blocks; three stretches of 20 start at blocks 0, 70 and 140
        let part = blockStatistics(drawn, mask).excerpt(parameters)
        #expect(part.positions == Array(0..<20) + Array(70..<90) + Array(140..<160))
        #expect(abs(part.total.weight - part.weights.reduce(0, +)) < 1e-9)
        let found = await SpeakerSegmentation(
            features: &drawn, mask: mask, prior: .wideBand, parameters: parameters, threads: 1)
        let wanted = picture.flatMap { [Bool](repeating: $0 == "A", count: 100) }
        let agreeing = zip(found.first, wanted).filter { ($0 >= 0.5) == $1 }.count
        #expect(Double(max(agreeing, wanted.count - agreeing)) / Double(wanted.count) > 0.98)
    }

    @Test("Clustering merges like the plain algorithm that looks at every pair each time")
    func clustering() {
        let drawn = features("ABBABAABAB", seed: 4)
        let mask = [Bool](repeating: true, count: drawn.frameCount)
        let blocks = blockStatistics(drawn, mask)
        let runs = blocks.runs(length: 50)
        #expect(runs.count == 20)
        let regularisation = blocks.variance.map { 0.02 * $0 }
        for target in [2, 3, 7] {
            let fast = AgglomerativeClustering.cluster(runs, into: target, regularisation: regularisation)
            #expect(fast == plainClustering(runs, into: target, regularisation))
        }
    }

    private func plainClustering(_ runs: [BlockRun], into target: Int, _ regularisation: [Double]) -> [Int] {
        func weightedDeterminant(_ moments: CepstralMoments) -> Double {
            var matrix = moments.covariance(regularisation: regularisation)
            return moments.weight * factorised(&matrix)
        }
        var clusters = runs.indices.map { (members: [$0], moments: runs[$0].moments) }
        while clusters.count > target {
            var best = (distance: Double.infinity, one: 0, other: 0)
            for one in clusters.indices {
                for other in (one + 1)..<max(clusters.count, one + 1) {
                    var both = clusters[one].moments
                    both.add(clusters[other].moments)
                    let distance =
                        weightedDeterminant(both) - weightedDeterminant(clusters[one].moments)
                        - weightedDeterminant(clusters[other].moments)
                    if distance < best.distance { best = (distance, one, other) }
                }
            }
            clusters[best.one].moments.add(clusters[best.other].moments)
            clusters[best.one].members += clusters[best.other].members
            clusters.remove(at: best.other)
        }
        var labels = [Int](repeating: 0, count: runs.count)
        for (label, cluster) in clusters.sorted(by: { ($0.members.min() ?? 0) < ($1.members.min() ?? 0) }).enumerated()
        {
            for member in cluster.members { labels[member] = label }
        }
        return labels
    }

    @Test("Deciding once more with the same likelihoods changes nothing, with sharper ones leaves less doubt")
    func decoding() {
        let drawn = features("AABBABBAAB", seed: 6)
        let blocks = blockStatistics(drawn, [Bool](repeating: true, count: drawn.frameCount))
        var parameters = SegmentationParameters()
        let start = "AABBABBAAB".flatMap { [Double](repeating: $0 == "A" ? 0.9 : 0.1, count: 10) }
        let refined = SpeakerRefinement(start: start, blocks: blocks, parameters: parameters)
        func doubt(_ split: SpeakerRefinement) -> Double { split.first.reduce(0) { $0 + min($1, 1 - $1) } }
        parameters.decodingExponent = parameters.likelihoodExponent
        let same = refined.decoded(blocks, parameters: parameters)
        #expect(zip(same.first, refined.first).allSatisfy { abs($0 - $1) < 0.01 })
        parameters.decodingExponent = 2 * parameters.likelihoodExponent
        #expect(doubt(refined.decoded(blocks, parameters: parameters)) < 0.7 * doubt(refined))
    }
}
