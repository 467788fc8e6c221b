internal import CFFTW
private import Synchronization

/// FFTW allows one planner call at a time in a process; executing plans needs no lock (FFTW manual, "Thread safety").
private let planner = Mutex<Void>(())

/// A real discrete Fourier transform of fixed length with its own aligned buffers; one per thread.
///
/// *Normalisation*: none in either direction. *Order*: bin `k` holds the frequency `k · rate / length`.
/// Plans are made with `FFTW_ESTIMATE`: as fast here as measured ones, and the same on every run.
package final class FourierTransform {
    /// Which way a transform goes.
    package enum Direction { case forward, inverse }

    /// Number of real samples.
    package let length: Int
    /// The real side, `length` floats.
    package let samples: UnsafeMutablePointer<Float>
    /// The complex side, `length / 2 + 1` pairs of real and imaginary part, interleaved.
    package let spectrum: UnsafeMutablePointer<Float>
    private let plan: OpaquePointer

    /// A plan for transforms of `length` points.
    ///
    /// An inverse transform overwrites its spectrum.
    package init(length: Int, direction: Direction) {
        let bins = length / 2 + 1
        guard let real = fftwf_alloc_real(length), let complex = fftwf_alloc_complex(bins) else {
            preconditionFailure("no memory for a transform of \(length) points")
        }
        nonisolated(unsafe) let (realSide, complexSide) = (real, complex)
        nonisolated(unsafe) var made: OpaquePointer?
        planner.withLock { _ in
            made =
                direction == .forward
                ? fftwf_plan_dft_r2c_1d(Int32(length), realSide, complexSide, FFTW_ESTIMATE)
                : fftwf_plan_dft_c2r_1d(Int32(length), complexSide, realSide, FFTW_ESTIMATE)
        }
        guard let made else { preconditionFailure("FFTW has no plan for \(length) points") }
        self.length = length
        plan = made
        samples = real
        spectrum = UnsafeMutableRawPointer(complex).assumingMemoryBound(to: Float.self)
        samples.update(repeating: 0, count: length)
        spectrum.update(repeating: 0, count: 2 * bins)
    }

    deinit {
        nonisolated(unsafe) let plan = plan
        planner.withLock { _ in fftwf_destroy_plan(plan) }
        fftwf_free(samples)
        fftwf_free(spectrum)
    }

    /// Transforms `samples` into `spectrum`, or back.
    @inline(__always)
    package func execute() { fftwf_execute(plan) }
}

/// The library that makes the Fourier transforms, as it is on this machine.
public enum FourierLibrary {
    /// Name and version of FFTW as it was loaded, such as `fftw-3.3.10-sse2-avx`.
    public static var version: String { String(cString: twoway_fftwf_version()) }
}
