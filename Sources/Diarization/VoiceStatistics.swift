public import Timeline

/// How one person sounds: statistics of the cepstra under the background model of the speaker prior.
///
/// Sums over frames and no sound: neither words nor melody can be made from them again.
public struct VoiceStatistics: Sendable, Hashable, Codable {
    /// What the recording passes; voices are compared within one band.
    public enum Band: String, Sendable, Hashable, Codable, CaseIterable {
        /// Up to 3.8 kHz.
        case telephone
        /// Up to 7.6 kHz.
        case wide
    }

    /// What the recording passed.
    public var band: Band
    /// Weighted frames, 100 to a second: vowels count fully, the rest a little.
    public var weight: Double
    /// Weighted frames of each of the 32 Gaussians.
    public var counts: [Double]
    /// `[32 × 15]` sums of the cepstra of each Gaussian's frames.
    public var sums: [Double]
    /// Sums of the 15 cepstra of all frames.
    public var cepstralSums: [Double]
    /// Sums of their squares.
    public var cepstralSquares: [Double]

    /// Sums up the blocks of `space`, each times its entry of `shares`, 0...1.
    package init(of shares: [Double], blocks: BlockStatistics, space: SpeakerSpace) {
        let (components, dimension) = (SpeakerPrior.componentCount, PackedSymmetric.dimension)
        band = space.prior.band
        var counts = [Double](repeating: 0, count: components)
        var sums = [Double](repeating: 0, count: SpeakerPrior.rowCount)
        var moments = CepstralMoments()
        for (block, share) in shares.enumerated() where share > 0 {
            for component in 0..<components {
                counts[component] += share * Double(space.counts[block * components + component])
            }
            for row in sums.indices { sums[row] += share * Double(space.sums[block * sums.count + row]) }
            moments.values.withUnsafeMutableBufferPointer { values in
                if let values = values.baseAddress { blocks.add(block: block, times: share, to: values) }
            }
        }
        // Back from whitened deviations under the recording's own mean to cepstra as they were.
        for component in 0..<components {
            for index in 0..<dimension {
                let row = component * dimension + index
                let normalised =
                    sums[row] / Double(space.prior.rootPrecisions[row])
                    + counts[component] * Double(space.prior.means[row])
                sums[row] =
                    normalised / Double(space.cepstralScale[index]) + counts[component]
                    * Double(space.cepstralMean[index])
            }
        }
        (self.counts, self.sums) = (counts, sums)
        weight = moments.weight
        cepstralSums = Array(moments.values[1...dimension])
        cepstralSquares = (0..<dimension).map { moments.values[CepstralMoments.productStart + $0 * ($0 + 3) / 2] }
    }

    /// Whether the numbers are finite and of the right count, as after reading a file.
    public var isSound: Bool {
        let dimension = PackedSymmetric.dimension
        return counts.count == SpeakerPrior.componentCount && sums.count == SpeakerPrior.rowCount
            && cepstralSums.count == dimension && cepstralSquares.count == dimension && weight > 0
            && ([weight] + counts + sums + cepstralSums + cepstralSquares).allSatisfy(\.isFinite)
    }
}

extension VoiceStatistics {
    /// Adds what was heard of the same person elsewhere, as when a voice is enrolled from several recordings.
    public mutating func add(_ other: VoiceStatistics) {
        precondition(band == other.band, "statistics of one band")
        weight += other.weight
        counts = zip(counts, other.counts).map { $0 + $1 }
        sums = zip(sums, other.sums).map { $0 + $1 }
        cepstralSums = zip(cepstralSums, other.cepstralSums).map { $0 + $1 }
        cepstralSquares = zip(cepstralSquares, other.cepstralSquares).map { $0 + $1 }
    }
}

/// The voices of one recording.
public struct RecordedVoices: Sendable, Hashable {
    /// All speech together: the one person where there is only one.
    public var all: VoiceStatistics
    /// Each of the two people; nil where only one was found.
    public var each: PerSpeaker<VoiceStatistics>?
}

extension RecordedVoices {
    /// The voices of two channels with a person each; nil unless something was measured.
    init?(channels: [VoiceStatistics?], channelOfA: Int) {
        let measured = channels.compactMap { $0 }
        guard var all = measured.first else { return nil }
        measured.dropFirst().forEach { all.add($0) }
        self.all = all
        guard measured.count == 2 else { return }
        each = channelOfA == 1 ? .init(a: measured[0], b: measured[1]) : .init(a: measured[1], b: measured[0])
    }
}
