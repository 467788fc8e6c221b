private import RealModule

/// How the statistics of a voice vary between people, channels, occasions and moments (`Benchmarks/SpeakerPrior`).
///
/// Two views of a voice, each a Gaussian model: its place in speaker space, and means and deviations of its cepstra.
/// Learnt from the voices of the speaker prior, which are in no recording it is measured on.
struct VoiceModel: Sendable {
    /// Numbers in each view.
    static let viewSize = SpeakerPrior.axisCount
    /// Weight of the place in speaker space beside means and deviations; chosen on the development corpus.
    static let placeWeight = 0.35

    private let prior: SpeakerPrior
    private let views: [View]

    /// Covariances of one view, `[30 × 30]` each.
    private struct View: Sendable {
        var mean: [Double]
        var people: [Double]
        var channel: [Double]
        var occasion: [Double]
        /// Of one second of speech.
        var moment: [Double]
    }

    static let telephone = VoiceModel(bytes: PackageResources.voice_model_8kHz_bin, prior: .telephone)
    static let wide = VoiceModel(bytes: PackageResources.voice_model_16kHz_bin, prior: .wideBand)

    /// The model for a band.
    static func of(_ band: VoiceStatistics.Band) -> VoiceModel { band == .telephone ? telephone : wide }

    /// Reads a table as `train_voice_model.py` writes it: little-endian floats.
    private init(bytes: [UInt8], prior: SpeakerPrior) {
        let values = stride(from: 0, to: bytes.count, by: 4).map { offset -> Double in
            Double(
                Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }))
        }
        let size = Self.viewSize
        precondition(
            values.count == 2 + 2 * (size + 4 * size * size) && values[0] == 2026 && values[1] == Double(size),
            "the table of the voice model has another layout")
        var position = 2
        func take(_ count: Int) -> [Double] {
            defer { position += count }
            return Array(values[position..<(position + count)])
        }
        self.prior = prior
        views = (0..<2).map { _ in
            View(
                mean: take(size), people: take(size * size), channel: take(size * size), occasion: take(size * size),
                moment: take(size * size))
        }
    }

    /// Log likelihood ratios: that the first, and that the second of `pair`, is the person of `print`, each against
    /// neither.
    ///
    /// The two were heard on the same occasion and share what its channel did; the print has a channel of its own. A
    /// two-covariance model (Brümmer and de Villiers 2010) with that third covariance.
    func evidence(print: VoiceStatistics, pair: [VoiceStatistics]) -> [Double] {
        let heard = [print] + pair
        let seen = heard.map { vectors(of: $0) }
        var ratios = [Double](repeating: 0, count: pair.count)
        for (index, view) in views.enumerated() {
            let weight = index == 0 ? Self.placeWeight : 1
            let rows = seen.map { zip($0[index], view.mean).map { $0 - $1 } }
            let seconds = heard.map { $0.weight / 100 }
            let nobody = Self.logLikelihood(rows, seconds, view, same: nil)
            for person in pair.indices {
                ratios[person] +=
                    weight * (Self.logLikelihood(rows, seconds, view, same: person + 1) - nobody)
            }
        }
        return ratios
    }

    /// The two views of a voice, normalised by its own mean and deviation.
    private func vectors(of voice: VoiceStatistics) -> [[Double]] {
        let dimension = PackedSymmetric.dimension
        let mean = voice.cepstralSums.map { $0 / voice.weight }
        let deviation = (0..<dimension).map { index -> Double in
            max(voice.cepstralSquares[index] / voice.weight - mean[index] * mean[index], 1e-6).squareRoot()
        }
        var place = [Double](repeating: 0, count: SpeakerPrior.axisCount)
        for component in 0..<SpeakerPrior.componentCount {
            let count = voice.counts[component]
            let scale = Double(prior.rootWeights[component]) / (count + Double(SpeakerSpace.relevance))
            for index in 0..<dimension {
                let row = component * dimension + index
                let deviated = (voice.sums[row] - count * mean[index]) / deviation[index]
                let whitened = (deviated - count * Double(prior.means[row])) * Double(prior.rootPrecisions[row])
                for axis in place.indices {
                    place[axis] += scale * whitened * Double(prior.projection[row * place.count + axis])
                }
            }
        }
        return [place, mean + deviation.map { Double.log($0) }]
    }

    /// Log likelihood, without its constant, of the print (row 0) and the people heard together (the others), when the
    /// print's person is row `same`.
    private static func logLikelihood(_ rows: [[Double]], _ seconds: [Double], _ view: View, same: Int?) -> Double {
        let size = viewSize
        let order = rows.count * size
        var covariance = [Double](repeating: 0, count: order * order)
        for one in rows.indices {
            for other in 0...one {
                for row in 0..<size {
                    for column in 0..<size {
                        let entry = row * size + column
                        var value = 0.0
                        if one == other {
                            value =
                                view.people[entry] + view.channel[entry] + view.occasion[entry]
                                + view.moment[entry] / max(seconds[one], 1)
                        } else if other > 0 {
                            value = view.channel[entry]
                        } else if one == same {
                            value = view.people[entry]
                        }
                        covariance[(one * size + row) * order + other * size + column] = value
                    }
                }
            }
        }
        return gaussian(rows.flatMap { $0 }, &covariance)
    }

    /// Minus half the Mahalanobis distance and half the log determinant; the lower triangle of `covariance` becomes its
    /// Cholesky factor.
    private static func gaussian(_ vector: [Double], _ covariance: inout [Double]) -> Double {
        let order = vector.count
        var solved = vector
        var total = 0.0
        covariance.withUnsafeMutableBufferPointer { factor in
            for row in 0..<order {
                for column in 0...row {
                    var sum = factor[row * order + column]
                    for index in 0..<column { sum -= factor[row * order + index] * factor[column * order + index] }
                    factor[row * order + column] =
                        row == column ? max(sum, 1e-12).squareRoot() : sum / factor[column * order + column]
                }
                for index in 0..<row { solved[row] -= factor[row * order + index] * solved[index] }
                solved[row] /= factor[row * order + row]
                total -= 0.5 * solved[row] * solved[row] + Double.log(factor[row * order + row])
            }
        }
        return total
    }
}
