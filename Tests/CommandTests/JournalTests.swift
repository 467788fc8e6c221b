import Foundation
import RepositoryFolders
import Testing

@Suite("twoway journal")
struct JournalTests {
    // MARK: Views

    @Test(
        "Every view of the origin story is as it was looked at, and no line is longer than 80 columns",
        arguments: [
            ["list"], ["show", "2026-09-08-alasdair"], ["show", "2026-10-06-theo"], ["person", "theo"], ["owe"],
            ["summary"],
            ["people"], ["list", "--ascii"], ["summary", "--ascii"], ["person", "gordon", "--ascii"],
        ])
    func text(arguments: [String]) async throws {
        let journal = try await JournalRun.withSeeds()
        let isDated = ["show", "person", "owe", "summary"].contains(arguments[0])
        let run = try await journal.run(["journal"] + arguments + (isDated ? ["--as-of", "2026-11-01"] : []))
        #expect(run.exitCode == 0)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        if arguments.contains("--ascii") { #expect(run.output.utf8.allSatisfy { $0 < 128 }) }
        try Snapshot.check(run.output, named: "journal/\(arguments.joined(separator: "-")).txt")
    }

    @Test(
        "Every view has a JSON and a CSV form with keys and columns that stay",
        arguments: [["list"], ["show", "2026-10-06-theo"], ["person", "theo"], ["owe"], ["summary"], ["people"]])
    func programs(arguments: [String]) async throws {
        let journal = try await JournalRun.withSeeds()
        let isDated = ["show", "person", "owe", "summary"].contains(arguments[0])
        for format in ["json", "csv"] {
            let run = try await journal.run(
                ["journal"] + arguments + (isDated ? ["--as-of", "2026-11-01"] : []) + ["--format", format])
            #expect(run.exitCode == 0)
            if format == "json" { #expect(try JournalRun.object(run)["twoway"] != nil) }
            try Snapshot.check(run.output, named: "journal/\(arguments.joined(separator: "-")).\(format)")
        }
        if arguments == ["owe"] {
            let calendar = try await journal("owe", "--format", "ics")
            try Snapshot.check(calendar.output, named: "journal/owe.ics")
        }
    }

    @Test("The list is filtered by person, day, pattern and tag")
    func filters() async throws {
        let journal = try await JournalRun.withSeeds()
        for (arguments, count) in [
            ([], 4), (["--with", "Theo"], 1), (["--since", "2026-09-15"], 3), (["--until", "2026-09-15"], 2),
            (["--pattern", "latePitch"], 2), (["--pattern", "latePitch", "--pattern", "oneSided"], 3),
            (["--tag", "online directory"], 2), (["--tag", "online directory", "--pattern", "twoWay"], 1),
            (["--last", "3"], 3),
        ] {
            let run = try await journal.run(["journal", "list", "--format", "csv"] + arguments)
            #expect(run.output.split(separator: "\n").count == count + 1, "\(arguments)")
        }
        let wrong = try await journal("list", "--pattern", "latepitch")
        #expect(wrong.exitCode == 64 && wrong.messages.contains("known are twoWay"))
    }

    // MARK: Adding and changing

    @Test("A meeting comes from options, and its identifier is the result")
    func add() async throws {
        let journal = try JournalRun()
        let run = try await journal(
            "add", "--with", "Dana", "--date", "2026-11-25", "--length", "45", "--my-share", "30", "--first-asked",
            "never",
            "--questions-asked", "9", "--questions-received", "0", "--help-offer", "me=her card to a printer",
            "--follow-up", "them,article,due=2026-12-01,on kilns, in two parts", "--follow-up",
            "me,thanks,unasked,done=2026-11-26",
            "--feeling", "4", "--tag", "coffee", "--note", "Kilns.")
        #expect(run.exitCode == 0 && run.output == "2026-11-25-dana\n")
        let line = try await journal("export")
        #expect(
            line.output == #"""
                {"date":"2026-11-25","feeling":4,"firstAskedAboutMe":null,"followUps":[{"by":"them","due":"2026-12-01","kept":null,"kind":"article","promised":"2026-11-25","what":"on kilns, in two parts"},{"by":"me","due":null,"kept":"2026-11-26","kind":"thanks","promised":null}],"help":[{"by":"me","what":"her card to a printer"}],"id":"2026-11-25-dana","invited":false,"lengthMinutes":45,"mySharePercent":30,"note":"Kilns.","person":{"key":"dana","name":"Dana"},"questions":{"meToThem":9,"themToMe":0},"recording":null,"tags":["coffee"],"version":1}

                """#)
        let done = try await journal(
            "edit", "2026-11-25-dana", "--done", "1=2026-12-02", "--clear", "talking", "--block", "me=0:00-2:30")
        #expect(done.exitCode == 0)
        let changed = try await journal("export")
        #expect(changed.output.contains(#""kept":"2026-12-02","kind":"article""#))
        #expect(
            changed.output.contains(#""blocks":[{"end":150,"start":0,"who":"me"}]"#)
                && !changed.output.contains("mySharePercent"))
    }

    @Test(
        "Without a terminal what is missing or cannot be is said by name, with exit code 64, and nothing is written",
        arguments: [
            (["--with", "Dana", "--date", "2026-11-25"], "--length"),
            (["--date", "2026-11-25", "--length", "5"], "--with"),
            (["--with", "D", "--length", "5"], "--date"),
            (["--with", "D", "--date", "2026-02-30", "--length", "5"], "--date"),
            (["--with", "D", "--date", "2026-02-03", "--length", "-5"], "lengthMinutes: -5"),
            (["--with", "D", "--date", "2026-02-03", "--length", "5000"], "lengthMinutes: 5000"),
            (["--with", "D", "--date", "2026-02-03", "--length", "50", "--my-share", "101"], "mySharePercent"),
            (
                [
                    "--with", "D", "--date", "2026-02-03", "--length", "50", "--my-minutes", "-1", "--their-minutes",
                    "9",
                ], "minutes.me"
            ),
            (
                [
                    "--with", "D", "--date", "2026-02-03", "--length", "50", "--my-minutes", "30", "--their-minutes",
                    "30",
                ], "minutes: 30 and 30"
            ),
            (["--with", "D", "--date", "2026-02-03", "--length", "50", "--block", "me=5:00-4:00"], "blocks[0].end"),
            (["--with", "D", "--date", "2026-02-03", "--length", "50", "--block", "me=5:00-4:75"], "--block"),
            (["--with", "D", "--date", "2026-02-03", "--length", "50", "--feeling", "10"], "feeling"),
            (["--with", " ", "--date", "2026-02-03", "--length", "50"], "person.name"),
            (["--with", "D", "--date", "2026-02-03", "--length", "50", "--follow-up", "me,gift,x"], "--follow-up"),
            (
                ["--with", "D", "--date", "2026-02-03", "--length", "50", "--follow-up", "me,other,due=2026-01-01,x"],
                "followUps[0].due"
            ),
            (["--with", "D", "--date", "2026-02-03", "--length", "50", "--recording", "12"], "recording"),
        ])
    func badOptions(arguments: [String], words: String) async throws {
        let journal = try JournalRun()
        let run = try await journal.run(["journal", "add"] + arguments)
        #expect(run.exitCode == 64)
        #expect(run.messages.contains(words), "\(run.messages)")
        #expect(run.output.isEmpty)
        let list = try await journal("list", "--format", "csv")
        #expect(list.output.split(separator: "\n").count <= 1)
    }

    @Test(
        "On a terminal it asks for what is missing, asks again when an answer cannot be used, and Enter leaves it out")
    func asking() async throws {
        let journal = try JournalRun()
        let answers = ["Dana", "2026-11-25", "0", "45", "130", "30", "never", "", "2", "none", "", "11", "7", "Kilns."]
        let command = "'\(RepositoryFolders.program.path)' journal add --journal '\(journal.path)'"
        let run = try await Shell(
            "sleep 0.2; for a in \(answers.map { "'\($0)'" }.joined(separator: " ")); do echo \"$a\"; sleep 0.05; done",
            into: "script -qec \"\(command)\" /dev/null")
        #expect(run.output.contains("Whom did you meet?"))
        #expect(run.output.contains("That cannot be used."))
        let line = try await journal("export")
        #expect(
            line.output
                == #"{"date":"2026-11-25","feeling":7,"firstAskedAboutMe":null,"help":[],"id":"2026-11-25-dana","invited":false,"lengthMinutes":45,"mySharePercent":30,"note":"Kilns.","person":{"key":"dana","name":"Dana"},"questions":{"themToMe":2},"recording":null,"tags":[],"version":1}"#
                + "\n")
    }

    @Test("An unknown person or meeting is named, with those it could be")
    func unknown() async throws {
        let journal = try await JournalRun.withSeeds()
        let person = try await journal("person", "Vivien")
        #expect(person.exitCode == 64 && person.messages.contains("there is Vivian"))
        let meeting = try await journal("show", "2026-01-01-nobody")
        #expect(meeting.exitCode == 64 && meeting.messages.contains("no meeting 2026-01-01-nobody"))
        let none = try await JournalRun()("list")
        #expect(none.exitCode == 66 && none.messages.contains("twoway journal add"))
    }

    @Test("Removing needs a yes, can export before, and what was exported imports again")
    func remove() async throws {
        let journal = try await JournalRun.withSeeds()
        let before = try await journal("export")
        let refused = try await journal("remove", "2026-10-06-theo")
        #expect(refused.exitCode == 64 && refused.messages.contains("--export"))
        let copy = journal.folder.url.appending(path: "theo.jsonl").path
        let unwritable = try await journal("remove", "2026-10-06-theo", "--yes", "--export", "/nowhere/theo.jsonl")
        #expect(unwritable.exitCode == 73)
        #expect(try await journal("export").output == before.output)
        let removed = try await journal("remove", "2026-10-06-theo", "--yes", "--export", copy)
        #expect(removed.exitCode == 0)
        #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
        #expect(try await journal("list").output.contains("Theo") == false)
        #expect(try Data(contentsOf: URL(filePath: journal.path)).range(of: Data("railway station".utf8)) == nil)
        _ = try await journal("import", copy)
        #expect(try await journal("export").output == before.output)
    }

    @Test("Names are merged, changed and given")
    func people() async throws {
        let journal = try await JournalRun.withSeeds()
        #expect(try await journal("people", "merge", "gordon", "theo").exitCode == 0)
        #expect(try await journal("people", "rename", "theo", "Theodor").exitCode == 0)
        #expect(try await journal("people", "alias", "Theodor", "the letter reader").exitCode == 0)
        let person = try JournalRun.object(try await journal("person", "the letter reader", "--format", "json"))
        #expect(person["aliases"] as? [String] == ["Gordon", "the letter reader"])
        #expect((person["meetings"] as? [Any])?.count == 2)
        // Taking a name away says what came of it: gone, was none, or cannot go.
        let taken = ["the letter reader", "the letter writer", "theo"]
        var messages: [String] = []
        for name in taken {
            messages.append(try await journal("people", "alias", "--remove", "Theodor", name).messages)
        }
        #expect(messages[0] == "Theodor is not found as the letter reader any more.\n")
        #expect(messages[1] == "Theodor has no other name the letter writer; nothing is changed.\n")
        #expect(messages[2] == "theo is the name or the key of Theodor, which stays.\n")
        // And all of it goes through an export.
        let other = try JournalRun()
        let text = try await journal("export").output
        _ = try await other("import", "-", input: text)
        #expect(try await other("export").output == text)
        #expect(try await other("people").output == journal("people").output)
    }

    @Test("A broken line is named with file, line and field; the rest is imported unless --strict")
    func broken() async throws {
        let journal = try JournalRun()
        let seeds = try String(
            contentsOf: RepositoryFolders.root.appending(path: "seeds/meetings.jsonl"), encoding: .utf8)
        var lines = seeds.components(separatedBy: "\n")
        lines[1] = lines[1].replacingOccurrences(of: "\"feeling\": 2", with: "\"feeling\": 20")
        lines.insert("{\"version\": 1,", at: 3)
        let file = try journal.folder.write("broken.jsonl", Array(lines.joined(separator: "\n").utf8))
        let strict = try await journal("import", file, "--strict")
        #expect(strict.exitCode == 65 && strict.messages.contains("broken.jsonl:2: feeling: 20"))
        #expect(strict.messages.contains("broken.jsonl:4: the line is no JSON object"))
        #expect(try await journal("list", "--format", "csv").output.split(separator: "\n").count == 1)
        let run = try await journal("import", file)
        #expect(run.exitCode == 1 && run.messages.contains("Imported 3 meeting(s); 2 line(s) could not be used."))
        #expect(try await journal("list", "--format", "csv").output.split(separator: "\n").count == 4)
        #expect(try await journal("import", "/nowhere/x.jsonl").exitCode == 66)
    }

    @Test("The table form goes out to a spreadsheet and comes back")
    func tables() async throws {
        let journal = try JournalRun()
        let file = try journal.folder.write(
            "table.csv",
            Array(
                "date;person.name;lengthMinutes;mySharePercent\r\n2026-01-02;Dana;45;30\r\n2026-02-30;Dana;45;30\r\n"
                    .utf8))
        let run = try await journal("import", file)
        #expect(run.exitCode == 1 && run.messages.contains("table.csv:3: date: 2026-02-30 is no day"))
        let table = try await journal("export", "--format", "csv")
        #expect(table.output.contains("2026-01-02-dana,2026-01-02,dana,Dana,45,,,30,,"))
        let other = try JournalRun()
        _ = try await other("import", "-", "--format", "csv", input: table.output)
        #expect(try await other("export").output == journal("export").output)
    }

    @Test("A new name that is almost a known one is taken, with a hint")
    func typo() async throws {
        let journal = try await JournalRun.withSeeds()
        let run = try await journal("add", "--with", "Vivien", "--date", "2026-11-25", "--length", "30")
        #expect(run.exitCode == 0 && run.messages.contains("people merge \"Vivien\" \"Vivian\""))
        let known = try await journal("add", "--with", "vivian", "--date", "2026-11-26", "--length", "30")
        #expect(!known.messages.contains("merge"))
    }

    @Test("Where nothing is known of the talking, no number pretends to know")
    func unknownTalking() async throws {
        let journal = try JournalRun()
        _ = try await journal("add", "--with", "Dana", "--date", "2026-11-25", "--length", "30", "--feeling", "5")
        let object = try JournalRun.object(try await journal("show", "2026-11-25-dana", "--format", "json"))
        let metrics = try #require(object["metrics"] as? [String: Any])
        for (name, value) in metrics where !["duration", "timeResolution"].contains(name) {
            let leaves = ((value as? [String: Any]).map { Array($0.values) } ?? [value]).flatMap {
                $0 as? [Any] ?? [$0]
            }
            #expect(leaves.allSatisfy { $0 is NSNull }, "\(name) is \(value)")
        }
        let text = try await journal("show", "2026-11-25-dana").output
        #expect(text.contains("the talking was not noted") && !text.contains("recording"))
    }

    // MARK: The law

    @Test("The law: blocks and RTTM on the same grid give byte-equal metrics, and so do labels saved in the journal")
    func lawOfLabels() async throws {
        let journal = try JournalRun()
        // Whole minutes of half an hour: first they talk, late I do.
        let drawing = "TTTTMTTTTTTTTTTTTTTTTTTTMMMMMT"
        let blocks = drawing.enumerated().map { "\($1 == "M" ? "me" : "them")=\($0)-\($0 + 1)" }
        _ = try await journal.run(
            ["journal", "add", "--with", "Dana", "--date", "2026-11-25", "--length", "30", "--resolution", "60"]
                + blocks.flatMap { ["--block", $0] })
        let labels = drawing.enumerated().map {
            "SPEAKER talk 1 \($0 * 60).000 60.000 <NA> <NA> \($1 == "M" ? "me" : "Dana") <NA> <NA>\n"
        }
        let file = try journal.folder.write("talk.rttm", Array(labels.joined().utf8))
        let shown = try await journal("show", "2026-11-25-dana", "--format", "json")
        let direct = try await ProgramRun(
            [
                "metrics", file, "--duration", "1800", "--resolution", "60", "--format", "json", "--me", "B", "--with",
                "Dana",
            ])
        let metrics = try JournalRun.member("metrics", of: direct)
        #expect(metrics.contains("\"floorShare\""))
        #expect(try JournalRun.member("metrics", of: shown) == metrics)
        #expect(try JournalRun.member("pattern", of: shown) == JournalRun.member("pattern", of: direct))
        #expect(try JournalRun.member("pattern", of: shown).contains("latePitch"))
        // Saved as labels of another day, they are the same once more.
        let saved = try await journal.run(
            [
                "metrics", file, "--duration", "1800", "--resolution", "60", "--format", "json", "--me", "B", "--with",
                "Dana",
                "--save", "--date", "2026-11-26",
            ])
        #expect(saved.exitCode == 0 && saved.output == direct.output)
        let again = try await journal("show", "2026-11-26-dana", "--format", "json")
        #expect(try JournalRun.member("metrics", of: again) == metrics)
    }

    @Test("The law: a recording analysed directly and through the journal gives byte-equal metrics; twice is once")
    func lawOfRecordings() async throws {
        let journal = try JournalRun()
        let analyze = [
            "analyze", ProgramRun.fixture("late-pitch.wav"), "--me", "A", "--with", "Alasdair", "--format", "json",
        ]
        let direct = try await ProgramRun(analyze)
        let saved = try await journal.run(analyze + ["--save", "--date", "2026-09-08"])
        #expect(saved.exitCode == 0 && saved.output == direct.output)
        #expect(saved.messages.contains("Saved: Alasdair, 2026-09-08"))
        let shown = try await journal("show", "2026-09-08-alasdair", "--format", "json")
        for name in ["metrics", "pattern", "turns", "segments", "diarization", "parameters"] {
            let (ours, theirs) = (try JournalRun.member(name, of: shown), try JournalRun.member(name, of: direct))
            #expect(!theirs.isEmpty && ours == theirs, "\(name)")
        }
        let again = try await journal.run(analyze + ["--save"])
        #expect(again.messages.contains("Updated, it was there already"))
        #expect(try await journal("list", "--format", "csv").output.split(separator: "\n").count == 2)
        // The recording itself is not in the journal.
        let size = try FileManager.default.attributesOfItem(atPath: journal.path)[.size] as? Int ?? 0
        #expect(size < 400_000)
        // Through an export and an import it is the same still.
        let other = try JournalRun()
        _ = try await other("import", "-", input: try await journal("export").output)
        #expect(try await other("show", "2026-09-08-alasdair", "--format", "json").output == shown.output)
    }

    @Test("A recording joins the note of that day; the note's counts stay, and a disagreement is shown")
    func merging() async throws {
        let journal = try await JournalRun.withSeeds()
        let run = try await journal.run([
            "analyze", ProgramRun.fixture("late-pitch.wav"), "--me", "A", "--with", "Alasdair", "--save", "--date",
            "2026-09-08",
        ])
        #expect(run.messages.contains("Saved, together with your note: Alasdair, 2026-09-08 (2026-09-08-alasdair)"))
        _ = try await journal("edit", "2026-09-08-alasdair", "--clear", "talking", "--my-share", "60")
        let shown = try JournalRun.object(try await journal("show", "2026-09-08-alasdair", "--format", "json"))
        let provenance = try #require(shown["provenance"] as? [String: [String: Any]])
        #expect(provenance["floorShare"]?["source"] as? String == "audio")
        #expect(provenance["questions"]?["source"] as? String == "journal")
        #expect(provenance["all"]?["source"] as? String == "merged")
        #expect(shown["notedShare"] as? Double == 0.6)
        #expect((shown["disagreement"] as? Double ?? 0) > 0.15)
        let text = try await journal("show", "2026-09-08-alasdair").output
        #expect(text.contains("Note and recording disagree") && text.contains("you asked 11, Alasdair asked 2"))
        #expect(try await journal("list").output.contains("%!"))
    }

    @Test("Saving needs to know who is who, before any work is done")
    func savingNeedsPeople() async throws {
        let journal = try JournalRun()
        for arguments in [
            ["--save"], ["--save", "--me", "A"], ["--date", "2026-01-01"], ["--save", "--names", "A=Dana,B=Theo"],
        ] {
            let run = try await journal.run(["analyze", ProgramRun.fixture("late-pitch.wav")] + arguments)
            #expect(run.exitCode == 64, "\(arguments)")
        }
        #expect(!FileManager.default.fileExists(atPath: journal.path))
        // Names say it too: the one called "me" is me.
        let named = try await journal.run([
            "analyze", ProgramRun.fixture("late-pitch.wav"), "--names", "A=Me,B=Alasdair", "--save", "--date",
            "2026-09-08",
        ])
        #expect(named.exitCode == 0)
        #expect(try await journal("list").output.contains("Alasdair"))
    }

    @Test(
        "Help of every subcommand has an example",
        arguments: ["add", "list", "show", "edit", "remove", "person", "owe", "summary", "people", "import", "export"])
    func help(subcommand: String) async throws {
        let run = try await ProgramRun(["journal", subcommand, "--help"])
        #expect(run.exitCode == 0)
        #expect(run.output.contains("Example: twoway journal \(subcommand)"))
    }
}
