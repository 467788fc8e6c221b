import Foundation
import SpectralAnalysis

/// How freed memory goes back to the system.
enum MemoryReturn {
    /// Blocks of features go back as soon as a recording is done.
    ///
    /// glibc else raises its threshold for own mappings with every large block that is freed, and a batch of long
    /// recordings holds almost twice the memory it needs (mallopt(3), M_MMAP_THRESHOLD). Other systems need no call.
    static func keepBlocksSmall() { set(mmapThreshold, 128 << 10) }

    /// Freed blocks stay at hand for a single recording, in one heap of huge pages for all threads.
    ///
    /// The arrays of voice activity, 1.4 MB each for an hour, would else come fresh from the system one after the other, and
    /// clearing their pages costs more than filling them. Only before the first thread starts is there one heap.
    static func keepBlocksAtHand() {
        set(mmapThreshold, 32 << 20)
        set(trimThreshold, 64 << 20)
        set(arenaMax, 1)
        #if os(Linux)
            guard let heap = malloc(heapByteCount) else { return }
            HugePages.advise(UnsafeMutableRawBufferPointer(start: heap, count: heapByteCount))
            free(heap)
        #endif
    }

    /// What the heap of an hour grows to.
    private static let heapByteCount = 28 << 20

    private static func set(_ option: Int32, _ byteCount: Int32) {
        #if os(Linux)
            typealias Function = @convention(c) (Int32, Int32) -> Int32
            // The header with mallopt is not among those that Swift's module of glibc shows.
            guard let symbol = dlsym(nil, "mallopt") else { return }
            _ = unsafeBitCast(symbol, to: Function.self)(option, byteCount)
        #endif
    }

    /// M_MMAP_THRESHOLD, M_TRIM_THRESHOLD and M_ARENA_MAX of malloc.h.
    private static let (mmapThreshold, trimThreshold, arenaMax): (Int32, Int32, Int32) = (-3, -1, -8)
}
