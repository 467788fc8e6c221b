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
        try files.createDirectory(at: folder.url.appending(path: "bin"), withIntermediateDirectories: true)
        try files.createSymbolicLink(
            at: folder.url.appending(path: "bin/twoway"), withDestinationURL: RepositoryFolders.program)
        for (name, fixture) in [
            ("meeting.wav", "late-pitch.wav"), ("reference.rttm", "two-way.rttm"), ("found.rttm", "two-way.rttm"),
            ("labels.rttm", "late-pitch.rttm"),
        ] {
            try files.copyItem(
                at: RepositoryFolders.fixtures.appending(path: fixture), to: folder.url.appending(path: name))
        }
        for name in ["labels.vtt", "labels.eaf"] {
            _ = try await run("twoway convert labels.rttm --output \(name)")
        }
        _ = try folder.write("call.wav", Self.twoTracks(of: "two-way"))
    }

    /// Runs commands in bash, stopping at the first that fails.
    func run(_ script: String) async throws -> Shell {
        try await Shell(
            """
            set -euo pipefail
            cd '\(folder.url.path)'
            export PATH="$PWD/bin:$PATH" TWOWAY_JOURNAL="$PWD/journal.sqlite"
            \(script)
            """)
    }

    /// The two people of a fixture on a track each, as µ-law: its labels say who gets which byte.
    private static func twoTracks(of name: String) throws -> [UInt8] {
        let recording = try [UInt8](Data(contentsOf: RepositoryFolders.fixtures.appending(path: name + ".wav")))
        let labels = try String(contentsOf: RepositoryFolders.fixtures.appending(path: name + ".rttm"), encoding: .utf8)
        let rate = 8_000
        // The samples are the last chunk of the file.
        let start = (12..<recording.count - 8).first { Array(recording[$0..<$0 + 4]) == Array("data".utf8) } ?? 0
        let samples = recording[(start + 8)...]
        let quiet: UInt8 = 0xFF
        var tracks = [UInt8](repeating: quiet, count: 2 * samples.count)
        for line in labels.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 7, let onset = Double(words[3]), let duration = Double(words[4]) else { continue }
            let channel = words[7] == "me" ? 0 : 1
            let first = min(Int(onset * Double(rate)), samples.count)
            for index in first..<min(first + Int(duration * Double(rate)), samples.count) {
                tracks[2 * index + channel] = samples[samples.startIndex + index]
            }
        }
        func number(_ value: Int, bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(value >> (8 * $0) & 0xFF) } }
        let format =
            number(7, bytes: 2) + number(2, bytes: 2) + number(rate, bytes: 4) + number(2 * rate, bytes: 4)
            + number(2, bytes: 2) + number(8, bytes: 2)
        return Array("RIFF".utf8) + number(4 + 8 + format.count + 8 + tracks.count, bytes: 4) + Array("WAVEfmt ".utf8)
            + number(format.count, bytes: 4) + format + Array("data".utf8) + number(tracks.count, bytes: 4) + tracks
    }
}
