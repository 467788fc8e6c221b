/// A fixed block of floats that is filled once and then only read, at an address that does not move.
///
/// Lets the loops over frames read rows of many chunks without copies; freed with the last reference.
public final class FloatRows: @unchecked Sendable {
    /// The values; written only by whoever creates the block, before sharing it.
    package let values: UnsafeMutablePointer<Float>
    /// Number of values.
    public let count: Int

    /// `count` zeros.
    package convenience init(count: Int) {
        self.init(uninitializedCount: count)
        values.initialize(repeating: 0, count: max(1, count))
    }

    /// Room for `count` values, all of which the creator writes.
    package init(uninitializedCount count: Int) {
        values = .allocate(capacity: max(1, count))
        self.count = count
    }

    deinit { values.deallocate() }
}
