internal import CSpeechKernels
private import RealModule

/// The tight loop: frame, window, Fourier transform, mel, logarithm, harmonicity.
///
/// One per thread.
///
/// Owns plans and scratch memory; nothing is allocated per frame, and samples are copied once, into the window. Frames
/// are transformed one by one, which FFTW does fastest, and the rest is done for sixteen side by side.
package final class FrameAnalyzer {
    /// Frame, hop and transform lengths.
    package let geometry: FrameGeometry
    private static let lanes = Int(frame_lanes)
    private let forward: FourierTransform
    private let window: [Float]
    /// 1 / Σ w²: a full-scale white signal has power 1 in every bin.
    private let powerScale: Float
    private let tables: FrameTables
    /// Power spectra of sixteen frames, a row each, and the same column by column.
    private let power: UnsafeMutablePointer<Float>
    private let columns: UnsafeMutablePointer<Float>
    private let stride: Int
    private let parameters: SpectralParameters
    private var delayMeter: DelayMeter?

    /// An analyzer for frames of `geometry`.
    package init(geometry: FrameGeometry, parameters: SpectralParameters = .init()) {
        self.geometry = geometry
        self.parameters = parameters
        forward = FourierTransform(length: geometry.transformLength, direction: .forward)
        let length = geometry.windowLength
        let hann = (0..<length).map { 0.5 - 0.5 * Double.cos(2 * .pi * Double($0) / Double(length)) }
        window = hann.map { Float($0) }
        powerScale = Float(1 / hann.reduce(0) { $0 + $1 * $1 })
        tables = FrameTables(geometry: geometry, window: hann, parameters: parameters)
        stride = (tables.readBinCount + 7) / 8 * 8
        power = .allocate(capacity: Self.lanes * stride)
        power.initialize(repeating: 0, count: Self.lanes * stride)
        columns = .allocate(capacity: Self.lanes * stride)
        columns.initialize(repeating: 0, count: Self.lanes * stride)
    }

    deinit {
        power.deallocate()
        columns.deallocate()
    }

    /// Log-mel powers and harmonicity of consecutive frames of one channel.
    ///
    /// - Parameters:
    ///   - samples: at least `geometry.sampleCount(frameCount:)` samples, full scale 1.0.
    ///   - logMel: `[frameCount × 32]`, natural logarithm of power, −27.6..., in steps of `1 / LogPowerRows.stepsPerUnit`
    ///   - harmonicity: `[frameCount]`, about 0 (noise) to 1 (periodic), may pass 1 slightly.
    package func analyze(
        _ samples: UnsafePointer<Float>, frameCount: Int, logMel: UnsafeMutablePointer<Int16>,
        harmonicity: UnsafeMutablePointer<Float>
    ) {
        for first in Swift.stride(from: 0, to: frameCount, by: Self.lanes) {
            let count = min(Self.lanes, frameCount - first)
            transform(samples + first * geometry.hopLength, frameCount: count)
            writeLogMel(frameCount: count, to: logMel + first * MelFilterBank.bandCount)
            writeHarmonicity(frameCount: count, to: harmonicity + first)
        }
    }

    /// The same for two channels of the same frames, and the delay between them.
    ///
    /// - Returns: rows of `ChannelDelays`, one for each 10 frames begun.
    package func analyze(
        pair samples: [UnsafePointer<Float>], frameCount: Int, logMel: [UnsafeMutablePointer<Int16>],
        harmonicity: [UnsafeMutablePointer<Float>]
    ) -> [Float] {
        let meter = delayMeter ?? DelayMeter(geometry: geometry, parameters: parameters)
        delayMeter = meter
        for first in Swift.stride(from: 0, to: frameCount, by: Self.lanes) {
            let count = min(Self.lanes, frameCount - first)
            for channel in 0..<2 {
                transform(
                    samples[channel] + first * geometry.hopLength, frameCount: count, keeping: meter.spectra[channel])
                writeLogMel(frameCount: count, to: logMel[channel] + first * MelFilterBank.bandCount)
                writeHarmonicity(frameCount: count, to: harmonicity[channel] + first)
            }
            meter.add(frameCount: count)
        }
        return meter.takeRows()
    }

    /// Power spectra of up to sixteen frames: window, transform, squared magnitude.
    ///
    /// - Parameter spectra: gets the spectra themselves, one after the other.
    package func transform(
        _ samples: UnsafePointer<Float>, frameCount: Int, keeping spectra: UnsafeMutablePointer<Float>? = nil
    ) {
        let bins = min(geometry.transformLength / 2 + 1, stride)
        window.withUnsafeBufferPointer { window in
            guard let window = window.baseAddress else { return }
            for frame in 0..<frameCount {
                window_frame(samples + frame * geometry.hopLength, window, geometry.windowLength, forward.samples)
                forward.execute()
                power_spectrum(forward.spectrum, bins, powerScale, power + frame * stride)
                if let spectra {
                    let length = geometry.transformLength + 2
                    (spectra + frame * length).update(from: forward.spectrum, count: length)
                }
            }
        }
        take_columns(power, stride, columns)
    }

    /// Log-mel powers of the frames of the last `transform`.
    package func writeLogMel(frameCount: Int, to rows: UnsafeMutablePointer<Int16>) {
        tables.withTables { write_log_mel($0, columns, frameCount, rows) }
    }

    /// Harmonicity of the frames of the last `transform`.
    package func writeHarmonicity(frameCount: Int, to target: UnsafeMutablePointer<Float>) {
        tables.withTables { measure_harmonicity($0, columns, frameCount, target) }
    }
}
