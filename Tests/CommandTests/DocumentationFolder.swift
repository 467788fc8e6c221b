import Foundation
import RepositoryFolders

/// A folder in which the commands of a document run: the files they name, a journal, and `twoway` on the search path.
struct DocumentationFolder {
    private let folder: ScratchFolder

    init() async throws {
        folder = try ScratchFolder()
        let files = FileManager.default
        for name in ["Fixtures", "seeds"] {
            try files.createSymbolicLink(
                at: folder.url.appending(path: name), withDestinationURL: RepositoryFolders.root.appending(path: name))
        }
        for name in ["bin", "Recordings", "Calls/2026-11-25"] {
            try files.createDirectory(at: folder.url.appending(path: name), withIntermediateDirectories: true)
        }
        try files.createSymbolicLink(
            at: folder.url.appending(path: "bin/twoway"), withDestinationURL: RepositoryFolders.program)
        for (name, fixture) in [
            ("meeting.wav", "late-pitch.wav"), ("reference.rttm", "two-way.rttm"), ("found.rttm", "two-way.rttm"),
            ("labels.rttm", "late-pitch.rttm"), ("next.wav", "two-way.wav"),
            ("Recordings/2026-12-01_Dana.wav", "two-way.wav"), ("Recordings/2026-12-03_Gordon.wav", "one-sided.wav"),
        ] {
            try files.copyItem(
                at: RepositoryFolders.fixtures.appending(path: fixture), to: folder.url.appending(path: name))
        }
        for name in ["labels.vtt", "labels.eaf"] {
            _ = try await run("twoway convert labels.rttm --output \(name)")
        }
        let mine = try FixtureSpeech.track(of: "me", in: "two-way")
        let others = try FixtureSpeech.track(of: "theo", in: "two-way")
        let call = zip(mine, others).flatMap { [$0, $1] }
        _ = try folder.write("call.wav", OddWaves.wave(format: 7, channels: 2, rate: 8000, bits: 8, data: call))
        for (name, track) in [("me", mine), ("Dana", others)] {
            _ = try folder.write("Calls/2026-11-25/\(name).wav", FixtureSpeech.wave(track))
        }
        _ = try folder.write("me.wav", FixtureSpeech.wave(FixtureSpeech.of("me", in: "one-sided", seconds: 30)))
    }

    /// Runs commands in bash, stopping at the first that fails.
    func run(_ script: String) async throws -> Shell {
        try await Shell(
            """
            set -euo pipefail
            cd '\(folder.url.path)'
            export PATH="$PWD/bin:$PATH" TWOWAY_JOURNAL="$PWD/journal.sqlite" XDG_DATA_HOME="$PWD/data"
            \(script)
            """)
    }
}
