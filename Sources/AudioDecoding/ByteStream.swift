/// The bytes of an input from front to back through one buffer of fixed size.
///
/// Blocks are read to the start of a memory page, which is about three times faster than elsewhere;
/// the few bytes left from the block before are kept in a margin in front of it.
final class ByteStream {
    let input: any ByteSource
    /// Bytes consumed so far.
    private(set) var position = 0
    private let storage: UnsafeMutableRawPointer
    private let capacity: Int
    private let onBytes: ((UnsafeRawBufferPointer) -> Void)?
    /// Whether somebody wants to see every byte.
    var isObserved: Bool { onBytes != nil }
    private var start = ByteStream.margin
    private var end = ByteStream.margin
    private var reachedEnd = false

    /// Size of the largest page in use (Apple silicon), so that margin and blocks stay aligned; bytes.
    private static let margin = 16_384

    /// A stream that holds at most `capacity` bytes and shows each byte to `onBytes` once, in order.
    init(input: any ByteSource, capacity: Int, onBytes: ((UnsafeRawBufferPointer) -> Void)?) {
        (self.input, self.capacity, self.onBytes) = (input, max(capacity, Self.margin), onBytes)
        storage = .allocate(byteCount: Self.margin + self.capacity, alignment: Self.margin)
    }

    deinit { storage.deallocate() }

    /// The bytes at hand, at least `count` (≤ capacity) of them unless the input ends before.
    func available(atLeast count: Int) throws(AudioDecodingError) -> UnsafeRawBufferPointer {
        precondition(count <= capacity)
        while end - start < count && !reachedEnd { try refill() }
        return UnsafeRawBufferPointer(start: storage + start, count: end - start)
    }

    /// Passes over bytes that `available` showed.
    func consume(_ count: Int) {
        precondition(count <= end - start)
        start += count
        position += count
    }

    /// Reads to the end so that the observer has seen every byte.
    func drain() throws(AudioDecodingError) {
        while true {
            let rest = try available(atLeast: 1)
            if rest.isEmpty { return }
            consume(rest.count)
        }
    }

    private func refill() throws(AudioDecodingError) {
        let kept = end - start
        if kept <= Self.margin {
            move(kept, to: Self.margin - kept)
        } else if end == Self.margin + capacity {
            move(kept, to: Self.margin)
        }
        let count = try input.read(into: storage + end, count: Self.margin + capacity - end)
        if count == 0 { reachedEnd = true }
        onBytes?(UnsafeRawBufferPointer(start: storage + end, count: count))
        end += count
    }

    private func move(_ count: Int, to target: Int) {
        (storage + target).copyMemory(from: storage + start, byteCount: count)
        (start, end) = (target, target + count)
    }
}
