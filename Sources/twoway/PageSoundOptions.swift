import Analysis
import ArgumentParser
import AudioDecoding
import Foundation
import Reporting

/// The form in which a page carries the sound.
enum PageSoundForm: String, ExpressibleByArgument, CaseIterable {
    case opus, original
}

/// Options about the sound that a page carries with it.
struct PageSoundOptions: ParsableArguments {
    @Flag(help: "Put the sound into the page, so that it plays what you click on.")
    var embedAudio = false

    @Option(
        help: ArgumentHelp(
            "The form of that sound: small, or the very bytes of the recording. Default: opus, or original where that "
                + "is smaller and browsers play it.", valueName: "opus|original"))
    var embedAs: PageSoundForm?

    /// - Throws: `ValidationError` for options that make no sense together.
    func check(_ page: PageOptions, recording: String) throws {
        guard embedAudio || embedAs != nil else { return }
        if page.report == nil { throw ValidationError("--embed-audio puts sound into the page, so it needs --report.") }
        if recording == "-" {
            throw ValidationError("Standard input can be read only once; --embed-audio needs the recording as a file.")
        }
    }

    /// The sound for the page, whose size is said on standard error before it is made; nil if it was not asked for.
    ///
    /// - Throws: `CommandFailure` or `AudioDecodingError`.
    func sound(of recording: RecordingIdentity, quiet: Bool) throws -> EmbeddedSound? {
        guard embedAudio || embedAs != nil else { return nil }
        let path = recording.path
        let size = FileStatus(path)?.byteCount
        let expected = SpokenOpus.expectedByteCount(seconds: recording.duration)
        let mediaType = Self.mediaTypes[URL(filePath: path).pathExtension.lowercased()]
        let keepsOriginal =
            embedAs == .original || !SpokenOpus.isAvailable
            || (embedAs == nil && mediaType != nil && (size ?? .max) <= expected)
        // Base64 makes four characters of three bytes.
        let inPage = (keepsOriginal ? size ?? 0 : expected) / 3 * 4
        if !quiet {
            StandardError.write(
                "twoway: putting \(path) into the page \(keepsOriginal ? "as it is" : "as Opus"): about "
                    + "\(Self.megabytes(inPage)) more\n")
        }
        guard keepsOriginal else {
            // It has been read once, so it may be as long as it is.
            var parameters = AudioDecodingParameters()
            parameters.maximumDuration = max(parameters.maximumDuration, recording.duration + 1)
            return EmbeddedSound(
                mediaType: "audio/ogg", bytes: try SpokenOpus.encode(.file(path), parameters: parameters))
        }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("\(path) cannot be read again for the page.", status: ExitStatus.unreadableInput)
        }
        return EmbeddedSound(mediaType: mediaType ?? "application/octet-stream", bytes: [UInt8](bytes))
    }

    private static func megabytes(_ count: Int) -> String { ScoreText.fixed(Double(count) / 1_000_000, 1) + " MB" }

    /// What browsers call the formats that they play.
    private static let mediaTypes = [
        "wav": "audio/wav", "mp3": "audio/mpeg", "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg",
        "flac": "audio/flac", "m4a": "audio/mp4", "mp4": "audio/mp4", "aac": "audio/aac", "webm": "audio/webm",
    ]
}
