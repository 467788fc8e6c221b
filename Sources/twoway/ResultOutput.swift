import Foundation

/// Where a result goes: standard output, or a file that appears whole or not at all.
enum ResultOutput {
    case standardOutput
    case file(String)

    /// The output for `--output FILE`; nil and `-` mean standard output.
    init(path: String?) {
        self = path.flatMap { $0 == "-" ? nil : .file($0) } ?? .standardOutput
    }

    /// Whether a person watches.
    var isTerminal: Bool {
        guard case .standardOutput = self else { return false }
        return isatty(FileHandle.standardOutput.fileDescriptor) == 1
    }

    /// Writes the whole text.
    ///
    /// - Throws: `CommandFailure` with exit code 73.
    func write(_ text: String) throws {
        switch self {
        case .standardOutput:
            do {
                try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
            } catch {
                throw CommandFailure(
                    "The result could not be written to standard output.", status: ExitStatus.unwritableOutput)
            }
        case .file(let path):
            do {
                try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
            } catch {
                throw CommandFailure(
                    "\(path) cannot be written; check that its folder exists, may be written and has room.",
                    status: ExitStatus.unwritableOutput)
            }
        }
    }
}
