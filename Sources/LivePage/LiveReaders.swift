import NIOCore

/// Whoever reads the events of a meeting, and the latest of them; all of it on one event loop.
///
/// Whoever shows a state never waits.
final class LiveReaders: Sendable {
    private struct Contents {
        var latest: String?
        var isOver = false
        var readers: [ObjectIdentifier: LivePageConnection] = [:]
        /// Kept when the last reader is gone after the end.
        var emptied: EventLoopPromise<Void>?
    }

    private let loop: any EventLoop
    private let contents: NIOLoopBoundBox<Contents>

    init(loop: any EventLoop) {
        self.loop = loop
        contents = NIOLoopBoundBox.makeBoxSendingValue(Contents(), eventLoop: loop)
    }

    /// Shows a state to all, and to those who come later.
    func show(_ state: String) {
        loop.execute { [contents] in
            guard !contents.value.isOver else { return }
            contents.value.latest = state
            for reader in contents.value.readers.values { reader.offer(state) }
        }
    }

    /// Gives everybody the latest state and ends; done when all are gone, or after `limit`.
    func end(within limit: TimeAmount) -> EventLoopFuture<Void> {
        loop.flatSubmit { [loop, contents] in
            let emptied = loop.makePromise(of: Void.self)
            contents.value.isOver = true
            guard !contents.value.readers.isEmpty else {
                emptied.succeed()
                return emptied.futureResult
            }
            contents.value.emptied = emptied
            for reader in contents.value.readers.values { reader.finish() }
            loop.scheduleTask(in: limit) { Self.release(contents) }
            return emptied.futureResult
        }
    }

    /// Lets the one who waits for the end go on, once.
    private static func release(_ contents: NIOLoopBoundBox<Contents>) {
        contents.value.emptied?.succeed()
        contents.value.emptied = nil
    }

    // MARK: On the event loop

    /// A new reader gets the state that there is at once.
    func join(_ reader: LivePageConnection) {
        contents.value.readers[ObjectIdentifier(reader)] = reader
        if let latest = contents.value.latest { reader.offer(latest) }
        if contents.value.isOver { reader.finish() }
    }

    /// A reader who is gone.
    func leave(_ reader: LivePageConnection) {
        guard contents.value.readers.removeValue(forKey: ObjectIdentifier(reader)) != nil else { return }
        if contents.value.readers.isEmpty { Self.release(contents) }
    }
}
