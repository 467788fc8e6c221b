import Live
import LivePage
import Reciprocity
import Reporting
import Timeline

/// What the page of a meeting in progress is told.
final class LivePageFeed {
    private let server: LivePageServer
    private var state: LiveState?
    private var signs: [(time: Double, text: String)] = []
    /// Signs that a page shows.
    private static let shownSigns = 5

    /// The address to open.
    var address: String { server.address }

    /// Serves the page if that was asked for.
    ///
    /// - Throws: `LivePageError`.
    init?(_ options: LivePageOptions) async throws {
        guard options.isServed else { return nil }
        server = try await LivePageServer(port: options.pagePort ?? 0)
    }

    /// Shows how it stands, with the sign that is given now.
    func show(_ state: LiveState, sign: String?) {
        self.state = state
        if let sign { signs.append((state.floor.time, sign)) }
        show(notice: nil)
    }

    /// Shows a notice above what was shown last.
    func show(notice: String?) {
        guard let state else { return }
        send(state, ["notice": LiveState.text(notice), "over": .bool(false)])
    }

    /// Shows that the meeting is over, with the shares of the final analysis where there are some, and stops serving.
    func end(_ report: MeetingReport?, names: PerSpeaker<String>) async {
        if var state {
            state.names = names
            var members: [String: JSONValue] = ["notice": .null, "over": .bool(true)]
            if let report { members["share"] = LiveState.pair(report.reciprocity.talkShare) }
            send(state, members)
        }
        await server.stop()
    }

    private func send(_ state: LiveState, _ more: [String: JSONValue]) {
        let first = max(signs.count - Self.shownSigns, 0)
        let shown = signs[first...].enumerated().map { index, sign in
            JSONValue.object([
                "number": .integer(first + index + 1), "time": .number(sign.time), "text": .string(sign.text),
            ])
        }
        let own: [String: JSONValue] = [
            "names": .object(["A": .string(state.names.a), "B": .string(state.names.b)]), "signs": .array(shown),
        ]
        server.show(JSONValue.object(state.members.merging(own) { $1 }.merging(more) { $1 }).text(.oneLine))
    }
}
