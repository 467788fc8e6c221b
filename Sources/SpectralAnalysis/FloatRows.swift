#if canImport(Darwin)
    private import Darwin
#elseif canImport(Musl)
    private import Musl
#else
    private import Glibc
#endif

/// A fixed block of floats that is filled once and then only read, at an address that does not move.
///
/// Lets the loops over frames read rows of many chunks without copies. Its pages come straight from the system and go
/// back with the last reference: an allocator would keep them, and they are most of the memory of an analysis.
public final class FloatRows: @unchecked Sendable {
    /// The values; written only by whoever creates the block, before sharing it.
    package let values: UnsafeMutablePointer<Float>
    /// Number of values.
    public let count: Int
    private let byteCount: Int

    /// `count` zeros.
    package init(count: Int) {
        byteCount = max(1, count) * MemoryLayout<Float>.stride
        let pages = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | Self.populate, -1, 0)
        guard let pages, pages != MAP_FAILED else {
            preconditionFailure("no memory for \(byteCount) bytes of features")
        }
        values = pages.bindMemory(to: Float.self, capacity: max(1, count))
        self.count = count
    }

    #if canImport(Darwin)
        private static let populate: Int32 = 0
    #else
        /// All pages at once: they are filled at once too, and one by one they cost three times as much.
        private static let populate = MAP_POPULATE
    #endif

    deinit { munmap(values, byteCount) }
}
