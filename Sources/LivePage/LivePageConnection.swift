import NIOCore
import NIOHTTP1

/// One connection of a browser: answers one request, or sends events until either side has enough.
final class LivePageConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let gate: LivePageGate
    private let document: LivePageDocument
    private let readers: LiveReaders
    private var request: HTTPRequestHead?
    /// There while events are sent.
    private var reading: ChannelHandlerContext?
    /// The state that waits until the browser takes more; a newer one takes its place, so that nothing piles up.
    private var waiting: String?
    private var isEnding = false
    private var deadline: Scheduled<Void>?

    /// A connection that has not asked for anything within this is closed.
    private static let patience = TimeAmount.seconds(10)

    init(gate: LivePageGate, document: LivePageDocument, readers: LiveReaders) {
        (self.gate, self.document, self.readers) = (gate, document, readers)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) { context.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): request = head
        case .body: break
        case .end: answer(context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        reading = nil
        readers.leave(self)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if let state = waiting, context.channel.isWritable {
            waiting = nil
            send(state)
            if isEnding { end() }
        }
        context.fireChannelWritabilityChanged()
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard let request, reading == nil else { return }
        self.request = nil
        switch gate.place(of: request) {
        case .page:
            respond(context, .ok, document.headers("text/html; charset=utf-8"), body: document.text)
        case .events:
            deadline?.cancel()
            write(context, .head(head(.ok, document.headers("text/event-stream"))))
            context.flush()
            reading = context
            // After a lost connection a browser tries again every second.
            send(nil, "retry: 1000\n\n")
            readers.join(self)
        case nil: respond(context, .notFound, [:], body: "")
        }
    }

    /// One whole answer, after which the connection ends.
    private func respond(
        _ context: ChannelHandlerContext, _ status: HTTPResponseStatus, _ headers: HTTPHeaders, body: String
    ) {
        var headers = headers
        headers.add(name: "Content-Length", value: "\(body.utf8.count)")
        write(context, .head(head(status, headers)))
        if !body.isEmpty { write(context, .body(.byteBuffer(ByteBuffer(string: body)))) }
        close(context)
    }

    private func head(_ status: HTTPResponseStatus, _ headers: HTTPHeaders) -> HTTPResponseHead {
        var headers = headers
        headers.add(name: "Connection", value: "close")
        return HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    }

    private func write(_ context: ChannelHandlerContext, _ part: HTTPServerResponsePart) {
        context.write(wrapOutboundOut(part), promise: nil)
    }

    private func close(_ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    // MARK: Events

    /// Sends a state now, or when the browser takes more.
    func offer(_ state: String) {
        guard let reading else { return }
        if reading.channel.isWritable { send(state) } else { waiting = state }
    }

    /// Sends what waits and ends.
    func finish() {
        isEnding = true
        if waiting == nil { end() }
    }

    /// A server-sent event (HTML Living Standard, section 9.2).
    private func send(_ state: String?, _ lines: String = "") {
        guard let reading else { return }
        let text = lines + (state.map { "data: \($0)\n\n" } ?? "")
        write(reading, .body(.byteBuffer(ByteBuffer(string: text))))
        reading.flush()
    }

    private func end() {
        guard let reading else { return }
        self.reading = nil
        close(reading)
    }
}
