import Foundation
import Journal
import Reciprocity
import RepositoryFolders
import Testing
import Timeline

@Suite("JSON Lines")
struct JSONLinesTests {
    /// Everything that a line needs, and nothing more.
    static let required =
        #""version": 1, "id": "x", "date": "2026-01-02", "person": {"key": "dana", "name": "Dana"}, "lengthMinutes": 30"#

    static func read(_ line: String) -> [JSONLines.Line] { JSONLines.lines(of: Data(line.utf8)) }

    static func entry(_ more: String) throws -> JournalEntry {
        try #require(try read("{\(required)\(more.isEmpty ? "" : ", " + more)}").first?.content.get()).entry
    }

    @Test("The seeds come out as the bytes they are, keys sorted")
    func seeds() throws {
        let file = RepositoryFolders.root.appending(path: "seeds/meetings.jsonl")
        let lines = JSONLines.lines(of: try Data(contentsOf: file))
        #expect(lines.map(\.number) == [1, 2, 3, 4])
        let text = try lines.map { JSONLines.line(of: try $0.content.get().entry) }.joined()
        let again = try JSONLines.lines(of: Data(text.utf8)).map { JSONLines.line(of: try $0.content.get().entry) }
            .joined()
        #expect(text == again)
        for (line, original) in zip(
            text.split(separator: "\n"), try String(contentsOf: file, encoding: .utf8).split(separator: "\n"))
        {
            let ours = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary
            let theirs = try JSONSerialization.jsonObject(with: Data(original.utf8)) as? NSDictionary
            #expect(ours == theirs)
        }
    }

    @Test("Absent is not noted, null is never, empty is none")
    func absence() throws {
        let bare = try Self.entry("")
        #expect(bare.firstAskedAboutMe == nil && bare.help == nil && bare.followUps == nil && bare.blocks == nil)
        #expect(bare.questions == PerSide(me: nil, them: nil) && bare.invited == false && bare.feeling == nil)
        let noted = try Self.entry(#""firstAskedAboutMe": null, "help": [], "followUps": []"#)
        #expect(noted.firstAskedAboutMe == .never && noted.help == [] && noted.followUps == [])
        #expect(try Self.entry(#""firstAskedAboutMe": 0"#).firstAskedAboutMe == .minute(0))
        #expect(JSONLines.line(of: bare).contains("firstAskedAboutMe") == false)
        #expect(JSONLines.line(of: noted).contains(#""firstAskedAboutMe":null"#))
    }

    @Test("Random entries come back equal, whatever was noted", arguments: 0..<200)
    func random(seed: Int) throws {
        let entry = RandomEntry.entry(seed: UInt64(seed))
        let aliases = seed % 3 == 0 ? ["Dee", "the potter, \"D\""] : []
        let line = JSONLines.line(of: entry, aliases: aliases)
        #expect(line.hasSuffix("}\n") && !line.dropLast().contains("\n"))
        let back = try #require(try Self.read(line).first?.content.get())
        #expect(back == JournalImport(entry: entry, aliases: aliases))
        #expect(line.contains(#""version":1"#) == (entry.analysis == nil && aliases.isEmpty))
    }

    @Test(
        "A broken line is named by field and says what is wrong",
        arguments: [
            (#""lengthMinutes": -5"#, "lengthMinutes", "above 0"),
            (#""lengthMinutes": "long""#, "lengthMinutes", "a number"),
            (#""date": "2026-02-30""#, "date", "no day"),
            (#""date": 20260230"#, "date", "a text"),
            (
                #""blocks": [{"start": 0, "end": 60, "who": "me"}, {"start": 90, "end": 80, "who": "me"}]"#,
                "blocks[1].end", "after the start"
            ),
            (#""blocks": [{"start": -1, "end": 60, "who": "me"}]"#, "blocks[0].start", "before the meeting"),
            (#""blocks": [{"start": 0, "end": 1801, "who": "me"}]"#, "blocks[0].end", "after the end of the meeting"),
            (#""blocks": [{"start": 0, "end": 60, "who": "dana"}]"#, "blocks[0].who", "me or them"),
            (#""resolution": 15"#, "resolution", "belongs to blocks"),
            (#""minutes": {"me": -1, "them": 5}"#, "minutes.me", "0 or more"),
            (#""minutes": {"me": 20, "them": 11}"#, "minutes", "more than 100 %"),
            (#""minutes": {"me": 20}"#, "minutes.them", "missing"),
            (#""mySharePercent": 101"#, "mySharePercent", "0 to 100"),
            (#""firstAskedAboutMe": 31"#, "firstAskedAboutMe", "not in a meeting of 30"),
            (#""questions": {"meToThem": -1, "themToMe": 0}"#, "questions.meToThem", "0 or more"),
            (#""questions": {"meToThem": 1.5, "themToMe": 0}"#, "questions.meToThem", "a whole number"),
            (#""help": [{"by": "us", "what": "tea"}]"#, "help[0].by", "me or them"),
            (#""followUps": [{"by": "me", "kind": "gift"}]"#, "followUps[0].kind", "one of article"),
            (#""followUps": [{"by": "me", "kind": "other", "due": "2026-06-31"}]"#, "followUps[0].due", "no day"),
            (
                #""followUps": [{"by": "me", "kind": "other", "promised": "2026-06-10", "kept": "2026-06-09"}]"#,
                "followUps[0].kept", "before the promise"
            ),
            (#""feeling": 10"#, "feeling", "1 to 9"),
            (#""feeling": 99999999999999999999"#, "feeling", "a whole number"),
            (#""lengthMinutes": 1e999"#, "lengthMinutes", "number"),
            (#""tags": ["a", "a"]"#, "tags", "twice"),
            (#""recording": "abc""#, "recording", "SHA-256"),
            (#""lenghtMinutes": 3"#, "lenghtMinutes", "no such field"),
            (#""person": {"key": "d", "name": "D", "nick": "x"}"#, "person.nick", "no such field"),
            (#""person": {"key": "", "name": "D"}"#, "person.key", "empty"),
            (#""analysis": {}"#, "analysis", "no such field"),
            (#""version": 3"#, "version", "newer"),
            (#""version": 0"#, "version", "no version"),
        ])
    func broken(member: String, field: String, words: String) throws {
        // The broken member stands in the place of the good one, so that each line has each name once.
        let name = String(try #require(member.split(separator: "\"").first))
        let good = try #require(
            try JSONSerialization.jsonObject(with: Data("{\(Self.required)}".utf8)) as? [String: Any])
        var members = try good.filter { $0.key != name }.map { key, value in
            let data = try JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)
            return "\"\(key)\": \(String(decoding: data, as: UTF8.self))"
        }
        members.append(member)
        let line = try #require(Self.read("\n{\(members.joined(separator: ", "))}").first)
        #expect(line.number == 2)
        guard case .failure(let problem) = line.content else {
            Issue.record("\(member) was taken")
            return
        }
        #expect(problem.field == field)
        #expect(problem.problem.contains(words), "\(problem)")
    }

    @Test("A line cut off, a text that is no JSON, bytes that are no text: each is one broken line among good ones")
    func cutOff() throws {
        let good = "{\(Self.required)}"
        let text = "\u{FEFF}" + good + "\r\n" + good.dropLast(5) + "\nhello\n\n" + good + "\n"
        let data = Data(text.utf8) + Data([0x22, 0xFF, 0x0A]) + Data(good.utf8)
        let lines = JSONLines.lines(of: data)
        #expect(lines.map(\.number) == [1, 2, 3, 5, 6, 7])
        #expect(lines.map { (try? $0.content.get()) != nil } == [true, false, false, true, false, true])
    }
}
