import Analysis
import ArgumentParser
import AudioDecoding
import Foundation
import Journal
import LabelFormats
import LivePage
import VoicePrints

/// The exit codes of the program; scripts rely on them.
enum ExitStatus {
    /// Some input failed, the rest is done.
    static let partial = ExitCode(1)
    /// Nothing usable in the input: no speech.
    static let nothingUsable = ExitCode(2)
    /// Damaged or unsupported data.
    static let damagedData = ExitCode(65)
    /// The input cannot be read.
    static let unreadableInput = ExitCode(66)
    /// Stopped by Ctrl-C or SIGTERM.
    static let interrupted = ExitCode(130)
    /// A fault in the program itself.
    static let internalError = ExitCode(70)
    /// The output cannot be written.
    static let unwritableOutput = ExitCode(73)
}

/// A problem as the person at the terminal meets it: one sentence and an exit code.
struct CommandFailure: Error, CustomStringConvertible {
    /// What failed, on which file, what to do.
    let description: String
    /// What the process ends with.
    let status: ExitCode

    /// A file that is not there or may not be read.
    static func unreadable(_ path: String) -> CommandFailure {
        CommandFailure(
            "\(path) cannot be read; check the path and its permissions.", status: ExitStatus.unreadableInput)
    }

    /// The failure for an error of any module.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as AudioDecodingError:
            self.init(
                error.description,
                status: error.kind == .unreadable ? ExitStatus.unreadableInput : ExitStatus.damagedData)
        case let error as LabelFormatError:
            self.init(
                error.description,
                status: error.kind == .unreadable ? ExitStatus.unreadableInput : ExitStatus.damagedData)
        case let error as JournalError:
            let status =
                switch error.kind {
                case .unreadable: ExitStatus.unreadableInput
                case .unwritable: ExitStatus.unwritableOutput
                case .damaged: ExitStatus.damagedData
                case .request: ExitCode.validationFailure
                }
            self.init(error.description, status: status)
        case let error as BatchError:
            let status =
                switch error.kind {
                case .unwritable: ExitStatus.unwritableOutput
                case .unreadable: ExitStatus.unreadableInput
                case .unsupported: ExitStatus.damagedData
                }
            self.init(error.description, status: status)
        case VoiceEnrolmentError.decoding(let error): self.init(error)
        case let error as LivePageError: self.init(error.description, status: ExitStatus.unwritableOutput)
        case let error as VoicePrintError: self.init(error.description, status: error.status)
        case let error as VoiceEnrolmentError: self.init(error.description, status: error.status)
        default:
            self.init("Something unexpected went wrong: \(error)", status: ExitStatus.internalError)
        }
    }

    /// A failure with its own words.
    init(_ description: String, status: ExitCode) {
        self.description = description
        self.status = status
    }
}

extension VoicePrintError {
    fileprivate var status: ExitCode {
        switch self {
        case .unreadable: ExitStatus.unreadableInput
        case .damaged, .tooNew: ExitStatus.damagedData
        case .unwritable: ExitStatus.unwritableOutput
        case .unknown: .validationFailure
        }
    }
}

extension VoiceEnrolmentError {
    fileprivate var status: ExitCode {
        switch self {
        case .decoding: ExitStatus.damagedData
        case .twoPeople, .noSuchPerson, .noChannels, .nobodyOnChannel: .validationFailure
        case .tooLittleSpeech: ExitStatus.nothingUsable
        }
    }
}

/// Runs the body of a subcommand: prints what fails as one sentence on standard error and ends with its code.
func reportingFailures(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as ExitCode {
        throw error
    } catch let error as ValidationError {
        throw error
    } catch {
        let failure = CommandFailure(error)
        StandardError.write("twoway: " + failure.description + "\n")
        throw failure.status
    }
}

/// Standard error, where everything goes that is not a result.
enum StandardError {
    /// Writes text as it is; a closed standard error is no reason to stop.
    static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

    /// Whether a person watches.
    static var isTerminal: Bool { isatty(FileHandle.standardError.fileDescriptor) == 1 }
}
