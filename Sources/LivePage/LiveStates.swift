import Synchronization

/// The latest state of a meeting for any number of readers.
///
/// Whoever shows a state never waits: a reader who is slow misses states in between, and nothing piles up.
final class LiveStates: Sendable {
    private struct Contents {
        var latest: String?
        var isOver = false
        var readers: [Int: AsyncStream<String>.Continuation] = [:]
        var nextReader = 0
    }

    private let contents = Mutex(Contents())

    /// Readers who have not been given all yet.
    var readerCount: Int { contents.withLock { $0.readers.count } }

    /// Shows a state.
    func show(_ state: String) {
        let readers = contents.withLock { contents in
            if !contents.isOver { contents.latest = state }
            return contents.isOver ? [] : Array(contents.readers.values)
        }
        for reader in readers { reader.yield(state) }
    }

    /// Lets every reader come to the latest state and then end.
    func end() {
        let readers = contents.withLock { contents in
            contents.isOver = true
            return Array(contents.readers.values)
        }
        for reader in readers { reader.finish() }
    }

    /// A new reader: the state that there is, then those that come, until the end.
    ///
    /// `leave` has to be called with the number when it reads no more.
    func join() -> (number: Int, states: AsyncStream<String>) {
        let (states, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(1))
        return contents.withLock { contents in
            if let latest = contents.latest { continuation.yield(latest) }
            if contents.isOver { continuation.finish() }
            contents.nextReader += 1
            contents.readers[contents.nextReader] = continuation
            return (contents.nextReader, states)
        }
    }

    /// A reader has all, or is gone.
    func leave(_ number: Int) { _ = contents.withLock { $0.readers.removeValue(forKey: number) } }
}
