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
