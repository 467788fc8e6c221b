private import CSpeechKernels
private import RealModule
package import SpectralAnalysis

/// Brings the background of a whole recording to one level, so that a voice sounds the same while a tap runs and after.
///
/// Where the tracked noise floor of a band is lower than the floor the recording has nine tenths of the time at most,
/// the power in between is added: noise masking (Klatt 1976) with the recording's own noise. A split of the speech
/// cannot follow the noise then. Where the noise is steady nothing changes.
package struct NoiseEqualisation: Sendable {
    /// The floor that every band is raised to, natural logarithm of power.
    package let commonFloor: [Float]
    /// `[blockCount × 32]`, tracked.
    private let floors: [Float]
    private let blockCount: Int
    /// Frames per block of the floor.
    private let blockLength: Int
    /// Floors are quantiles; the mean power of noise lies above them by this factor.
    private let meanPerFloor: Float
    private let commonPowers: [Float]

    private static let bands = SpectralFeatures.bandCount

    /// Equalises what `floor` was tracked on, to `commonFloor` where more is known than it holds.
    package init(floor: NoiseFloor, commonFloor known: [Float]? = nil, parameters: VoiceActivityParameters) {
        floors = floor.floors
        blockCount = floor.blockCount
        blockLength = floor.blockLength
        meanPerFloor = Float.exp(parameters.floorMargin)
        commonFloor =
            known
            ?? (0..<Self.bands).map { band in
                var track = (0..<floor.blockCount).map { floor.floors[$0 * Self.bands + band] }
                return quantile(&track, parameters.commonFloorQuantile)
            }
        commonPowers = commonFloor.map { Float.exp($0) }
    }

    /// Adds what is missing to consecutive `rows`, those of `frames`, where `mask` says so.
    fileprivate func add(to rows: UnsafeMutablePointer<Int16>, of frames: Range<Int>, where mask: [Bool]) {
        mask.withUnsafeBytes { mask in
            guard let mask = mask.baseAddress else { return }
            for start in stride(from: frames.lowerBound, to: frames.upperBound, by: blockLength) {
                let block = min(start / blockLength, blockCount - 1)
                floors.withUnsafeBufferPointer { floors in
                    add_missing_noise(
                        floors.baseAddress.map { $0 + block * Self.bands }, commonPowers, meanPerFloor,
                        (mask + start).assumingMemoryBound(to: UInt8.self),
                        min(blockLength, frames.upperBound - start), rows + (start - frames.lowerBound) * Self.bands)
                }
            }
        }
    }
}

extension SpectralFeatures {
    /// Adds to the rows where `mask` says so what is missing to the common noise floor.
    package mutating func equalise(_ noise: NoiseEqualisation, where mask: [Bool], threads: Int = 1) {
        let length = Self.framesPerChunk
        // Each is copied first if somebody else reads it.
        let chunks = (0..<((frameCount + length - 1) / length)).map { WritableRows(steps: mutableRows(chunk: $0)) }
        forEachPart(chunks.count, threads: threads) { chunk in
            let start = chunk * length
            noise.add(to: chunks[chunk].steps, of: start..<min(start + length, mask.count), where: mask)
        }
    }

    /// Rows that one thread alone writes to.
    private struct WritableRows: @unchecked Sendable {
        let steps: UnsafeMutablePointer<Int16>
    }
}
