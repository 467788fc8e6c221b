import Foundation
import RepositoryFolders
import Testing

@Suite("twoway voice, and --me auto")
struct VoiceTests {
    /// A journal's folder of its own; voices lie beside the journal.
    private final class Home {
        let folder: ScratchFolder
        var environment: [String: String] { ["TWOWAY_JOURNAL": folder.url.appending(path: "journal.sqlite").path] }
        var voices: String { folder.url.appending(path: "voices.json").path }

        init() throws { folder = try ScratchFolder() }

        func run(_ arguments: [String]) async throws -> ProgramRun {
            try await ProgramRun(arguments, environment: environment, patience: 300)
        }
    }

    /// The one entry of `recognition` with this name.
    private func recognition(_ run: ProgramRun, _ name: String = "me") throws -> [String: Any] {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.messages)")
        let all = try #require(object["recognition"] as? [[String: Any]])
        return try #require(all.first { $0["name"] as? String == name })
    }

    @Test(
        "She is enrolled from 24 s of one meeting and found in the others, whoever speaks first",
        arguments: [("two-way.wav", "B"), ("late-pitch.wav", "A"), ("one-sided.wav", "A")])
    func found(recording: String, label: String) async throws {
        let home = try Home()
        let enrolled = try await home.run(["voice", "enroll", ProgramRun.fixture("one-sided.wav"), "--speaker", "A"])
        #expect(enrolled.exitCode == 0)
        #expect(enrolled.output.isEmpty)
        let run = try await home.run(["analyze", ProgramRun.fixture(recording), "--format", "json"])
        let found = try recognition(run)
        #expect(found["decision"] as? String == label)
        let probability = try #require((found["probability"] as? [String: Double])?[label])
        #expect((0.9...1).contains(probability))
        #expect(run.messages.contains("speaker \(label) is you"))
        let text = try await home.run(["analyze", ProgramRun.fixture(recording), "--quiet"])
        #expect(text.output.contains("\n  You  "))
        // Whoever says who they are is believed.
        let other = label == "A" ? "B" : "A"
        let told = try await home.run(["analyze", ProgramRun.fixture(recording), "--me", other, "--format", "json"])
        #expect(told.output.contains("\"me\": \"\(other)\""))
        #expect(!told.output.contains("\"recognition\""))
    }

    @Test("Whoever is not in the recording is told so")
    func absent() async throws {
        let home = try Home()
        _ = try await home.run(["voice", "enroll", ProgramRun.fixture("one-sided.wav"), "--speaker", "A"])
        // Gordon: 0–40 s and 80–120 s, Alasdair: the other two quarters; she says nothing in either.
        let gordon = try FixtureSpeech.of("gordon", in: "one-sided", seconds: 80)
        let alasdair = try FixtureSpeech.of("alasdair", in: "late-pitch", seconds: 80)
        let samples =
            gordon[..<320_000] + alasdair[..<320_000] + gordon[320_000..<640_000] + alasdair[320_000..<640_000]
        let path = try home.folder.write("men.wav", FixtureSpeech.wave(samples))
        let run = try await home.run(["analyze", path, "--format", "json"])
        #expect(try recognition(run)["decision"] as? String == "absent")
        #expect(run.output.contains("\"me\": null"))
        let text = try await home.run(["analyze", path])
        #expect(text.output.contains("you do not seem to be present"))
        #expect(!text.output.contains("\n  You  "))
    }

    @Test("Another person is named with --with auto, and together with you")
    func others() async throws {
        let home = try Home()
        _ = try await home.run(["voice", "enroll", ProgramRun.fixture("one-sided.wav"), "--speaker", "A"])
        _ = try await home.run([
            "voice", "enroll", ProgramRun.fixture("two-way.wav"), "--speaker", "A", "--name", "Theo",
        ])
        let run = try await home.run(["analyze", ProgramRun.fixture("two-way.wav"), "--with", "auto", "--quiet"])
        #expect(run.exitCode == 0)
        #expect(run.output.contains("Theo"))
        #expect(run.output.contains("\n  You  "))
        let named = try await home.run(["analyze", ProgramRun.fixture("two-way.wav"), "--with", "Ted", "--quiet"])
        #expect(named.output.contains("Ted"))
    }

    @Test("A voice is enrolled from a stored report: B was me")
    func stored() async throws {
        let home = try Home()
        let recording = home.folder.url.appending(path: "meeting.wav")
        try FileManager.default.copyItem(at: URL(filePath: ProgramRun.fixture("two-way.wav")), to: recording)
        let json = home.folder.url.appending(path: "meeting.json").path
        _ = try await home.run(["analyze", recording.path, "--format", "json", "--output", json])
        // Nobody said in it who is who, so that has to be said now.
        let open = try await home.run(["voice", "enroll", "--from", json])
        #expect(open.exitCode == 64)
        #expect(open.messages.contains("say who is meant with --speaker A or B"))
        let enrolled = try await home.run(["voice", "enroll", "--from", json, "--person", "B"])
        #expect(enrolled.exitCode == 0, "\(enrolled.messages)")
        // It is the voice that --speaker B of the recording gives.
        let kept = try Data(contentsOf: URL(filePath: home.voices))
        _ = try await home.run(["voice", "enroll", recording.path, "--speaker", "B"])
        #expect(try Data(contentsOf: URL(filePath: home.voices)) == kept)
        let run = try await home.run(["analyze", ProgramRun.fixture("late-pitch.wav"), "--format", "json"])
        #expect(try recognition(run)["decision"] as? String == "A")

        // The report says who was me; the other is whoever has a name.
        _ = try await home.run(["analyze", recording.path, "--me", "B", "--format", "json", "--output", json])
        _ = try await home.run(["voice", "remove", "me"])
        #expect(try await home.run(["voice", "enroll", "--from", json]).exitCode == 0)
        #expect(try Data(contentsOf: URL(filePath: home.voices)) == kept)
        #expect(try await home.run(["voice", "enroll", "--from", json, "--name", "Theo"]).exitCode == 0)
        let both = try await home.run(["analyze", recording.path, "--with", "auto", "--quiet"])
        #expect(both.output.contains("Theo") && both.output.contains("\n  You  "))

        // Moved: it is said, and found where it is now.
        let moved = home.folder.url.appending(path: "moved.wav")
        try FileManager.default.moveItem(at: recording, to: moved)
        let gone = try await home.run(["voice", "enroll", "--from", json])
        #expect(gone.exitCode == 66)
        #expect(gone.messages.contains("is not there any more; say where it is now"), "\(gone.messages)")
        #expect(try await home.run(["voice", "enroll", moved.path, "--from", json]).exitCode == 0)
        // Another one of the same name: it is noticed.
        try FileManager.default.copyItem(at: URL(filePath: ProgramRun.fixture("one-sided.wav")), to: recording)
        let other = try await home.run(["voice", "enroll", "--from", json])
        #expect(other.exitCode == 65)
        #expect(other.messages.contains("is not the recording of"), "\(other.messages)")
    }

    @Test("A voice is enrolled from a meeting of the journal, whose recording is read again")
    func journal() async throws {
        let home = try Home()
        let recording = ProgramRun.fixture("two-way.wav")
        let saved = try await home.run([
            "analyze", recording, "--me", "B", "--with", "Theo", "--date", "2026-11-20", "--save", "--quiet",
        ])
        #expect(saved.exitCode == 0)
        let id = "2026-11-20-theo"
        // The journal keeps the name of the recording, not where it is.
        let away = try await home.run(["voice", "enroll", "--from", id])
        #expect(away.exitCode == 66)
        #expect(away.messages.contains("twoway voice enroll RECORDING --from \(id)"), "\(away.messages)")
        let enrolled = try await home.run(["voice", "enroll", recording, "--from", id])
        #expect(enrolled.exitCode == 0, "\(enrolled.messages)")
        let kept = try Data(contentsOf: URL(filePath: home.voices))
        _ = try await home.run(["voice", "enroll", recording, "--speaker", "B"])
        #expect(try Data(contentsOf: URL(filePath: home.voices)) == kept)
        #expect(
            try await home.run(["voice", "enroll", ProgramRun.fixture("one-sided.wav"), "--from", id]).exitCode == 65)
        let unknown = try await home.run(["voice", "enroll", recording, "--from", "2020-01-01-nobody"])
        #expect(unknown.exitCode == 64)
        #expect(unknown.messages.contains("2020-01-01-nobody"))
        // A meeting that was only noted has no voice.
        _ = try await home.run(["journal", "add", "--with", "Dana", "--date", "2026-11-21", "--length", "45"])
        let noted = try await home.run(["voice", "enroll", "--from", "2026-11-21-dana"])
        #expect(noted.exitCode == 65)
        #expect(noted.messages.contains("without a recording"))
    }

    @Test("What is no stored report of a recording is refused")
    func notStored() async throws {
        let home = try Home()
        let labels = home.folder.url.appending(path: "labels.json").path
        _ = try await home.run(["metrics", ProgramRun.fixture("two-way.rttm"), "--format", "json", "--output", labels])
        let noSound = try await home.run(["voice", "enroll", "--from", labels, "--speaker", "A"])
        #expect(noSound.exitCode == 65)
        #expect(noSound.messages.contains("made from labels"))
        let other = try home.folder.write("other.json", Array("{\"a\": 1}".utf8))
        #expect(try await home.run(["voice", "enroll", "--from", other, "--speaker", "A"]).exitCode == 65)
        #expect(try await home.run(["voice", "enroll", "--from", "/nowhere.json", "--speaker", "A"]).exitCode == 66)
        for wrong in [
            ["voice", "enroll"], ["voice", "enroll", "--from", other, "--speaker", "left"],
            ["voice", "enroll", "a.wav", "--journal", "b"],
        ] {
            #expect(try await home.run(wrong).exitCode == 64)
        }
    }

    @Test("Voices are listed, removed, and kept in a file that only the owner may read and that holds no sound")
    func kept() async throws {
        let home = try Home()
        #expect(try await home.run(["voice", "list"]).output.contains("No voice is enrolled"))
        _ = try await home.run(["voice", "enroll", ProgramRun.fixture("one-sided.wav"), "--speaker", "A"])
        let list = try await home.run(["voice", "list"])
        #expect(list.output.hasPrefix("me  "))
        let facts = try FileManager.default.attributesOfItem(atPath: home.voices)
        #expect(facts[.posixPermissions] as? Int == 0o600)
        // 544 sums; 24 s of sound would be 192 000 samples.
        #expect(try #require(facts[.size] as? Int) < 20_000)
        #expect(try await home.run(["voice", "remove", "me"]).exitCode == 0)
        #expect(try await home.run(["voice", "list"]).output.contains("No voice is enrolled"))
        let again = try await home.run(["voice", "remove", "me"])
        #expect(again.exitCode == 64)
        #expect(again.messages.contains("No voice is enrolled"))
    }

    @Test("What cannot be is refused with what to do")
    func refused() async throws {
        let home = try Home()
        let two = try await home.run(["voice", "enroll", ProgramRun.fixture("two-way.wav")])
        #expect(two.exitCode == 64)
        #expect(two.messages.contains("--speaker A or B"))
        let left = try await home.run(["voice", "enroll", ProgramRun.fixture("two-way.wav"), "--speaker", "left"])
        #expect(left.exitCode == 64)
        let short = try home.folder.write(
            "short.wav", FixtureSpeech.wave(try FixtureSpeech.of("theo", in: "two-way", seconds: 4)))
        #expect(try await home.run(["voice", "enroll", short]).exitCode == 2)
        #expect(try await home.run(["voice", "enroll", "/nowhere.wav"]).exitCode == 66)
        let unknown = try await home.run(["analyze", ProgramRun.fixture("two-way.wav"), "--me", "auto"])
        #expect(unknown.exitCode == 64)
        #expect(unknown.messages.contains("twoway voice enroll"))
        let nobody = try await home.run(["analyze", ProgramRun.fixture("two-way.wav"), "--with", "auto"])
        #expect(nobody.exitCode == 64)
        _ = try home.folder.write("voices.json", Array("not voices".utf8))
        #expect(try await home.run(["voice", "list"]).exitCode == 65)
        #expect(!FileManager.default.fileExists(atPath: home.voices + ".partial"))
    }

    @Test(
        "On the development corpus: right in 95 % of what is decided, at most 15 % not sure, 5 % of absent people claimed",
        .enabled(if: RepositoryFolders.corpus != nil, "the development corpus is not here"))
    func accuracy() async throws {
        let corpus = try #require(RepositoryFolders.corpus)
        let run = try await ProgramRun(["score", "--corpus", corpus.path, "--voices"], patience: 600)
        #expect(run.exitCode == 0)
        let summary = try #require(run.output.split(separator: "\n").last { $0.hasPrefix("cross-validated ") })
        let numbers = summary.split(separator: " ").compactMap { Double($0) }
        #expect(numbers.count == 6)
        #expect(numbers[0] >= 150 && numbers[3] >= 800, "trials with the person present, and absent")
        #expect(numbers[1] >= 95)
        #expect(numbers[2] <= 15)
        #expect(numbers[4] <= 5)
    }
}
