import Foundation

/// How freed memory goes back to the system.
enum MemoryReturn {
    /// Blocks of features go back as soon as a recording is done.
    ///
    /// glibc else raises its threshold for own mappings with every large block that is freed, and a batch of long
    /// recordings holds almost twice the memory it needs (mallopt(3), M_MMAP_THRESHOLD). Other systems need no call.
    static func keepBlocksSmall() {
        #if os(Linux)
            typealias Function = @convention(c) (Int32, Int32) -> Int32
            // The header with mallopt is not among those that Swift's module of glibc shows.
            guard let symbol = dlsym(nil, "mallopt") else { return }
            _ = unsafeBitCast(symbol, to: Function.self)(mmapThreshold, 128 * 1024)
        #endif
    }

    /// M_MMAP_THRESHOLD of malloc.h.
    private static let mmapThreshold: Int32 = -3
}
