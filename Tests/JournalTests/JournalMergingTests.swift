import Foundation
import Journal
import Testing

@Suite("Recordings and notes of the same meeting")
struct JournalMergingTests {
    let journal: ScratchJournal
    let store: JournalStore

    init() throws {
        journal = try ScratchJournal()
        store = try journal.open()
    }

    func analysis(_ hash: Character = "a", with person: String = "Dana", date: String? = "2026-11-25") throws
        -> AnalysisToSave
    {
        AnalysisToSave(
            MeasuredMeetingTests.analysis(myShare: 0.25), sha256: String(repeating: hash, count: 64), person: person,
            date: date.flatMap { CalendarDay($0) }, presumedDate: try #require(CalendarDay("2020-01-01")))
    }

    func note(_ date: String = "2026-11-25") throws -> JournalEntry {
        var entry = try plainEntry("", date)
        entry.feeling = 6
        return entry
    }

    @Test("The same recording again updates its entry, and never doubles it")
    func again() throws {
        #expect(try store.save(analysis()).change == .added)
        let second = try store.save(analysis(date: nil))
        #expect(second.change == .updated)
        #expect(try store.summaries().map(\.id) == ["2026-11-25-dana"])
        // Another day is taken when it is said; the identifier stays.
        let moved = try store.save(analysis(date: "2026-11-24"))
        #expect(moved.entry.date == CalendarDay("2026-11-24") && moved.entry.id == "2026-11-25-dana")
    }

    @Test("A recording finds the note of the same person and day, and a note the recording")
    func bothWays() throws {
        _ = try store.add(note())
        let merged = try store.save(analysis())
        #expect(merged.change == .merged && merged.entry.feeling == 6 && merged.entry.lengthMinutes == 30)
        #expect(try store.summaries().map(\.provenance) == [.merged])
        #expect(try store.save(analysis("b", date: "2026-11-26")).change == .added)
        #expect(try store.add(note("2026-11-26")).change == .merged)
        #expect(try store.summaries().map(\.provenance) == [.merged, .merged])
    }

    @Test("Another day, another person or \"new\" is another meeting")
    func apart() throws {
        _ = try store.add(note())
        #expect(try store.save(analysis("a", date: "2026-11-24")).change == .added)
        #expect(try store.save(analysis("b", with: "Theo")).change == .added)
        #expect(try store.save(analysis("c"), into: .new).change == .added)
        #expect(try store.summaries().count == 4)
    }

    @Test("Where several notes could be meant, it says so and changes nothing")
    func ambiguous() throws {
        _ = try store.add(note())
        _ = try store.add(note(), into: .new)
        #expect(throws: JournalError.self) { try store.save(analysis()) }
        #expect(try store.summaries().allSatisfy { $0.provenance == .journal })
        #expect(try store.save(analysis(), into: .existing("2026-11-25-dana-2")).change == .merged)
    }

    @Test("A meeting has one recording; a second one is refused")
    func secondRecording() throws {
        _ = try store.save(analysis("a"))
        #expect(throws: JournalError.self) { try store.save(analysis("b"), into: .existing("2026-11-25-dana")) }
    }

    @Test("A second note in a meeting that has one is refused, and so is an identifier that is taken")
    func secondNote() throws {
        _ = try store.add(note())
        #expect(throws: JournalError.self) { try store.add(note(), into: .existing("2026-11-25-dana")) }
        var taken = try note()
        taken.id = "2026-11-25-dana"
        #expect(throws: JournalError.self) { try store.add(taken) }
        // Two meetings on one day are two entries.
        #expect(try store.add(note()).entry.id == "2026-11-25-dana-2")
    }

    @Test("A line that names a recording without saying what was heard keeps what the journal has heard")
    func importKeepsAnalysis() throws {
        let saved = try store.save(analysis()).entry
        var line = saved
        line.analysis = nil
        line.feeling = 3
        let text = JSONLines.line(of: line)
        let outcome = try store.importLines(JSONLines.lines(of: Data(text.utf8)), from: "x")
        #expect(outcome.replaced == 1)
        #expect(try store.entry(saved.id).analysis == saved.analysis)
        #expect(try store.entry(saved.id).feeling == 3)
        line.id = "other"
        let refused = try store.importLines(JSONLines.lines(of: Data(JSONLines.line(of: line).utf8)), from: "x")
        #expect(
            refused.problems.map(\.description) == ["x:1: recording: it belongs to the meeting \(saved.id) already"])
    }

    @Test("A tag, a feeling or a remark on a recording does not keep its note away")
    func taggedRecording() throws {
        let saved = try store.save(analysis())
        _ = try store.update(saved.entry.id) { entry in
            entry.tags = ["work"]
            entry.note = "in the café"
        }
        let merged = try store.add(note())
        #expect(merged.change == .merged && merged.entry.tags == ["work"] && merged.entry.note == "in the café")
        #expect(merged.entry.feeling == 6)
        #expect(try store.summaries().count == 1)
    }

    @Test("A known recording is not moved to another entry without a word")
    func knownRecording() throws {
        let saved = try store.save(analysis())
        for choice in [EntryChoice.new, .existing("no-such-entry")] {
            #expect(throws: JournalError.self) { try store.save(analysis(), into: choice) }
        }
        #expect(try store.save(analysis(), into: .existing(saved.entry.id)).change == .updated)
        #expect(try store.summaries().count == 1)
    }

    @Test("Labels of the same name on the same day: it asks whether they are the same meeting's")
    func labelsOfTheSameName() throws {
        var first = try analysis("a")
        first.analysis.source = .labels
        var second = try analysis("b")
        second.analysis.source = .labels
        let saved = try store.save(first)
        #expect(throws: JournalError.self) { try store.save(second) }
        #expect(try store.save(second, into: .existing(saved.entry.id)).change == .updated)
        #expect(try store.save(first, into: .new).change == .added)
        #expect(try store.summaries().count == 2)
    }
}
