import Diarization
import Foundation
import SeededSignals
import Testing

@Suite("Mixtures of two people")
struct SpeakerMixtureTests {
    /// Rows of 16 levels around one of three shapes, shifted by `tilt`.
    private func rows(_ count: Int, tilt: Double, seed: UInt64) -> [Float] {
        var random = SeededRandom(seed: seed)
        return (0..<count).flatMap { row in
            (0..<16).map { band in
                let shape = Double((band + 5 * (row / 7 % 3)) % 8 < 4 ? 2 : -2)
                return Float(-6 + shape + tilt * Double(band - 8) + 0.7 * random.normal())
            }
        }
    }

    private func mixture(_ rows: [Float]) -> SpeakerMixture {
        SpeakerMixture(rows: rows, where: [Bool](repeating: true, count: rows.count / 16), parameters: .init())
    }

    @Test("Three shapes drawn in turn become three components of equal weight")
    func learning() {
        var parameters = OverlapParameters()
        parameters.componentCount = 3
        let drawn = rows(900, tilt: 0, seed: 1)
        let learnt = SpeakerMixture(rows: drawn, where: [Bool](repeating: true, count: 900), parameters: parameters)
        #expect(learnt.logWeights.allSatisfy { abs(exp($0) - 1 / 3) < 0.01 })
        let shapes = learnt.means.map { mean in
            (0..<3).filter { shape in
                (0..<16).allSatisfy { band in
                    let drawn: Float = (band + 5 * shape) % 8 < 4 ? -4 : -8
                    return abs(mean[band] - drawn) < 0.2
                }
            }
        }
        #expect(shapes.flatMap(\.self).sorted() == [0, 1, 2])
        // Drawn is 0.49, and 8 of 308 rows count as 0.3 times 4.5.
        #expect(learnt.variances.joined().allSatisfy { (0.38...0.65).contains($0) })
    }

    @Test("One person, the other and both are as likely as the definition says, pair by pair")
    func definition() {
        let parameters = OverlapParameters()
        let (one, other) = (mixture(rows(600, tilt: 0.2, seed: 2)), mixture(rows(450, tilt: -0.2, seed: 3)))
        // Rows of each, and of the louder of both.
        let (left, right) = (rows(20, tilt: 0.2, seed: 4), rows(20, tilt: -0.2, seed: 5))
        let all = left + right + zip(left, right).map { max($0, $1) }
        let found = one.likelihoods(with: other, of: all, parameters: parameters)
        for row in 0..<60 {
            let levels = Array(all[(row * 16)..<(row * 16 + 16)])
            let (first, second) = (terms(one, levels, parameters), terms(other, levels, parameters))
            var both = 0.0
            for a in first.chosen {
                for b in second.chosen {
                    both += (0..<16).reduce(a.weight * b.weight) { product, band in
                        product
                            * (a.density[band] * b.below[band] + a.below[band] * b.density[band]
                                + Double(parameters.leastPairDensity))
                    }
                }
            }
            #expect(abs(Double(found.first[row]) - first.likelihood) < 0.01)
            #expect(abs(Double(found.second[row]) - second.likelihood) < 0.01)
            #expect(abs(Double(found.both[row]) - log(both)) < 0.02)
        }
        // Both are likelier than one alone where both were drawn, and less likely elsewhere.
        let gains = (0..<60).map { found.both[$0] - max(found.first[$0], found.second[$0]) }
        #expect(gains[40...].reduce(0, +) / 20 > gains[..<40].reduce(0, +) / 40 + 4)
    }

    private struct Component {
        var weight: Double
        var density: [Double]
        var below: [Double]
    }

    /// What the kernel computes, in double and one thing after the other.
    private func terms(
        _ mixture: SpeakerMixture, _ levels: [Float], _ parameters: OverlapParameters
    ) -> (likelihood: Double, chosen: [Component]) {
        var all: [(fit: Double, component: Component)] = []
        var sum = 0.0
        for index in mixture.logWeights.indices {
            let weight = exp(Double(mixture.logWeights[index]))
            var component = Component(weight: weight, density: [], below: [])
            var (fit, hidden) = (weight, weight)
            for band in 0..<16 {
                let variance = Double(mixture.variances[index][band])
                let deviation = Double(levels[band] - mixture.means[index][band]) / variance.squareRoot()
                let logDensity = -0.5 * deviation * deviation - 0.5 * log(2 * Double.pi * variance)
                let least = Double(parameters.leastLogDensity)
                component.density.append(exp(max(logDensity, least)))
                component.below.append(1 / (1 + exp(-Double(parameters.logisticSlope) * deviation)))
                fit *= exp(max(logDensity, least))
                let line = Double(parameters.maskedAtMean) + Double(parameters.maskedSlope) * deviation
                let masked = min(max(line, least), Double(parameters.maskedMost))
                // The sum of both densities, the logarithm of 1 + e⁻ˣ by a straight line.
                hidden *= exp(max(logDensity, masked) + max(log(2) - 0.35 * abs(logDensity - masked), 0))
            }
            sum += fit
            all.append((hidden, component))
        }
        let chosen = all.sorted { $0.fit > $1.fit }.prefix(parameters.chosenCount).map(\.component)
        return (log(sum), chosen)
    }
}
