import Diarization
import SeededSignals
import SpectralAnalysis
import Testing

@Suite("Where speech comes from")
struct SpatialFeaturesTests {
    /// Sound of one spectrum, 100 ms for each of `delays`; the correlation has its peak at that many samples, in noise.
    private func places(_ delays: [Int], peak: Double = 0.5) -> BlockPlaces {
        let geometry = FrameGeometry(sampleRate: 8000)
        var random = SeededRandom(seed: 8)
        var features = SpectralFeatures(geometry: geometry)
        let rows = LogPowerRows(count: 10 * delays.count * SpectralFeatures.bandCount)
        for index in 0..<rows.count { rows[index] = Float(random.normal()) - 4 }
        features.append(
            SpectralChunk(logMel: rows, harmonicity: [Float](repeating: 1, count: 10 * delays.count)))
        var correlation = ChannelDelays(geometry: geometry)
        for delay in delays {
            correlation.append(
                (-16...16).map { Float(0.1 * random.normal() + ($0 == delay ? peak : 0)) })
        }
        let mask = [Bool](repeating: true, count: 10 * delays.count)
        let blocks = BlockStatistics(
            features: features, mask: mask,
            frameWeights: FrameWeights(features: features, parameters: .init()), parameters: .init())
        return BlockPlaces(
            features: SpatialFeatures(delays: correlation, first: features, second: features, parameters: .init()),
            blocks: blocks)
    }

    // block  0         30        60        90        120
    // lag    +3 ██████           ██████
    //        -4           ██████           ██████
    private let turns = (0..<120).map { $0 / 30 % 2 == 0 ? 3 : -4 }

    @Test("Two people who sound the same are parted by their places alone, to the block")
    func start() throws {
        let start = try #require(places(turns).starts(confidence: 0.9).first)
        let opens = start[10] > 0.5
        // The means of five blocks blur a boundary by two.
        for (block, delay) in turns.enumerated() where (2..<28).contains(block % 30) {
            #expect((start[block] > 0.5) == ((delay == 3) == opens), "block \(block)")
        }
    }

    @Test("What is known of half of the speech tells whose the other half is")
    func advantage() {
        let places = places(turns)
        // The first two turns are known, of the others nothing.
        let known = turns.indices.map { $0 < 60 ? (turns[$0] == 3 ? 1 : 0) : 0.5 }
        var advantage = [Double](repeating: 0, count: turns.count)
        _ = places.add(to: &advantage, posteriors: known)
        let right = turns.indices.filter { (advantage[$0] > 0) == (turns[$0] == 3) }
        #expect(right.count >= 118)
        #expect(advantage.allSatisfy { abs($0) <= 6 })
    }

    @Test("Two people in the same place are not parted by it")
    func samePlace() {
        let places = places([Int](repeating: 3, count: 120))
        var advantage = [Double](repeating: 0, count: 120)
        _ = places.add(to: &advantage, posteriors: (0..<120).map { $0 % 60 < 30 ? 1 : 0 })
        // Chance is worth less than a tenth of what thirty blocks of another place are: 30 times 6.
        let sums = (0..<4).map { turn in abs(advantage[(30 * turn)..<(30 * turn + 30)].reduce(0, +)) }
        #expect(sums.allSatisfy { $0 < 18 })
    }

    @Test(
        "More clusters than two are each held against the others, where there are blocks enough",
        arguments: [
            (120, 5), (7, 1), (3, 0),
        ])
    func starts(blocks: Int, count: Int) {
        #expect(places(Array(turns.prefix(blocks))).starts(confidence: 0.9).count == count)
    }
}
