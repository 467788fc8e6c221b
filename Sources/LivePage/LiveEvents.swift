import FlyingSocks

/// States as server-sent events (HTML Living Standard, section 9.2) for one reader.
struct LiveEvents: AsyncBufferedSequence {
    typealias Element = UInt8

    let states: LiveStates

    func makeAsyncIterator() -> Iterator { Iterator(states) }

    /// The state of one reader; leaves the meeting when it is read no more.
    final class Iterator: AsyncBufferedIteratorProtocol {
        private let states: LiveStates
        private let number: Int
        private var waiting: AsyncStream<String>.Iterator
        private var isFirst = true

        init(_ states: LiveStates) {
            self.states = states
            let reader = states.join()
            number = reader.number
            waiting = reader.states.makeAsyncIterator()
        }

        deinit { states.leave(number) }

        /// Events are written as a whole, never byte by byte.
        func next() async throws -> UInt8? { preconditionFailure("events are read in buffers") }

        func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            guard let state = await waiting.next() else {
                states.leave(number)
                return nil
            }
            defer { isFirst = false }
            // After a lost connection a browser tries again, here every second.
            return Array(((isFirst ? "retry: 1000\n" : "") + "data: \(state)\n\n").utf8)
        }
    }
}
