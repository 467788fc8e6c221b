/// Log-mel powers and harmonicity of consecutive frames.
public struct SpectralChunk: Sendable {
    /// `[frameCount × 32]`, natural logarithm of power; row after row.
    package let logMel: FloatRows
    /// `[frameCount]`, about 0 (noise) to 1 (periodic).
    package let harmonicity: [Float]

    /// Rows and harmonicities of the same frames.
    package init(logMel: FloatRows, harmonicity: [Float]) {
        self.logMel = logMel
        self.harmonicity = harmonicity
    }
}

/// Features of one channel of a whole recording, in chunks of `framesPerChunk` frames (the last may be shorter).
///
/// 132 bytes a frame, 48 MB an hour; `releaseRows` gives the rows back when the voices are measured.
public struct SpectralFeatures: Sendable {
    /// Frame and sample geometry.
    public let geometry: FrameGeometry
    /// Number of frames.
    public private(set) var frameCount = 0
    /// Harmonicity of every frame.
    package private(set) var harmonicity: [Float] = []
    private var rows: [FloatRows?] = []
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
    package func row(_ frame: Int) -> UnsafePointer<Float> {
        guard let chunk = rows[frame / Self.framesPerChunk] else { preconditionFailure("frame \(frame) was released") }
        return UnsafePointer(chunk.values + (frame % Self.framesPerChunk) * Self.bandCount)
    }

    /// Gives back all rows; harmonicities stay.
    package mutating func releaseRows() {
        for chunk in rows.indices { rows[chunk] = nil }
    }
}

extension FrameAnalyzer {
    /// Features of a chunk: one value for one plane; channel 1, channel 2 and their mean for two.
    package func features(of chunk: SampleChunker.Chunk) -> [SpectralChunk] {
        let frames = chunk.frameCount
        let outputs = chunk.planes.count == 2 ? 3 : 1
        let rows = (0..<outputs).map { _ in FloatRows(count: frames * MelFilterBank.bandCount) }
        let harmonicity = (0..<outputs).map { _ in FloatRows(count: frames) }
        chunk.planes[0].withUnsafeBufferPointer { first in
            guard let firstSamples = first.baseAddress else { return }
            if outputs == 1 {
                analyze(firstSamples, frameCount: frames, logMel: rows[0].values, harmonicity: harmonicity[0].values)
                return
            }
            chunk.planes[1].withUnsafeBufferPointer { second in
                guard let secondSamples = second.baseAddress else { return }
                analyzePair(
                    firstSamples, secondSamples, frameCount: frames,
                    outputs: zip(rows, harmonicity).map { (logMel: $0.values, harmonicity: $1.values) })
            }
        }
        return zip(rows, harmonicity).map { rows, harmonicity in
            SpectralChunk(
                logMel: rows, harmonicity: Array(UnsafeBufferPointer(start: harmonicity.values, count: frames)))
        }
    }
}
