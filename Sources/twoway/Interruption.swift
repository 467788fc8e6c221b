import Foundation

/// Ctrl-C and SIGTERM, heard instead of killed by.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    /// From here on `end` runs on either signal, once.
    init(_ end: @escaping @Sendable () -> Never) {
        let queue = DispatchQueue(label: "interruption")
        sources = [SIGINT, SIGTERM].map { number in
            // The source hears the signal only where its own action is off.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { end() }
            source.resume()
            return source
        }
    }

    /// Back to the usual: the signals end the process.
    func cancel() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
