import AudioDecoding
import Foundation
import Journal
import Reporting
import SpectralAnalysis

/// One thing that was looked at on this machine.
struct InstallationCheck {
    /// How it stands.
    enum State: String {
        /// It is there and works.
        case works = "ok"
        /// It is not there, and only some things need it.
        case absent = "missing"
        /// It is needed and does not work.
        case fails = "failed"
    }

    /// What was looked at.
    let name: String
    /// How it stands.
    let state: State
    /// What was found.
    let found: String
    /// Why it matters, and what to do; nil where all is well.
    let advice: String?

    init(_ name: String, _ state: State, _ found: String, advice: String? = nil) {
        (self.name, self.state, self.found, self.advice) = (name, state, found, advice)
    }

    /// All of them, in the order in which a recording meets them.
    static func all(journalPath: String, isTerminal: Bool, usesColor: Bool, isASCII: Bool) -> [InstallationCheck] {
        [
            program, soundFiles, externalDecoder(DecodingLibraries.externalDecoder()), transforms, database,
            temporaryFolder, journal(journalPath),
            terminal(isTerminal: isTerminal, usesColor: usesColor, isASCII: isASCII),
        ]
    }

    private static var program: InstallationCheck {
        #if arch(x86_64)
            let processor = "x86_64"
        #elseif arch(arm64)
            let processor = "arm64"
        #else
            let processor = "another processor"
        #endif
        let system = ProcessInfo.processInfo.operatingSystemVersionString
        return InstallationCheck("twoway", .works, "\(Twoway.version) on \(system), \(processor)")
    }

    private static var soundFiles: InstallationCheck {
        // 1.1 is the first libsndfile that reads MP3; 1.0.29 was the first with Opus.
        let version = DecodingLibraries.soundFileVersion
        let numbers = version.split(separator: "-").last?.split(separator: ".").compactMap { Int($0) } ?? []
        let isNew = numbers.count >= 2 && (numbers[0], numbers[1]) >= (1, 1)
        return InstallationCheck(
            "libsndfile", .works, version,
            advice: isNew ? nil : "It does not read MP3, so those go through ffmpeg; 1.1 or newer reads them itself.")
    }

    private static func externalDecoder(_ state: DecodingLibraries.ExternalDecoderState) -> InstallationCheck {
        let purpose = "m4a, mp4, webm and amr are read through it; WAV, FLAC, Ogg, Opus and MP3 need no ffmpeg."
        return switch state {
        case .runs(let version): InstallationCheck("ffmpeg", .works, version)
        case .notInstalled:
            InstallationCheck(
                "ffmpeg", .absent, "not on the search path",
                advice: purpose + " Install it with `apt-get install ffmpeg` or `brew install ffmpeg`.")
        case .broken(let reason):
            InstallationCheck("ffmpeg", .absent, "does not run: \(reason)", advice: purpose + " Install it anew.")
        }
    }

    private static var transforms: InstallationCheck {
        InstallationCheck("FFTW", .works, FourierLibrary.version)
    }

    private static var database: InstallationCheck {
        InstallationCheck("SQLite", .works, JournalStore.databaseVersion)
    }

    private static var temporaryFolder: InstallationCheck {
        let path = NamelessFile.folder
        if let reason = reasonNotToWrite(into: path) {
            return InstallationCheck(
                "temporary folder", .absent, "\(path): \(reason)",
                advice: "A recording read from standard input in a format other than WAV is kept there meanwhile. "
                    + "Let TMPDIR name a folder that may be written.")
        }
        return InstallationCheck("temporary folder", .works, path)
    }

    /// Why no new file can be made in a folder; nil when one can, and is gone at once.
    private static func reasonNotToWrite(into folder: String) -> String? {
        let descriptor = NamelessFile.open(in: folder)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        close(descriptor)
        return nil
    }
}

extension InstallationCheck {
    /// Opens a journal as every view does, or sees whether one could be made; never makes one.
    private static func journal(_ path: String) -> InstallationCheck {
        let purpose = "Everything under `twoway journal` and --save needs it; "
        guard FileManager.default.fileExists(atPath: path) else {
            var folder = URL(filePath: path).deletingLastPathComponent()
            while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
                folder.deleteLastPathComponent()
            }
            if let reason = reasonNotToWrite(into: folder.path) {
                return InstallationCheck(
                    "journal", .fails, "\(path) cannot be made: \(folder.path): \(reason)",
                    advice: purpose + "name another place with --journal or TWOWAY_JOURNAL.")
            }
            return InstallationCheck("journal", .works, "\(path), made with the first meeting")
        }
        do {
            let store = try JournalStore(path: path, createsFile: false)
            defer { store.close() }
            let count = try store.summaries().count
            guard access(path, W_OK) == 0 else {
                return InstallationCheck(
                    "journal", .fails, "\(path), \(count) meeting(s), may not be written",
                    advice: purpose + "give yourself the right to write the file.")
            }
            return InstallationCheck("journal", .works, "\(path), \(count) meeting(s)")
        } catch {
            return InstallationCheck(
                "journal", .fails, "\(error)",
                advice: purpose + "mend or move the file, or name another one with --journal.")
        }
    }

    private static func terminal(isTerminal: Bool, usesColor: Bool, isASCII: Bool) -> InstallationCheck {
        guard isTerminal else { return InstallationCheck("terminal", .works, "none: plain text, no colours") }
        let found = "\(usesColor ? "colours" : "no colours"), \(isASCII ? "plain ASCII" : "Unicode")"
        return InstallationCheck(
            "terminal", .works, found,
            advice: isASCII
                ? "The pictures are finer with a locale such as LANG=C.UTF-8; now they are drawn in ASCII." : nil)
    }

    /// For people: one line each, with the reason below where something is to say.
    static func text(_ checks: [InstallationCheck], isASCII: Bool) -> String {
        let width = (checks.map(\.name.count).max() ?? 0) + 2
        var lines: [String] = []
        for check in checks {
            let mark =
                switch check.state {
                case .works: isASCII ? "ok  " : "✓ "
                case .absent: isASCII ? "-   " : "– "
                case .fails: isASCII ? "FAIL" : "✗ "
                }
            lines.append("\(mark) \(check.name.padding(toLength: width, withPad: " ", startingAt: 0))\(check.found)")
            if let advice = check.advice { lines += wrapped(advice, indent: isASCII ? 5 : 3) }
        }
        let end =
            if checks.contains(where: { $0.state == .fails }) {
                "Something that is needed does not work; see the lines marked \(isASCII ? "FAIL" : "✗")."
            } else if checks.contains(where: { $0.state == .absent }) {
                "Everything that is needed works; something optional is missing."
            } else {
                "Everything works."
            }
        lines += ["", end]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Words in lines of at most 80 columns.
    private static func wrapped(_ text: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= 80 {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(margin + word)
            }
        }
        return lines
    }

    /// For programs.
    static func json(_ checks: [InstallationCheck]) -> String {
        let rows = checks.map { check in
            JSONValue.object([
                "name": .string(check.name), "state": .string(check.state.rawValue), "found": .string(check.found),
                "advice": check.advice.map(JSONValue.string) ?? .null,
            ])
        }
        return JSONValue.object([
            "version": .string(Twoway.version), "checks": .array(rows),
            "works": .bool(!checks.contains { $0.state == .fails }),
        ]).text()
    }
}
