import Crypto
import FlyingFox
import FlyingSocks
private import Foundation

/// A small page that follows a meeting in progress, for a browser on the same machine.
///
/// It listens on the loopback address only, under a path of 128 random bits. A request without that path, for another
/// host (DNS rebinding), from another origin or by another method than GET gets an empty answer. Readers are served by
/// tasks of their own: one who is slow or gone holds nothing up.
public final class LivePageServer: Sendable {
    /// The address to open.
    public let address: String

    private let server: HTTPServer
    private let states: LiveStates
    private let running: Task<Void, any Error>

    /// How long readers may take for the last state, seconds: enough for every browser that is not stopped.
    private static let patience = 1.0

    /// Starts to serve on `port`, or with 0 on any that is free.
    ///
    /// - Throws: `LivePageError`.
    public init(port: UInt16 = 0) async throws(LivePageError) {
        let gate = LivePageGate(token: Self.token())
        let states = LiveStates()
        let page = LivePageDocument()
        let address: sockaddr_in
        do {
            address = try .inet(ip4: "127.0.0.1", port: port)
        } catch {
            throw .unavailable(port: port, reason: "\(error)")
        }
        let server = HTTPServer(
            address: address, logger: .disabled,
            handler: ClosureHTTPHandler { request in
                switch gate.place(of: request) {
                case .page: page.response
                case .events: page.response(of: LiveEvents(states: states))
                case nil: HTTPResponse(statusCode: .notFound)
                }
            })
        (self.server, self.states) = (server, states)
        running = Task { try await server.run() }
        let chosen = try await Self.listening(server, running, port: port)
        gate.host = "127.0.0.1:\(chosen)"
        self.address = "http://127.0.0.1:\(chosen)\(gate.root)"
    }

    /// The port, once requests are heard.
    private static func listening(
        _ server: HTTPServer, _ running: Task<Void, any Error>, port: UInt16
    ) async throws(LivePageError) -> UInt16 {
        let waiting = Task { try await server.waitUntilListening() }
        // The server ends by itself only where it cannot begin.
        let failing = Task { if case .failure = await running.result { waiting.cancel() } }
        defer { failing.cancel() }
        do {
            try await waiting.value
            if case .ip4(_, let chosen) = await server.listeningAddress { return chosen }
        } catch {
            running.cancel()
            if case .failure(let error) = await running.result {
                throw .unavailable(port: port, reason: reason(error))
            }
        }
        throw .unavailable(port: port, reason: "it does not answer")
    }

    private static func reason(_ error: any Error) -> String {
        if case SocketError.failed(_, _, let message) = error { return message }
        return "\(error)"
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
    public func show(_ json: String) { states.show(json.trimmingCharacters(in: .newlines)) }

    /// Ends all connections once everybody has the last state, or after a second.
    public func stop() async {
        states.end()
        let limit = ContinuousClock.now + .seconds(Self.patience)
        while states.readerCount > 0, ContinuousClock.now < limit { try? await Task.sleep(for: .milliseconds(10)) }
        await server.stop(timeout: 0)
        running.cancel()
    }
}
