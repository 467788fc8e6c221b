import Foundation

/// What the locale of the terminal says about its characters.
enum TerminalLocale {
    /// Whether only ASCII can be shown: the locale is C or POSIX.
    static var isPlain: Bool {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return locale == "C" || locale == "POSIX"
    }
}
