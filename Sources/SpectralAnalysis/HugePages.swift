#if canImport(Darwin)
    private import Darwin
#elseif canImport(Musl)
    private import Musl
#else
    private import Glibc
#endif

/// Pages of 2 MB, which the system clears and enters in one go instead of 512 times.
package enum HugePages {
    private static let byteCount = 2 << 20

    /// Asks for them in `memory` that nothing was written to yet, from the first whole one to the last.
    ///
    /// Advice only: a system that has none free, or that decides for itself, as all but Linux do, goes on with small ones.
    package static func advise(_ memory: UnsafeMutableRawBufferPointer) {
        #if os(Linux)
            guard let first = memory.baseAddress else { return }
            let start = first.alignedUp(toMultipleOf: byteCount)
            let count = memory.count - (start - first)
            if count >= byteCount { madvise(start, count / byteCount * byteCount, MADV_HUGEPAGE) }
        #endif
    }
}
