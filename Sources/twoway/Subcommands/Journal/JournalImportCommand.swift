import ArgumentParser
import Foundation
import Journal

/// `twoway journal import`: entries from a file.
struct JournalImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import meetings from JSON Lines or CSV.",
        discussion: """
            The fields are told in seeds/README.md. A meeting with the identifier of one in the journal replaces it. \
            A broken line is named and stops nothing else; with --strict it keeps everything out.

            Example: twoway journal import meetings.jsonl
            """)

    @Argument(help: ArgumentHelp("The file; - reads standard input.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: "The form of the file; otherwise told by its name.")
    var format: ExchangeFormat?

    @Flag(help: "Import nothing if one line is broken.")
    var strict = false

    @OptionGroup(title: "The journal")
    var journal: JournalOptions

    func run() async throws {
        try await reportingFailures {
            let name = file == "-" ? "standard input" : file
            let form = format ?? (file.lowercased().hasSuffix(".csv") ? .csv : .jsonl)
            let data = try read()
            let lines = form == .csv ? EntryTable.lines(of: data) : JSONLines.lines(of: data)
            if lines.isEmpty { throw CommandFailure("\(name) holds no meetings.", status: ExitStatus.damagedData) }
            let store = try journal.open(createsFile: true)
            defer { store.close() }
            let outcome = try store.importLines(lines, from: name, isStrict: strict)
            for problem in outcome.problems { StandardError.write("twoway: \(problem)\n") }
            if outcome.isRefused {
                StandardError.write("Nothing was imported: \(outcome.problems.count) broken line(s).\n")
                throw ExitStatus.damagedData
            }
            var report = "Imported \(outcome.added + outcome.replaced) meeting(s)"
            if outcome.replaced > 0 { report += ", \(outcome.replaced) of them replaced" }
            if !outcome.problems.isEmpty { report += "; \(outcome.problems.count) line(s) could not be used" }
            StandardError.write(report + ".\n")
            if outcome.problems.isEmpty { return }
            throw outcome.added + outcome.replaced == 0 ? ExitStatus.damagedData : ExitStatus.partial
        }
    }

    /// Largest file that is imported, bytes.
    ///
    /// Ten thousand recorded meetings with all their turns have about 300 MB; the limit keeps an endless stream, or a
    /// recording given by mistake, from filling the memory.
    static let largestSize = 512 << 20

    private func read() throws -> Data {
        do {
            let handle = file == "-" ? .standardInput : try FileHandle(forReadingFrom: URL(filePath: file))
            var data = Data()
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
                data.append(piece)
                guard data.count <= Self.largestSize else {
                    throw CommandFailure(
                        "\(file) is larger than \(Self.largestSize >> 20) MiB; import it in parts, split between lines.",
                        status: ExitStatus.damagedData)
                }
            }
            return data
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(
                "\(file) cannot be read; check the name and the permissions.", status: ExitStatus.unreadableInput)
        }
    }
}
