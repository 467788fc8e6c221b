private import CSpeechKernels

/// Log-mel powers and harmonicity of consecutive frames.
public struct SpectralChunk: Sendable {
    /// `[frameCount × 32]`, natural logarithm of power; row after row.
    package let logMel: LogPowerRows
    /// `[frameCount]`, about 0 (noise) to 1 (periodic).
    package let harmonicity: [Float]

    /// Rows and harmonicities of the same frames.
    package init(logMel: LogPowerRows, harmonicity: [Float]) {
        self.logMel = logMel
        self.harmonicity = harmonicity
    }
}

/// Features of one channel of a whole recording, in chunks of `framesPerChunk` frames (the last may be shorter).
///
/// 68 bytes a frame, 24 MB an hour; `releaseRows` gives the rows back when the voices are measured.
public struct SpectralFeatures: Sendable {
    /// Frame and sample geometry.
    public let geometry: FrameGeometry
    /// Number of frames.
    public private(set) var frameCount = 0
    /// Harmonicity of every frame.
    package private(set) var harmonicity: [Float] = []
    private var rows: [LogPowerRows?] = []
    /// Frames in every chunk but the last.
    public static let framesPerChunk = SampleChunker.framesPerChunk
    /// Mel bands in a row.
    public static let bandCount = MelFilterBank.bandCount

    /// No frames yet.
    public init(geometry: FrameGeometry) { self.geometry = geometry }

    /// Adds the next chunk; all before it must be full.
    public mutating func append(_ chunk: SpectralChunk) {
        precondition(frameCount % Self.framesPerChunk == 0, "only the last chunk may be short")
        frameCount += chunk.harmonicity.count
        rows.append(chunk.logMel)
        harmonicity += chunk.harmonicity
    }

    /// The 32 log-mel powers of a frame; valid while these features, or a copy, are kept and the row is not released.
    @inline(__always)
    package func row(_ frame: Int) -> LogPowerRow {
        guard let chunk = rows[frame / Self.framesPerChunk] else { preconditionFailure("frame \(frame) was released") }
        return LogPowerRow(steps: chunk.steps + (frame % Self.framesPerChunk) * Self.bandCount)
    }

    /// Where all rows are, for loops that read many.
    package var rowTable: RowTable { RowTable(rows.map { $0.map { UnsafePointer($0.steps) } }) }

    /// Frames before the first and behind the last one in which some power is above `least`, natural logarithm.
    ///
    /// - Returns: nil when no power is above it.
    package func outerSilence(below least: Float) -> (leading: Int, trailing: Int)? {
        let limit = least * LogPowerRows.stepsPerUnit
        func sounds(_ chunk: LogPowerRows) -> Bool {
            UnsafeBufferPointer(start: chunk.steps, count: chunk.count).contains { Float($0) > limit }
        }
        func sounds(frame: Int) -> Bool {
            UnsafeBufferPointer(start: row(frame).steps, count: Self.bandCount).contains { Float($0) > limit }
        }
        let sounding = rows.map { $0.map(sounds) ?? true }
        guard let first = sounding.firstIndex(of: true), let last = sounding.lastIndex(of: true) else { return nil }
        func frames(_ chunk: Int) -> Range<Int> {
            (chunk * Self.framesPerChunk)..<min((chunk + 1) * Self.framesPerChunk, frameCount)
        }
        let leading = frames(first).first(where: sounds) ?? frames(first).lowerBound
        let end = frames(last).last(where: sounds) ?? frames(last).upperBound - 1
        return (leading, frameCount - 1 - end)
    }

    /// Drops frames at the start and at the end.
    package mutating func removeFrames(leading: Int, trailing: Int) {
        let (first, end) = (leading, frameCount - trailing)
        if leading.isMultiple(of: Self.framesPerChunk) {
            rows = Array(rows[(first / Self.framesPerChunk)..<((end + Self.framesPerChunk - 1) / Self.framesPerChunk)])
        } else {
            var moved: [LogPowerRows?] = []
            for start in stride(from: first, to: end, by: Self.framesPerChunk) {
                let part = LogPowerRows(count: min(Self.framesPerChunk, end - start) * Self.bandCount)
                for frame in 0..<(part.count / Self.bandCount) {
                    let source = row(start + frame).steps
                    (part.steps + frame * Self.bandCount).update(from: source, count: Self.bandCount)
                }
                moved.append(part)
                rows[start / Self.framesPerChunk] = nil
            }
            rows = moved
        }
        harmonicity = Array(harmonicity[first..<end])
        frameCount = end - first
    }

    /// The rows of a chunk to write to, which then are nobody else's; valid while these features are kept.
    package mutating func mutableRows(chunk: Int) -> UnsafeMutablePointer<Int16> {
        if isKnownUniquelyReferenced(&rows[chunk]), let rows = rows[chunk] { return rows.steps }
        guard let shared = rows[chunk] else { preconditionFailure("chunk \(chunk) was released") }
        let copy = LogPowerRows(count: shared.count)
        copy.steps.update(from: shared.steps, count: shared.count)
        rows[chunk] = copy
        return copy.steps
    }

    /// Gives back the rows of a chunk; harmonicities stay.
    package mutating func releaseRows(chunk: Int) { rows[chunk] = nil }

    /// Gives back all rows; harmonicities stay.
    package mutating func releaseRows() {
        for chunk in rows.indices { rows[chunk] = nil }
    }
}

/// Addresses of rows without the counting of references; valid while the features, or a copy, are kept and the row is
/// not released.
package struct RowTable {
    @usableFromInline let chunks: [UnsafePointer<Int16>?]

    fileprivate init(_ chunks: [UnsafePointer<Int16>?]) { self.chunks = chunks }

    /// The 32 log-mel powers of a frame, in steps of `1 / LogPowerRows.stepsPerUnit`.
    @inlinable @inline(__always)
    package subscript(frame: Int) -> UnsafePointer<Int16> {
        guard let chunk = chunks[frame / SpectralFeatures.framesPerChunk] else {
            preconditionFailure("frame \(frame) was released")
        }
        return chunk + frame % SpectralFeatures.framesPerChunk * SpectralFeatures.bandCount
    }
}

extension SpectralFeatures {
    /// Bands that are averaged side by side.
    private static let lanes = 8

    /// Features of channels heard as one: the mean of their powers, harmonicity weighted by power.
    ///
    /// Powers are averaged and not waveforms: a channel of swapped polarity cancels nothing, and microphones at
    /// different distances do not comb out bands.
    package static func powerMean(_ channels: [SpectralFeatures]) -> SpectralFeatures {
        guard let first = channels.first, channels.count > 1 else { return channels[0] }
        precondition(channels.allSatisfy { $0.frameCount == first.frameCount }, "channels of one recording")
        let share = 1 / Float(channels.count)
        var mean = SpectralFeatures(geometry: first.geometry)
        for start in stride(from: 0, to: first.frameCount, by: framesPerChunk) {
            let count = min(framesPerChunk, first.frameCount - start)
            let rows = LogPowerRows(count: count * bandCount)
            var harmonicity = [Float](repeating: 0, count: count)
            var sources = channels.map { UnsafeRawPointer($0.row(start).steps) }
            var powers = [SIMD8<Float>](repeating: .zero, count: channels.count)
            for frame in 0..<count {
                let target = rows.steps + frame * bandCount
                for channel in channels.indices { powers[channel] = .zero }
                for band in stride(from: 0, to: bandCount, by: lanes) {
                    var sum = SIMD8<Float>.zero
                    for channel in channels.indices {
                        let steps = sources[channel].loadUnaligned(fromByteOffset: 2 * band, as: SIMD8<Int16>.self)
                        let power = exponential(SIMD8<Float>(steps) / LogPowerRows.stepsPerUnit)
                        powers[channel] += power
                        sum += power
                    }
                    withUnsafeBytes(of: naturalLogarithm(sum * share)) { mean in
                        steps_of_log_powers(
                            mean.assumingMemoryBound(to: Float.self).baseAddress, lanes, target + band)
                    }
                }
                var (weighted, total): (Float, Float) = (0, 0)
                for channel in channels.indices {
                    let power = powers[channel].sum()
                    weighted += channels[channel].harmonicity[start + frame] * power
                    total += power
                    sources[channel] += 2 * bandCount
                }
                harmonicity[frame] = weighted / total
            }
            mean.append(SpectralChunk(logMel: rows, harmonicity: harmonicity))
        }
        return mean
    }
}

extension FrameAnalyzer {
    /// Features of a chunk by plane, and rows of the delay between two; none of another number of planes.
    package func featuresAndDelays(
        of chunk: SampleChunker.Chunk
    ) -> (features: [SpectralChunk], delays: [Float]) {
        chunk.planes.count == 2 ? pairFeatures(of: chunk) : (features(of: chunk), [])
    }

    private func pairFeatures(of chunk: SampleChunker.Chunk) -> (features: [SpectralChunk], delays: [Float]) {
        let count = chunk.frameCount
        let rows = (0..<2).map { _ in LogPowerRows(count: count * MelFilterBank.bandCount) }
        let harmonicity = UnsafeMutablePointer<Float>.allocate(capacity: 2 * count)
        defer { harmonicity.deallocate() }
        harmonicity.initialize(repeating: 0, count: 2 * count)
        let delays = chunk.planes[0].withUnsafeBufferPointer { first in
            chunk.planes[1].withUnsafeBufferPointer { second in
                guard let first = first.baseAddress, let second = second.baseAddress else { return [Float]() }
                return analyze(
                    pair: [first, second], frameCount: count, logMel: rows.map(\.steps),
                    harmonicity: [harmonicity, harmonicity + count])
            }
        }
        let features = (0..<2).map { channel in
            SpectralChunk(
                logMel: rows[channel],
                harmonicity: Array(UnsafeBufferPointer(start: harmonicity + channel * count, count: count)))
        }
        return (features, delays)
    }

    /// Features of a chunk, one value for each of its planes.
    package func features(of chunk: SampleChunker.Chunk) -> [SpectralChunk] {
        chunk.planes.map { plane in
            let rows = LogPowerRows(count: chunk.frameCount * MelFilterBank.bandCount)
            let harmonicity = [Float](unsafeUninitializedCapacity: chunk.frameCount) { target, count in
                count = chunk.frameCount
                plane.withUnsafeBufferPointer { samples in
                    guard let samples = samples.baseAddress, let target = target.baseAddress else { return }
                    analyze(samples, frameCount: chunk.frameCount, logMel: rows.steps, harmonicity: target)
                }
            }
            return SpectralChunk(logMel: rows, harmonicity: harmonicity)
        }
    }
}

extension SpectralChunk {
    /// Channels of the same frames, heard as one: the mean of their powers.
    package init(powerMean planes: [SpectralChunk], geometry: FrameGeometry) {
        let channels = planes.map { plane in
            var features = SpectralFeatures(geometry: geometry)
            features.append(plane)
            return features
        }
        let mean = SpectralFeatures.powerMean(channels)
        let rows = LogPowerRows(count: mean.frameCount * SpectralFeatures.bandCount)
        if mean.frameCount > 0 { rows.steps.update(from: mean.row(0).steps, count: rows.count) }
        self.init(logMel: rows, harmonicity: mean.harmonicity)
    }
}
