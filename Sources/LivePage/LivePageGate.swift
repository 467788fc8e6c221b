import NIOHTTP1
import Synchronization

/// Decides which requests get an answer.
final class LivePageGate: Sendable {
    /// What can be asked for.
    enum Place: Sendable, Hashable {
        case page, events
    }

    /// The path of the page.
    let root: String
    private let chosenHost = Mutex("")

    /// A gate that lets through whoever knows the token.
    init(token: String) { root = "/\(token)/" }

    /// The loopback address with its port, once it is known; nobody is let through before.
    var host: String {
        get { chosenHost.withLock { $0 } }
        set { chosenHost.withLock { $0 = newValue } }
    }

    /// What is asked for; nil where nothing is to be said.
    func place(of request: HTTPRequestHead) -> Place? {
        let (hosts, origins) = (request.headers["Host"], request.headers["Origin"])
        guard hosts.count == 1, origins.count <= 1 else { return nil }
        return place(method: request.method.rawValue, target: request.uri, host: hosts[0], origin: origins.first)
    }

    /// The same for the parts of a request (RFC 9112, RFC 6454).
    func place(method: String, target: String, host: String?, origin: String?) -> Place? {
        let own = self.host
        guard method == "GET", !own.isEmpty, host == own, origin == nil || origin == "http://" + own else { return nil }
        // Both are looked at in full, so that the time tells nothing about the token.
        let (isPage, isEvents) = (Self.isSame(target, root), Self.isSame(target, root + "events"))
        return isPage ? .page : isEvents ? .events : nil
    }

    /// Whether two texts are the same, in a time that depends on their lengths only.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
