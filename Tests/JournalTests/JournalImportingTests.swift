import Foundation
import Journal
import Testing

@Suite("Importing")
struct JournalImportingTests {
    static func text(_ lines: String...) -> [JSONLines.Line] {
        JSONLines.lines(of: Data(lines.joined(separator: "\n").utf8))
    }

    static func line(_ id: String, key: String = "dana", name: String = "Dana", more: String = "") -> String {
        #"{"version": 1, "id": "\#(id)", "date": "2026-01-02", "person": {"key": "\#(key)", "name": "\#(name)"}, "lengthMinutes": 30\#(more)}"#
    }

    @Test("A broken line stops nothing else, and with strict it keeps everything out")
    func broken() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        let lines = Self.text(Self.line("a"), Self.line("b", more: #", "feeling": 0"#), Self.line("c"), "{")
        let strict = try store.importLines(lines, from: "f.jsonl", isStrict: true)
        #expect(strict.isRefused && strict.problems.count == 2)
        #expect(try store.summaries().isEmpty && store.people().isEmpty)
        let outcome = try store.importLines(lines, from: "f.jsonl")
        #expect(outcome.added == 2 && !outcome.isRefused)
        #expect(
            outcome.problems.map { String($0.description.prefix(18)) } == ["f.jsonl:2: feeling", "f.jsonl:4: the lin"])
        #expect(try store.summaries().map(\.id) == ["a", "c"])
    }

    @Test("The same identifier twice in one file is a broken line: nothing is lost in silence")
    func twice() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        let outcome = try store.importLines(
            Self.text(Self.line("a"), Self.line("a", more: #", "feeling": 3"#)), from: "f")
        #expect(outcome.added == 1)
        #expect(outcome.problems.map(\.description) == ["f:2: id: a is in line 1 already"])
        #expect(try store.entry("a").feeling == nil)
    }

    @Test("A line that cannot be stored leaves nothing behind, not even its person")
    func nothingHalf() throws {
        let journal = try ScratchJournal()
        let store = try journal.open()
        _ = try store.importLines(Self.text(Self.line("a")), from: "f")
        let taken =
            #"{"version": 2, "id": "b", "date": "2026-01-02", "person": {"key": "x", "name": "X", "aliases": ["DANA"]}, "lengthMinutes": 30}"#
        let outcome = try store.importLines(Self.text(taken, Self.line("c", key: "x", name: "X")), from: "f")
        #expect(outcome.problems.count == 1 && outcome.added == 1)
        #expect(outcome.problems[0].description.hasPrefix("f:1: person: DANA is already Dana"))
        #expect(try store.summaries().map(\.id) == ["a", "c"])
        #expect(try store.people().map(\.person.key) == ["dana", "x"])
    }
}
