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
