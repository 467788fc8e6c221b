/// An input whose bytes are read from front to back.
protocol ByteSource: AnyObject {
    /// What messages call the input.
    var name: String { get }
    /// Length of a regular file, bytes; nil for a stream.
    var byteCount: Int? { get }
    /// Reads up to `count` bytes; 0 at the end.
    func read(into target: UnsafeMutableRawPointer, count: Int) throws(AudioDecodingError) -> Int
}
