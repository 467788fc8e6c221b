import Foundation

/// How freed memory goes back to the system.
enum MemoryReturn {
    /// Blocks of features go back as soon as a recording is done.
    ///
    /// glibc else raises its threshold for own mappings with every large block that is freed, and a batch of long
    /// recordings holds almost twice the memory it needs (mallopt(3), M_MMAP_THRESHOLD). Other systems need no call.
    static func keepBlocksSmall() { set(mmapThreshold, 128 << 10) }

    /// Freed blocks stay at hand for a single recording: the arrays of voice activity, 1.4 MB each for an hour, would else
    /// come fresh from the system one after the other, and clearing their pages costs more than filling them.
    static func keepBlocksAtHand() {
        set(mmapThreshold, 16 << 20)
        set(trimThreshold, 32 << 20)
    }

    private static func set(_ option: Int32, _ byteCount: Int32) {
        #if os(Linux)
            typealias Function = @convention(c) (Int32, Int32) -> Int32
            // The header with mallopt is not among those that Swift's module of glibc shows.
            guard let symbol = dlsym(nil, "mallopt") else { return }
            _ = unsafeBitCast(symbol, to: Function.self)(option, byteCount)
        #endif
    }

    /// M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of malloc.h.
    private static let (mmapThreshold, trimThreshold): (Int32, Int32) = (-3, -1)
}
