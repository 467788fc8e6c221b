import Foundation
import RepositoryFolders
import Testing

/// Help that teaches.
@Suite struct HelpTests {
    /// One command of the program with its help.
    private struct Command {
        var path: [String]
        var discussion: String
    }

    /// Every command from the top down, as the program itself lists them.
    private func commands() async throws -> [Command] {
        let run = try await ProgramRun(["--experimental-dump-help"])
        let dump = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        func below(_ command: [String: Any], _ path: [String]) -> [Command] {
            let name = command["commandName"] as? String ?? ""
            let children = (command["subcommands"] as? [[String: Any]] ?? []).filter {
                $0["commandName"] as? String != "help" && $0["shouldDisplay"] as? Bool != false
            }
            return [Command(path: path + [name], discussion: command["discussion"] as? String ?? "")]
                + children.flatMap { below($0, path + [name]) }
        }
        return below(try #require(dump?["command"] as? [String: Any]), [])
    }

    /// The examples of a help text; a line that does not begin one continues the one before.
    private func examples(in discussion: String) -> [String] {
        var found: [String] = []
        for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("Example: ") {
                found.append(String(line.dropFirst("Example: ".count)))
            } else if !line.isEmpty, !found.isEmpty {
                found[found.count - 1] += " " + line
            }
        }
        return found
    }

    @Test("The help of every command has an example that begins with that command")
    func examples() async throws {
        let all = try await commands()
        #expect(all.count >= 20)
        for command in all {
            let examples = examples(in: command.discussion)
            #expect(
                examples.contains { $0.hasPrefix(command.path.joined(separator: " ")) },
                "\(command.path.joined(separator: " ")) --help has no example")
        }
    }

    @Test("Every example of the help is understood by the program")
    func examplesRun() async throws {
        let folder = try ScratchFolder()
        let seeds = RepositoryFolders.root.appending(path: "seeds/meetings.jsonl").path
        for example in try await commands().flatMap({ examples(in: $0.discussion) }) {
            // One short round: what it measures is tested elsewhere.
            let example = example.replacing("bench run", with: "bench run --rounds 2 --minutes 1")
            // Files need not be there, and the journal is a fresh one: only the words of the command are tried.
            let run = try await Shell(
                """
                cd '\(folder.url.path)' && export TWOWAY_JOURNAL=journal.sqlite
                "$twoway" journal import '\(seeds)' > import.log 2>&1
                shopt -s expand_aliases; twoway() { "$twoway" "$@"; }
                \(example) < /dev/null
                """)
            #expect(run.exitCode != 64 || !run.output.contains("Usage:"), "\(example): \(run.output)")
            #expect(!run.output.contains("has no subcommand"), "\(example)")
        }
    }

    @Test("The name alone says the three things that most people want")
    func nameAlone() async throws {
        let run = try await ProgramRun([])
        #expect(run.exitCode == 0)
        for thing in ["twoway analyze meeting.wav\n", "--report meeting.html", "twoway journal add"] {
            #expect(run.output.contains(thing))
        }
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(run.messages.isEmpty)
    }

    @Test(
        "A misspelt subcommand gets a suggestion, and ends with 64",
        arguments: [
            (["anlyze"], "`twoway analyze`"), (["anaylze", "x.wav"], "`twoway analyze`"),
            (["jounral"], "`twoway journal`"), (["convrt", "--quiet"], "`twoway convert`"),
            (["help", "metrcs"], "`twoway metrics`"), (["journal", "ad"], "`twoway journal add`"),
            (["journal", "summery"], "`twoway journal summary`"),
            (["journal", "people", "merg", "a", "b"], "`twoway journal people merge`"),
        ])
    func misspeltSubcommand(words: [String], suggestion: String) async throws {
        let run = try await ProgramRun(words)
        #expect(run.exitCode == 64)
        #expect(run.messages.contains("Did you mean \(suggestion)"), "\(run.messages)")
        #expect(run.output.isEmpty)
    }

    @Test("A word that is like nothing gets no suggestion, only the way to the help")
    func unlikeAnything() async throws {
        let run = try await ProgramRun(["journal", "xylophone"])
        #expect(run.exitCode == 64)
        #expect(
            run.messages == "Error: `twoway journal` has no subcommand xylophone.\n"
                + "  See `twoway journal --help` for all of them.\n")
    }

    @Test("A file where a subcommand should stand is offered to the one that reads it")
    func fileInsteadOfSubcommand() async throws {
        let wave = ProgramRun.fixture("two-way.wav")
        #expect(try await ProgramRun([wave]).messages.contains("Did you mean `twoway analyze \(wave)`"))
        let labels = ProgramRun.fixture("two-way.rttm")
        #expect(try await ProgramRun([labels]).messages.contains("Did you mean `twoway metrics \(labels)`"))
    }

    @Test(
        "A misspelt option gets a suggestion",
        arguments: [
            (["analyze", "x.wav", "--repport=x.html"], "--report"),
            (["journal", "add", "--wiht", "Dana"], "--with"),
            (["metrics", "--formatt", "json", "x.rttm"], "--format"), (["doctor", "--fromat", "json"], "--format"),
        ])
    func misspeltOption(words: [String], suggestion: String) async throws {
        let run = try await ProgramRun(words)
        #expect(run.exitCode == 64)
        #expect(run.messages.contains("Did you mean '\(suggestion)'?"), "\(run.messages)")
    }

    @Test("What the parser adds by itself is no misspelt subcommand")
    func parserOwnWords() async throws {
        #expect(try await ProgramRun(["help", "analyze"]).output.contains("twoway analyze"))
        #expect(try await ProgramRun(["--version"]).output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
        #expect(try await ProgramRun(["journal", "people"]).messages.contains("no subcommand") == false)
    }
}
