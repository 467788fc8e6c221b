import Crypto
import FlyingFox
import FlyingSocks
private import Foundation

/// The page as it is sent: one document that loads nothing, with the headers that keep it to itself.
struct LivePageDocument: Sendable {
    private let text = String(decoding: PackageResources.live_html, as: UTF8.self)
    private let policy: String

    init() {
        // The style sheet and the script by their hashes (Content Security Policy Level 3); nothing else is run.
        policy =
            "default-src 'none'; style-src '\(Self.hash(of: "style", in: text))'; "
            + "script-src '\(Self.hash(of: "script", in: text))'; connect-src 'self'; img-src data:; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    }

    private static func hash(of element: String, in text: String) -> String {
        let after = text.components(separatedBy: "<\(element)>").dropFirst().first ?? ""
        let source = after.components(separatedBy: "</\(element)>").first ?? ""
        return "sha256-" + Data(SHA256.hash(data: Data(source.utf8))).base64EncodedString()
    }

    /// The page.
    var response: HTTPResponse {
        HTTPResponse(statusCode: .ok, headers: headers("text/html; charset=utf-8"), body: Data(text.utf8))
    }

    /// What the page listens to.
    func response(of events: LiveEvents) -> HTTPResponse {
        HTTPResponse(statusCode: .ok, headers: headers("text/event-stream"), body: HTTPBodySequence(from: events))
    }

    private func headers(_ contentType: String) -> HTTPHeaders {
        [
            .contentType: contentType, .cacheControl: "no-store", HTTPHeader("Content-Security-Policy"): policy,
            HTTPHeader("X-Content-Type-Options"): "nosniff", HTTPHeader("Referrer-Policy"): "no-referrer",
            HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
        ]
    }
}
