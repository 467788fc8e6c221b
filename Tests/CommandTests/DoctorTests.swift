import Foundation
import RepositoryFolders
import Testing

/// `twoway doctor` as a person meets it.
@Suite struct DoctorTests {
    /// The checks of a JSON result by their names.
    private func checks(_ run: ProgramRun) throws -> [String: [String: Any]] {
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let list = try #require(object?["checks"] as? [[String: Any]])
        return Dictionary(uniqueKeysWithValues: list.map { ($0["name"] as? String ?? "", $0) })
    }

    @Test("Libraries are named with the versions that pkg-config knows")
    func versions() async throws {
        let journal = try JournalRun()
        let found = try checks(try await journal.run(["doctor", "--format", "json"]))
        for (name, package) in [("libsndfile", "sndfile"), ("FFTW", "fftw3f"), ("SQLite", "sqlite3")] {
            let asked = try await Shell("pkg-config --modversion \(package)")
            try #require(asked.exitCode == 0)
            let version = asked.output.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect((found[name]?["found"] as? String)?.contains(version) == true, "\(name)")
        }
    }

    @Test("Without ffmpeg it says what cannot be read, and ends with 0")
    func noFfmpeg() async throws {
        let folder = try ScratchFolder()
        let run = try await ProgramRun(
            ["doctor"], environment: ["PATH": folder.url.path, "TWOWAY_JOURNAL": folder.url.path + "/j.sqlite"])
        #expect(run.exitCode == 0)
        #expect(run.output.contains("m4a, mp4, webm and amr are read through it"))
        #expect(run.output.contains("Everything that is needed works; something optional is missing."))
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains(folder.url.path) })
    }

    @Test("An ffmpeg that does not run is named as broken, with its reason")
    func brokenFfmpeg() async throws {
        let folder = try ScratchFolder()
        try ExecutableScript.write("echo no such codec library >&2; exit 1", to: folder.url.path + "/ffmpeg")
        let run = try await ProgramRun(
            ["doctor"], environment: ["PATH": folder.url.path, "TWOWAY_JOURNAL": folder.url.path + "/j.sqlite"])
        #expect(run.output.contains("does not run: no such codec library"))
    }

    @Test("The journal is counted, and never made")
    func journal() async throws {
        let seeds = try await JournalRun.withSeeds()
        #expect(try await seeds.run(["doctor"]).output.contains("4 meeting(s)"))
        let none = try JournalRun()
        let run = try await none.run(["doctor"])
        #expect(run.exitCode == 0)
        #expect(run.output.contains("made with the first meeting"))
        #expect(!FileManager.default.fileExists(atPath: none.path))
    }

    @Test(
        "A journal that cannot work ends with 1 and says what to do",
        arguments: [("/dev/zero/journal.sqlite", "cannot be made"), ("text", "no sound journal")])
    func brokenJournal(path: String, sentence: String) async throws {
        let folder = try ScratchFolder()
        let text = try folder.write("text", Array("this is no database, it is a letter to a friend".utf8))
        let run = try await ProgramRun(["doctor", "--journal", path == "text" ? text : path])
        #expect(run.exitCode == 1)
        #expect(run.output.contains(sentence) || run.output.contains("not a sound journal"))
        #expect(run.output.contains("--journal"))
    }

    @Test("On a terminal it speaks of colours, with NO_COLOR of none", .enabled(if: Shell.givesTerminals))
    func terminal() async throws {
        let ask = "export TERM=xterm LANG=C.UTF-8; unset LC_ALL LC_CTYPE NO_COLOR;"
        let colour = try await Shell(ask + #" script -qec "$twoway doctor --journal /tmp/none.sqlite" /dev/null"#)
        #expect(colour.output.contains("colours, Unicode") && !colour.output.contains("no colours"))
        let plain = try await Shell(
            ask + #" NO_COLOR=1 LANG=C script -qec "$twoway doctor --journal /tmp/none.sqlite" /dev/null"#)
        #expect(plain.output.contains("no colours, plain ASCII"))
    }
}
