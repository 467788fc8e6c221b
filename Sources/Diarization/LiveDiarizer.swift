public import SpectralAnalysis
public import Timeline

/// Numbers that steer who-spoke-when while it happens.
public struct LiveParameters: Sendable, Hashable {
    /// The voices are parted anew after this long at first, then less and less often, seconds.
    public var firstSearch = 10.0
    /// Share of the time so far after which they are parted anew.
    public var searchGrowth = 0.25
    /// They are parted anew at least this often, seconds.
    public var greatestSearchInterval = 60.0
    /// Pieces of 20 s that are kept to part the voices on: 10 minutes, spread over the meeting.
    public var greatestPieceCount = 30
    /// The latest of them are always kept.
    public var latestPieceCount = 9
    /// How far back a decision may still change between two searches, seconds.
    public var revision = 10.0

    /// The measured defaults.
    public init() {}
}

/// Voice activity and two-speaker segmentation while the meeting goes on, in memory that hardly grows.
///
/// The models of the offline path, learnt on pieces of the meeting so far: the latest 3 minutes and a choice of those
/// before, in which both people speak. They are learnt anew now and then, and what was decided about those pieces is
/// revised. In between, the last seconds are decided with what was learnt last.
public struct LiveDiarizer: Sendable {
    /// Who holds each 100 ms: nobody 0, A 1, B 2.
    public private(set) var labels: [UInt8] = []
    /// Speech of each person so far, blocks of 100 ms.
    public private(set) var speech = PerSpeaker(a: 0, b: 0)
    /// The voices as parted last; nil before.
    public private(set) var voices: RecordedVoices?
    /// Frames so far.
    public private(set) var frameCount = 0

    private struct Piece {
        var position: Int
        var chunk: SpectralChunk
    }
    private let geometry: FrameGeometry
    private let parameters: DiarizationParameters
    private let live: LiveParameters
    private let prior: SpeakerPrior
    private var pieces: [Piece] = []
    private var tailRows: [LogPowerRows] = []
    private var tailHarmonicity: [Float] = []
    private var models: SpeakerModels?
    /// Level of loud speech, as heard last; a minute in which nobody speaks is not measured by itself.
    private var loudLevel: Float?
    /// Noise floor that the voices were parted at.
    private var commonFloor: [Float]?
    /// Whether the first person of `models` is A.
    private var firstIsA = true
    private var nextSearch: Double
    private var lastSearch = 0

    /// A diarizer of frames of `geometry`.
    public init(
        geometry: FrameGeometry, parameters: DiarizationParameters = .init(), live: LiveParameters = .init()
    ) {
        self.geometry = geometry
        self.parameters = parameters
        self.live = live
        prior = geometry.sampleRate <= Double(parameters.spectral.narrowBandRate) ? .telephone : .wideBand
        nextSearch = live.firstSearch
    }

    /// Time of the frames so far, seconds.
    public var time: Double { Double(frameCount) * geometry.framePeriod }

    /// Takes the next frames, a part of 2000 of which a whole number fits into 2000, and decides.
    public mutating func append(_ chunk: SpectralChunk) async {
        tailRows.append(chunk.logMel)
        tailHarmonicity += chunk.harmonicity
        frameCount += chunk.harmonicity.count
        labels += [UInt8](repeating: 0, count: max(frameCount / parameters.segmentation.blockLength - labels.count, 0))
        let tail = joinedTail()
        if time >= nextSearch {
            await search(tail)
            let step = min(max(time * live.searchGrowth, live.firstSearch / 2), live.greatestSearchInterval)
            nextSearch = time + step
        }
        decide(tail)
        if tailHarmonicity.count >= SpectralFeatures.framesPerChunk {
            pieces.append(
                Piece(position: frameCount - tailHarmonicity.count, chunk: tail))
            (tailRows, tailHarmonicity) = ([], [])
            thin()
        }
    }

    /// The frames since the last whole piece, as one chunk.
    private func joinedTail() -> SpectralChunk {
        let bands = SpectralFeatures.bandCount
        let rows = LogPowerRows(count: tailHarmonicity.count * bands)
        var offset = 0
        for part in tailRows {
            (rows.steps + offset).update(from: part.steps, count: part.count)
            offset += part.count
        }
        return SpectralChunk(logMel: rows, harmonicity: tailHarmonicity)
    }

    /// Parts the voices on all kept pieces and the tail, and revises what was decided about them.
    private mutating func search(_ tail: SpectralChunk) async {
        var features = SpectralFeatures(geometry: geometry)
        var positions: [Int] = []
        for piece in pieces + [Piece(position: frameCount - tailHarmonicity.count, chunk: tail)] {
            features.append(piece.chunk)
            positions.append(piece.position)
        }
        let activity = VoiceActivity(features: features, parameters: parameters.voiceActivity)
        guard activity.voiceFrameCount >= parameters.voiceActivity.leastVoiceFrames else { return }
        loudLevel = activity.loudLevel
        let commonFloor = activity.noise?.commonFloor
        let segmentation = await SpeakerSegmentation(
            features: &features, mask: activity.mask, noise: activity.noise, prior: prior,
            parameters: parameters.segmentation, threads: 1)
        let isSplit =
            segmentation.evidence.map { $0.likelihoodRatio >= parameters.confidence.leastLikelihoodRatio } ?? false
        // One voice only: before a second was ever heard, all is A's; later the two known voices stay.
        guard isSplit || models == nil else { return }
        var firstFrames = 0
        var found: [(block: Int, first: Bool?)] = []
        let length = parameters.segmentation.blockLength
        for (index, position) in positions.enumerated() {
            let start = index * SpectralFeatures.framesPerChunk
            let end = min(start + SpectralFeatures.framesPerChunk, activity.mask.count)
            for frame in stride(from: start, to: end - length + 1, by: length) {
                let voiced = (frame..<(frame + length)).count { activity.mask[$0] }
                let block = (position + frame - start) / length
                let isFirst = !isSplit || segmentation.first[frame + length / 2] >= 0.5
                found.append((block, 2 * voiced >= length ? isFirst : nil))
                if 2 * voiced >= length, labels[block] > 0 { firstFrames += isFirst == (labels[block] == 1) ? 1 : -1 }
            }
        }
        if models == nil {
            // A is whoever speaks first.
            firstIsA = found.first { $0.first != nil }?.first ?? true
        } else {
            firstIsA = firstFrames >= 0
        }
        for entry in found { set(entry.block, to: entry.first.map { $0 == firstIsA ? 1 : 2 } ?? 0) }
        if isSplit { (models, self.commonFloor) = (segmentation.models, commonFloor) }
        let pair = PerSpeaker(a: segmentation.voices.first, b: segmentation.voices.second)
        voices = RecordedVoices(
            all: segmentation.voices.all, each: isSplit ? (firstIsA ? pair : pair.swapped) : nil)
        lastSearch = frameCount
    }

    /// Decides the last seconds with the voices parted last.
    private mutating func decide(_ tail: SpectralChunk) {
        var features = SpectralFeatures(geometry: geometry)
        var origin = frameCount - tailHarmonicity.count
        if let last = pieces.last, last.position + SpectralFeatures.framesPerChunk == origin {
            features.append(last.chunk)
            origin = last.position
        }
        features.append(tail)
        let activity = VoiceActivity(
            features: features, loudLevel: loudLevel, commonFloor: commonFloor, parameters: parameters.voiceActivity)
        let mask = activity.mask
        let length = parameters.segmentation.blockLength
        var isFirst: [Int: Bool] = [:]
        if let models, mask.contains(true) {
            if let noise = activity.noise { features.equalise(noise, where: mask) }
            let weights = FrameWeights(features: features, parameters: parameters.segmentation)
            let blocks = BlockStatistics(
                features: features, mask: mask, frameWeights: weights, parameters: parameters.segmentation)
            for (position, first) in zip(blocks.positions, models.posteriors(blocks)) {
                isFirst[position] = first >= 0.5
            }
        }
        let open = max(lastSearch, frameCount - geometry.frames(inSeconds: live.revision), origin)
        for block in ((open + length - 1) / length)..<max(frameCount / length, (open + length - 1) / length) {
            let local = block - origin / length
            let voiced = (local * length..<min((local + 1) * length, mask.count)).count { mask[$0] }
            let first = models == nil ? firstIsA : isFirst[local] ?? true
            set(block, to: 2 * voiced >= length ? (first == firstIsA ? 1 : 2) : 0)
        }
    }

    private mutating func set(_ block: Int, to label: UInt8) {
        guard labels.indices.contains(block), labels[block] != label else { return }
        for (value, step) in [(labels[block], -1), (label, 1)] {
            if value == 1 { speech.a += step } else if value == 2 { speech.b += step }
        }
        labels[block] = label
    }

    /// Drops a piece when there are too many: an older one in which one person hardly speaks, or that lies close to
    /// its neighbours.
    private mutating func thin() {
        guard pieces.count > live.greatestPieceCount else { return }
        let perPiece = SpectralFeatures.framesPerChunk / parameters.segmentation.blockLength
        let worth = (1..<(pieces.count - live.latestPieceCount)).map { index -> (Int, Int, Int) in
            let start = pieces[index].position / parameters.segmentation.blockLength
            let part = labels[start..<min(start + perPiece, labels.count)]
            let lesser = min(part.count { $0 == 1 }, part.count { $0 == 2 })
            // In steps of 2 s, so that the distance decides among much alike.
            return (lesser / 20, pieces[index + 1].position - pieces[index - 1].position, index)
        }
        if let least = worth.min(by: <) { pieces.remove(at: least.2) }
    }
}
