import Diarization
import SeededSignals
import Testing

@Suite("Moving averages, quantiles, thresholds")
struct SmoothingTests {
    @Test("A moving average equals the sum over its window with the ends repeated", arguments: [1, 2, 5, 11, 20, 51])
    func movingAverageDefinition(width: Int) {
        var random = SeededRandom(seed: 1)
        for count in [1, 3, 30, 200] {
            let values = (0..<count).map { _ in Float(random.normal()) }
            let fast = movingAverage(values, width: width)
            for index in 0..<count {
                let window = (index - width / 2)..<(index - width / 2 + width)
                let slow = window.reduce(0.0) { $0 + Double(values[min(max($1, 0), count - 1)]) } / Double(width)
                #expect(abs(Double(fast[index]) - slow) < 1e-5)
            }
        }
    }

    @Test("Long averages equal the definition where parts meet, and any number of threads gives the same bits")
    func longAverages() {
        // parts of 65,536:  |----------|----------|--|
        var random = SeededRandom(seed: 4)
        let values = (0..<150_000).map { _ in Float(random.normal()) }
        let alone = movingAverage(values, width: 51)
        for index in [0, 65_535, 65_536, 65_560, 131_071, 131_072, 149_999] {
            let window = (index - 25)..<(index + 26)
            let slow = window.reduce(0.0) { $0 + Double(values[min(max($1, 0), values.count - 1)]) } / 51
            #expect(abs(Double(alone[index]) - slow) < 1e-5)
        }
        #expect(movingAverage(values, width: 51, threads: 3) == alone)
        var (one, other) = (values, values)
        addMovingAverages(values, [(2, 51), (-1, 11)], to: &one)
        addMovingAverages(values, [(2, 51), (-1, 11)], to: &other, threads: 4)
        #expect(one == other)
        let short = movingAverage(values, width: 11)
        for index in stride(from: 0, to: values.count, by: 997) {
            #expect(abs(one[index] - (values[index] + 2 * alone[index] - short[index])) < 1e-5)
        }
    }

    @Test("A moving maximum is the greatest value of each window, cut off at the ends", arguments: [1, 3, 5, 61])
    func movingMaximumDefinition(width: Int) {
        var random = SeededRandom(seed: 3)
        for count in [0, 1, 2, width - 1, width, width + 1, 2 * width, 3 * width + 2, 400] {
            let values = (0..<count).map { _ in Float(random.normal()) }
            let slow = (0..<count).map { middle in
                values[max(middle - width / 2, 0)...min(middle + width / 2, count - 1)].max()
            }
            #expect(movingMaximum(values, width: width) == slow)
        }
        // tiles of 1,024 and parts of 65,536 meet without a seam, on any number of threads
        let values = (0..<150_000).map { _ in Float(random.normal()) }
        let long = movingMaximum(values, width: width, threads: 3)
        #expect(long == movingMaximum(values, width: width))
        for seam in [0, 1024, 65_536, 131_072, 149_999] {
            for middle in max(seam - 40, 0)..<min(seam + 40, values.count) {
                let window = values[max(middle - width / 2, 0)...min(middle + width / 2, values.count - 1)]
                #expect(long[middle] == window.max())
            }
        }
    }

    @Test("Every part is done once, whatever the number of threads", arguments: [0, 1, 2, 3, 100])
    func parts(threads: Int) {
        // 7 places in parts of 3:  0 1 2 | 3 4 5 | 6
        var visits = [Int](repeating: 0, count: 7)
        visits.withUnsafeMutableBufferPointer { visits in
            forEachPart(of: 7, length: 3, threads: threads) { part in
                for place in part { visits[place] += part.lowerBound + 1 }
            }
        }
        #expect(visits == [1, 1, 1, 4, 4, 4, 7])
        forEachPart(of: 0, length: 3, threads: threads) { _ in Issue.record("there is no part") }
    }

    @Test("A quantile lies between the sorted values", arguments: [0, 0.05, 0.2, 0.5, 0.95, 1])
    func quantiles(probability: Double) {
        var random = SeededRandom(seed: 2)
        for count in [1, 2, 7, 100, 1001] {
            let values = (0..<count).map { _ in Float((random.normal() * 4).rounded()) }
            let sorted = values.sorted()
            let position = probability * Double(count - 1)
            let next = sorted[min(Int(position) + 1, count - 1)]
            let expected =
                sorted[Int(position)] + Float(position - Double(Int(position))) * (next - sorted[Int(position)])
            var scratch = values
            #expect(abs(quantile(&scratch, probability) - expected) < 1e-5)
        }
    }

    @Test("Interpolation passes through the block centres and is flat outside")
    func interpolation() {
        // blocks of 4:  |--x--|--x--|   centres at 2 and 6
        let values = interpolate(blocks: [1, 3], blockLength: 4, count: 10)
        #expect(values == [1, 1, 1, 1.5, 2, 2.5, 3, 3, 3, 3])
    }

    @Test("Otsu's threshold parts two heaps and knows their means")
    func otsu() {
        let values = [Float](repeating: -10, count: 30) + [Float](repeating: -4, count: 70)
        let threshold = OtsuThreshold(values)
        #expect(threshold.threshold > -10 && threshold.threshold < -4)
        #expect(abs(threshold.lowerMean + 10) < 0.1)
        #expect(abs(threshold.upperMean + 4) < 0.1)
    }

    @Test("Equal values have a threshold and no crash")
    func otsuOfConstant() {
        let threshold = OtsuThreshold([2, 2, 2])
        #expect(threshold.threshold.isFinite && threshold.lowerMean.isFinite && threshold.upperMean.isFinite)
    }
}
