private import CSpeechKernels

#if canImport(Darwin)
    private import Darwin
#elseif canImport(Musl)
    private import Musl
#else
    private import Glibc
#endif

/// A fixed block of log powers that is filled once and then only read, at an address that does not move.
///
/// Each is kept as a whole number of 512ths in 16 bits: within 0.001, or 0.004 dB, of what was measured, from −64 to 64, in
/// half the memory of a float. Lets the loops over frames read rows of many chunks without copies. Its pages come
/// straight from the system and go back with the last reference: an allocator would keep them, and they are most of the
/// memory of an analysis.
public final class LogPowerRows: @unchecked Sendable {
    /// The values in steps of `1 / stepsPerUnit`; written only by whoever creates the block, before sharing it.
    package let steps: UnsafeMutablePointer<Int16>
    /// Number of values.
    public let count: Int
    private let byteCount: Int

    /// Steps of one natural logarithm of power.
    package static let stepsPerUnit = Float(log_power_steps)

    /// `count` zeros.
    package init(count: Int) {
        byteCount = max(1, count) * MemoryLayout<Int16>.stride
        let pages = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | Self.populate, -1, 0)
        guard let pages, pages != MAP_FAILED else {
            preconditionFailure("no memory for \(byteCount) bytes of features")
        }
        steps = pages.bindMemory(to: Int16.self, capacity: max(1, count))
        self.count = count
    }

    #if canImport(Darwin)
        private static let populate: Int32 = 0
    #else
        /// All pages at once: they are filled at once too, and one by one they cost three times as much.
        private static let populate = MAP_POPULATE
    #endif

    deinit { munmap(steps, byteCount) }

    /// A log power, natural logarithm; set only before the block is shared.
    package subscript(index: Int) -> Float {
        get { Float(steps[index]) / Self.stepsPerUnit }
        set {
            let step = (newValue * Self.stepsPerUnit).rounded(.toNearestOrEven)
            steps[index] = Int16(max(min(step, Float(Int16.max)), Float(Int16.min)))
        }
    }
}

/// The 32 log powers of a frame; valid while the rows they are in are kept.
package struct LogPowerRow {
    /// The values in steps of `1 / LogPowerRows.stepsPerUnit`.
    package let steps: UnsafePointer<Int16>

    /// The row that begins at `steps`.
    @inline(__always)
    package init(steps: UnsafePointer<Int16>) { self.steps = steps }

    /// Natural logarithm of the power of a band, 0..<32.
    @inline(__always)
    package subscript(band: Int) -> Float { Float(steps[band]) / LogPowerRows.stepsPerUnit }
}
