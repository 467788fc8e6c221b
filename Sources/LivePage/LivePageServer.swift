private import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// A small page that follows a meeting in progress, for a browser on the same machine.
///
/// It listens on the loopback address only, under a path of 128 random bits. A request without that path, for another
/// host (DNS rebinding), from another origin or by another method than GET gets an empty answer. It has one thread of
/// its own, so that neither waits for the other: the meeting for a reader who is slow or gone, or a reader for the meeting.
public final class LivePageServer: Sendable {
    /// The address to open.
    public let address: String

    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let readers: LiveReaders

    /// How long readers may take for the last state: enough for every browser that is not stopped.
    private static let patience = TimeAmount.seconds(1)

    /// Starts to serve on `port`, or with 0 on any that is free.
    ///
    /// - Throws: `LivePageError`.
    public init(port: UInt16 = 0) async throws(LivePageError) {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let gate = LivePageGate(token: Self.token())
        let document = LivePageDocument()
        let readers = LiveReaders(loop: group.next())
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 16)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                    try pipeline.addHandler(LivePageConnection(gate: gate, document: document, readers: readers))
                }
            }
        do {
            channel = try await bootstrap.bind(host: "127.0.0.1", port: Int(port)).get()
        } catch {
            try? await group.shutdownGracefully()
            throw .unavailable(port: port, reason: Self.reason(error))
        }
        (self.group, self.readers) = (group, readers)
        gate.host = "127.0.0.1:\(channel.localAddress?.port ?? Int(port))"
        address = "http://\(gate.host)\(gate.root)"
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return String(cString: strerror(error.errnoCode))
    }

    /// 128 bits of the system's secure generator, hexadecimal.
    private static func token() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<16).map { _ in
            let byte = String(UInt8.random(in: 0...255, using: &generator), radix: 16)
            return byte.count == 1 ? "0" + byte : byte
        }.joined()
    }

    /// Shows a state, one line of JSON; returns at once.
    public func show(_ json: String) { readers.show(json.trimmingCharacters(in: .newlines)) }

    /// Ends all connections once everybody has the last state, or after a second.
    public func stop() async {
        try? await readers.end(within: Self.patience).get()
        try? await channel.close()
        try? await group.shutdownGracefully()
    }
}
