private import CSpeechKernels

/// Cuts a stream of interleaved samples into planar chunks that each hold a fixed number of frames.
///
/// Each channel becomes a plane, up to `greatestPlaneCount`; where `averagesMany`, three and more become one by their
/// mean. Rates are halved while `SpectralParameters.leastDecimatedRate` allows it. Consecutive chunks share the samples
/// that frames at the seam share.
package struct SampleChunker: Sendable {
    /// Frames in every chunk but the last: whole blocks of 10, 25 and 50 frames fit.
    package static let framesPerChunk = 2000
    /// Most channels that become a plane; those above are left out.
    ///
    /// Features of a plane take 24 MB an hour.
    package static let greatestPlaneCount = 8

    /// Geometry after decimation.
    package let geometry: FrameGeometry
    /// Planes in a chunk, 1...`greatestPlaneCount`.
    package let planeCount: Int
    /// Frames of interleaved input so far, before decimation.
    package private(set) var inputFrameCount = 0
    private let channelCount: Int
    private let chunkLength: Int
    private var decimators: [[HalfBandDecimator]]
    private var planes: [[Float]]

    /// A chunk: `planes[c]` holds `geometry.sampleCount(frameCount:)` samples of channel `c`.
    package struct Chunk: Sendable {
        /// Position in the recording, from 0.
        package let index: Int
        /// Samples by channel.
        package let planes: [[Float]]
        /// Whole frames in it.
        package let frameCount: Int

        /// A chunk with the given samples by channel.
        package init(index: Int, planes: [[Float]], frameCount: Int) {
            self.index = index
            self.planes = planes
            self.frameCount = frameCount
        }
    }
    private var nextIndex = 0

    /// A chunker for `channelCount` interleaved channels at `sampleRate` hertz, of chunks with `chunkLength` frames.
    ///
    /// - Parameter averagesMany: whether three and more channels are averaged into one plane; swapped polarity then
    ///   cancels.
    package init(
        sampleRate: Int, channelCount: Int, parameters: SpectralParameters = .init(),
        chunkLength: Int = Self.framesPerChunk, averagesMany: Bool = false
    ) {
        self.chunkLength = chunkLength
        var rate = Double(sampleRate)
        var halvings = 0
        while rate / 2 >= Double(parameters.leastDecimatedRate) {
            rate /= 2
            halvings += 1
        }
        geometry = FrameGeometry(sampleRate: rate, parameters: parameters)
        self.channelCount = channelCount
        planeCount = averagesMany && channelCount > 2 ? 1 : min(channelCount, Self.greatestPlaneCount)
        let one = [HalfBandDecimator](repeating: HalfBandDecimator(), count: halvings)
        decimators = [[HalfBandDecimator]](repeating: one, count: planeCount)
        planes = [[Float]](repeating: [], count: planeCount)
    }

    /// Takes interleaved samples and returns the chunks that are complete.
    package mutating func append(_ interleaved: UnsafeBufferPointer<Float>) -> [Chunk] {
        let frames = interleaved.count / channelCount
        inputFrameCount += frames
        if channelCount == 1, decimators[0].isEmpty {
            planes[0].append(contentsOf: interleaved[..<frames])
        } else if channelCount == 2, decimators[0].count == 1, decimators[0][0].isAtPair, frames.isMultiple(of: 2) {
            if let source = interleaved.baseAddress {
                decimators.withUnsafeMutableBufferPointer { channels in
                    HalfBandDecimator.process(
                        framePairs: frames / 2, of: source, left: &channels[0][0], right: &channels[1][0],
                        into: &planes)
                }
            }
        } else if channelCount == 2 {
            var left = [Float](repeating: 0, count: frames)
            var right = left
            if let source = interleaved.baseAddress { part_pairs(source, frames, &left, &right) }
            push(left, plane: 0)
            push(right, plane: 1)
        } else if planeCount > 1 {
            for plane in 0..<planeCount { push(samples(of: plane, in: interleaved, frames: frames), plane: plane) }
        } else {
            push(mean(of: interleaved, frames: frames), plane: 0)
        }
        return takeFullChunks()
    }

    /// Returns what is left: full chunks, then at most one shorter one.
    package mutating func finish() -> [Chunk] {
        for plane in 0..<planeCount {
            var carried: [Float] = []
            for stage in decimators[plane].indices {
                var output: [Float] = []
                decimators[plane][stage].process(carried, into: &output)
                decimators[plane][stage].finish(into: &output)
                carried = output
            }
            planes[plane] += carried
        }
        var chunks = takeFullChunks()
        let frames = geometry.frameCount(sampleCount: planes[0].count)
        if frames > 0 {
            chunks.append(Chunk(index: nextIndex, planes: planes, frameCount: frames))
            nextIndex += 1
        }
        planes = [[Float]](repeating: [], count: planeCount)
        return chunks
    }

    private func samples(of channel: Int, in interleaved: UnsafeBufferPointer<Float>, frames: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: frames) { target, count in
            for frame in 0..<frames { target[frame] = interleaved[frame * channelCount + channel] }
            count = frames
        }
    }

    private func mean(of interleaved: UnsafeBufferPointer<Float>, frames: Int) -> [Float] {
        if channelCount == 1 { return Array(interleaved[..<frames]) }
        return [Float](unsafeUninitializedCapacity: frames) { target, count in
            let share = 1 / Float(channelCount)
            for frame in 0..<frames {
                var sum: Float = 0
                for channel in 0..<channelCount { sum += interleaved[frame * channelCount + channel] }
                target[frame] = sum * share
            }
            count = frames
        }
    }

    private mutating func push(_ samples: [Float], plane: Int) {
        var carried = samples
        for stage in decimators[plane].indices {
            var output: [Float] = []
            decimators[plane][stage].process(carried, into: &output)
            carried = output
        }
        planes[plane] += carried
    }

    private mutating func takeFullChunks() -> [Chunk] {
        var chunks: [Chunk] = []
        let needed = geometry.sampleCount(frameCount: chunkLength)
        let consumed = chunkLength * geometry.hopLength
        // All planes always hold the same number of samples.
        while planes[0].count >= needed {
            let index = nextIndex
            nextIndex += 1
            // Unless more wait, the samples are handed over, and only those that come after them are copied.
            guard planes[0].count < consumed + needed else {
                chunks.append(
                    Chunk(index: index, planes: planes.map { Array($0[..<needed]) }, frameCount: chunkLength))
                for plane in planes.indices { planes[plane].removeFirst(consumed) }
                continue
            }
            var full = planes
            for plane in planes.indices {
                planes[plane] = []
                planes[plane].reserveCapacity(full[plane].capacity)
                planes[plane] += full[plane][consumed...]
                full[plane].removeLast(full[plane].count - needed)
            }
            chunks.append(Chunk(index: index, planes: full, frameCount: chunkLength))
        }
        return chunks
    }
}
