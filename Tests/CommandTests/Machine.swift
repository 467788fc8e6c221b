import Foundation

/// What this machine lets a test do.
///
/// A test that needs something else is skipped with a sentence.
enum Machine {
    /// Whether a program is installed.
    static func has(_ program: String) -> Bool { path(of: program) != nil }

    /// Where a program is installed; nil where it is not.
    static func path(of program: String) -> String? {
        ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"].map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Whether a program runs to its end without an error.
    static func succeeds(_ words: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// Whether file systems can be mounted that nobody else sees; containers seldom allow it.
    static let mountsPrivately = succeeds(
        "unshare", "-m", "/bin/sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt && umount /mnt")

    /// Whether system calls can be watched, and be made to fail.
    static let traces = succeeds("strace", "-f", "-o", "/dev/null", "-e", "trace=read", "true")

    /// The library of faketime that shows a program another time of day (Debian faketime, Homebrew libfaketime).
    static let falseClock: String? = {
        let libraries = ["/usr/lib", "/usr/local/lib", "/opt/homebrew/lib"]
        let folders = libraries.flatMap { library in
            let inside = (try? FileManager.default.contentsOfDirectory(atPath: library)) ?? []
            return ["\(library)/faketime"] + inside.map { "\(library)/\($0)/faketime" }
        }
        return folders.map { "\($0)/libfaketimeMT.so.1" }.first { FileManager.default.fileExists(atPath: $0) }
    }()

    /// Whether the system's own tables of languages can be compiled.
    static let compilesLocales =
        has("localedef") && FileManager.default.fileExists(atPath: "/usr/share/i18n/locales/tr_TR")
}
