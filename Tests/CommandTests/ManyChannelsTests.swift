import Foundation
import RepositoryFolders
import Testing

@Suite("twoway analyze of three channels and more")
struct ManyChannelsTests {
    /// The people of a fixture on channels as a recorder stores them, µ-law at 8 kHz: 0 is silence, 1 and 2 the two.
    private func recording(_ order: [Int], in folder: ScratchFolder) throws -> String {
        let people = try ["theo", "me"].map { try FixtureSpeech.track(of: $0, in: "two-way") }
        let planes = order.map { $0 == 0 ? [UInt8](repeating: 0xFF, count: people[0].count) : people[$0 - 1] }
        let data = planes[0].indices.flatMap { index in planes.map { $0[index] } }
        return try folder.write(
            order.map(String.init).joined() + ".wav",
            OddWaves.wave(format: 7, channels: order.count, rate: 8000, bits: 8, data: data))
    }

    /// Everything but what names the file and its channels.
    private func result(_ run: ProgramRun) throws -> [String: NSObject] {
        #expect(run.exitCode == 0, "\(run.messages)")
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: NSObject]
        return try #require(object).filter { ["turns", "segments", "metrics", "pattern"].contains($0.key) }
    }

    @Test(
        "Four channels give what the two with people on them give",
        arguments: [[1, 0, 2, 0], [0, 1, 1, 2], [1, 2, 1, 2]])
    func same(order: [Int]) async throws {
        let folder = try ScratchFolder()
        let pair = try await ProgramRun(["analyze", recording([1, 2], in: folder), "--format", "json"])
        let found = try await ProgramRun(["analyze", recording(order, in: folder), "--format", "json"])
        #expect(try result(found) == result(pair))
        #expect(found.output.contains("\"channels\": 4"))
        #expect(found.output.contains("\"mode\": \"separate\""))
    }

    @Test("You may be on any channel; who says one without a person is told the two")
    func me() async throws {
        let folder = try ScratchFolder()
        let path = try recording([0, 2, 0, 1], in: folder)
        let labels = try await ProgramRun(["analyze", path, "--me", "4", "--with", "Dana", "--format", "json"])
        #expect(labels.exitCode == 0, "\(labels.messages)")
        let a = try await ProgramRun(["analyze", path, "--me", "2", "--with", "Dana", "--format", "json"])
        let found = [labels, a].map { $0.output.contains("\"me\": \"A\"") }
        #expect(found.contains(true) && found.contains(false))
        let left = try await ProgramRun(["analyze", path, "--me", "left", "--with", "Dana"])
        #expect(left.exitCode == 64)
        #expect(left.messages.contains("is on channel 1; use --me 2 or --me 4."))
    }

    @Test("A voice is taken from the channel that is named; from one without a person it is not")
    func voice() async throws {
        let folder = try ScratchFolder()
        let path = try recording([0, 2, 0, 1], in: folder)
        // Voices lie beside the journal.
        let home = ["TWOWAY_JOURNAL": folder.url.appending(path: "journal.sqlite").path]
        func enroll(_ speaker: String) async throws -> ProgramRun {
            try await ProgramRun(
                ["voice", "enroll", path, "--speaker", speaker, "--name", "Dana"], environment: home, patience: 300)
        }
        let kept = try await enroll("4")
        #expect(kept.exitCode == 0, "\(kept.messages)")
        #expect(kept.messages.contains("the voice of Dana is kept"))
        let nobody = try await enroll("3")
        #expect(nobody.exitCode == 64)
        #expect(nobody.messages.contains("is on channel 3; use --speaker 2 or 4."))
        #expect(try await enroll("0").exitCode == 64)
    }

    @Test("The report says which channels were read, within 80 columns")
    func text() async throws {
        let folder = try ScratchFolder()
        let run = try await ProgramRun(["analyze", recording([0, 1, 0, 0, 2], in: folder)])
        #expect(run.exitCode == 0)
        for line in run.output.split(separator: "\n") { #expect(line.count <= 80) }
        let words = run.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
        #expect(words.contains("Note: Of the 5 channels, 2 and 5 were read; the others hold no speech of their own."))
    }

    // channel 1 theo, channel 2 me, channel 3 theo again, half a meeting later: somebody else as far as anyone can tell
    @Test("With a third person the report begins with a warning and gives no verdict")
    func third() async throws {
        let folder = try ScratchFolder()
        let people = try ["theo", "me"].map { try FixtureSpeech.track(of: $0, in: "two-way") }
        let half = people[0].count / 2
        let planes = people + [Array(people[0][half...] + people[0][..<half])]
        let data = planes[0].indices.flatMap { index in planes.map { $0[index] } }
        let path = try folder.write("three.wav", OddWaves.wave(format: 7, channels: 3, rate: 8000, bits: 8, data: data))
        let run = try await ProgramRun(["analyze", path])
        #expect(run.exitCode == 0)
        let words = run.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
        #expect(words.contains("Careful: more than two people speak, and the numbers leave the others out."))
        #expect(words.contains("Note: More than two people seem to have a channel of their own"))
        #expect(!words.contains("too little speech"))
        let json = try await ProgramRun(["analyze", path, "--format", "json"])
        #expect(json.output.contains("\"trusted\": false") && json.output.contains("\"name\": \"insufficient\""))
    }
}
