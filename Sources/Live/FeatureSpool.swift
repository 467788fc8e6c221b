private import AudioDecoding
private import Foundation
package import SpectralAnalysis

/// Features of a meeting in progress on disk, so that memory does not grow: spectra and no sound, in a file without a
/// name that is gone with the program.
///
/// 16-bit fixed point, 66 bytes a frame and channel: 24 MB an hour; of two channels 5 MB more for the delay between them.
package final class FeatureSpool {
    private let file: Int32
    private let geometry: FrameGeometry
    private let planeCount: Int
    private var lengths: [Int] = []
    /// Steps of a harmonicity of 1.
    private static let harmonicitySteps: Float = 8192
    /// Steps of a correlation of 1.
    private static let correlationSteps: Float = 16_384
    /// Rows of the delay between two channels; nil of another number of channels.
    private let noDelays: ChannelDelays?

    /// An empty file in the folder for temporary files; nil where there is none to write to.
    package init?(geometry: FrameGeometry, planeCount: Int, parameters: SpectralParameters = .init()) {
        (self.geometry, self.planeCount) = (geometry, planeCount)
        noDelays = planeCount == 2 ? ChannelDelays(geometry: geometry, parameters: parameters) : nil
        file = NamelessFile.open(in: NamelessFile.folder)
        guard file >= 0 else { return nil }
    }

    deinit { close(file) }

    /// Adds the next frames of all channels, a whole number of rows of `ChannelDelays` but for the last time; false when
    /// the disk takes no more.
    ///
    /// - Parameter delays: rows of the delay between two channels; of another number of channels they are not kept.
    package func append(_ chunks: [SpectralChunk], delays: [Float] = []) -> Bool {
        var values: [Int16] = []
        for chunk in chunks {
            values += UnsafeBufferPointer(start: chunk.logMel.steps, count: chunk.logMel.count)
            values += chunk.harmonicity.map { Self.fixed($0 * Self.harmonicitySteps) }
        }
        if noDelays != nil { values += delays.map { Self.fixed($0 * Self.correlationSteps) } }
        let isWritten = values.withUnsafeBytes { bytes -> Bool in
            var done = 0
            while done < bytes.count {
                let count = write(file, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
        if isWritten { lengths.append(chunks.first?.harmonicity.count ?? 0) }
        return isWritten
    }

    private static func fixed(_ value: Float) -> Int16 {
        Int16(max(min(value.rounded(), Float(Int16.max)), Float(Int16.min)))
    }

    /// All features so far, one value for each channel, and the delay between two.
    package func features() -> (channels: [SpectralFeatures], delays: ChannelDelays?) {
        var channels = [SpectralFeatures](repeating: SpectralFeatures(geometry: geometry), count: planeCount)
        let total = lengths.reduce(0, +)
        let bands = SpectralFeatures.bandCount
        lseek(file, 0, SEEK_SET)
        var pending = channels.map { _ in ([Int16](), [Float]()) }
        var (read, delays) = (0, noDelays)
        for length in lengths {
            for plane in 0..<planeCount {
                let values = readValues(length * (bands + 1))
                pending[plane].0 += values[..<(length * bands)]
                pending[plane].1 += values[(length * bands)...].map { Float($0) / Self.harmonicitySteps }
            }
            if let lags = delays?.lagCount {
                let rows = (length + ChannelDelays.framesPerRow - 1) / ChannelDelays.framesPerRow
                delays?.append(readValues(rows * lags).map { Float($0) / Self.correlationSteps })
            }
            read += length
            while pending[0].1.count >= SpectralFeatures.framesPerChunk || (read == total && !pending[0].1.isEmpty) {
                let count = min(SpectralFeatures.framesPerChunk, pending[0].1.count)
                for plane in 0..<planeCount {
                    let rows = LogPowerRows(count: count * bands)
                    for index in 0..<(count * bands) { rows.steps[index] = pending[plane].0[index] }
                    channels[plane].append(
                        SpectralChunk(logMel: rows, harmonicity: Array(pending[plane].1[..<count])))
                    pending[plane].0.removeFirst(count * bands)
                    pending[plane].1.removeFirst(count)
                }
            }
        }
        return (channels, delays)
    }

    private func readValues(_ count: Int) -> [Int16] {
        var values = [Int16](repeating: 0, count: count)
        values.withUnsafeMutableBytes { bytes in
            var done = 0
            while done < bytes.count {
                let got = Foundation.read(file, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return }
                done += got
            }
        }
        return values
    }
}
