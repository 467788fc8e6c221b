private import CFFTW
private import CSndfile
private import SpectralAnalysis

/// What no program of this kind can go below: libsndfile decodes a file, FFTW transforms its frames, nothing else.
public final class CostFloor {
    private let geometry: FrameGeometry
    private let samples: UnsafeMutablePointer<Float>
    private let sampleCount: Int
    private let spectrum: UnsafeMutablePointer<fftwf_complex>
    private let plan: OpaquePointer

    /// The floor for frames of mono `samples` at 16 kHz, whose hop keeps frames aligned as FFTW wants them.
    public init(samples source: [Float]) {
        geometry = FrameGeometry(sampleRate: 16_000)
        sampleCount = source.count
        guard let samples = fftwf_alloc_real(max(source.count, geometry.transformLength)),
            let spectrum = fftwf_alloc_complex(geometry.transformLength / 2 + 1),
            let plan = fftwf_plan_dft_r2c_1d(
                Int32(geometry.transformLength), samples, spectrum, FFTW_ESTIMATE | FFTW_PRESERVE_INPUT)
        else { preconditionFailure("FFTW has no plan or no memory") }
        samples.update(from: source, count: source.count)
        (self.samples, self.spectrum, self.plan) = (samples, spectrum, plan)
    }

    deinit {
        fftwf_destroy_plan(plan)
        fftwf_free(samples)
        fftwf_free(spectrum)
    }

    /// Transforms every frame, without a window, and does nothing with the spectra.
    public func transformFrames() {
        for frame in 0..<geometry.frameCount(sampleCount: sampleCount) {
            fftwf_execute_dft_r2c(plan, samples + frame * geometry.hopLength, spectrum)
        }
    }

    /// Decodes a file to floats with libsndfile and drops them; returns the frames read.
    @discardableResult
    public static func decode(_ path: String) -> Int {
        var info = SF_INFO()
        guard let file = sf_open(path, Int32(SFM_READ), &info) else { return 0 }
        defer { sf_close(file) }
        let block = 8192
        var buffer = [Float](repeating: 0, count: block * Int(info.channels))
        var total = 0
        while true {
            let count = Int(sf_readf_float(file, &buffer, sf_count_t(block)))
            total += count
            if count < block { return total }
        }
    }

    /// Writes mono `samples` as 16-bit FLAC, for the stage that decodes it; whether that worked.
    public static func writeFLAC(_ samples: [Float], sampleRate: Int, to path: String) -> Bool {
        var info = SF_INFO()
        info.samplerate = Int32(sampleRate)
        info.channels = 1
        info.format = Int32(SF_FORMAT_FLAC) | Int32(SF_FORMAT_PCM_16)
        guard let file = sf_open(path, Int32(SFM_WRITE), &info) else { return false }
        defer { sf_close(file) }
        return samples.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return false }
            return Int(sf_writef_float(file, base, sf_count_t(samples.count))) == samples.count
        }
    }

    /// Versions of the libraries that the floor, and the program, rest on.
    public static var libraries: [String: String] {
        ["FFTW": String(cString: twoway_fftwf_version()), "libsndfile": String(cString: sf_version_string())]
    }
}
