import Crypto
private import Foundation
import NIOHTTP1

/// The page: one document that loads nothing, and the headers that keep it to itself.
struct LivePageDocument: Sendable {
    /// The document.
    let text: String
    private let policy: String

    init() {
        text = String(decoding: PackageResources.live_html, as: UTF8.self)
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

    /// Headers of whatever is answered.
    func headers(_ contentType: String) -> HTTPHeaders {
        [
            "Content-Type": contentType, "Cache-Control": "no-store", "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
        ]
    }
}
