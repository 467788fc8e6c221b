import ArgumentParser
import Foundation

/// The programs that record from a microphone, in the order in which they are looked for.
enum LiveRecorder: String, ExpressibleByArgument, CaseIterable {
    case auto, arecord
    case pwRecord = "pw-record"
    case parecord, rec, ffmpeg

    private static let rate = 16_000

    /// Arguments that make it write 16 kHz mono to standard output.
    private var arguments: [String] {
        let rate = "\(Self.rate)"
        switch self {
        case .auto: return []
        case .arecord: return ["-q", "-t", "raw", "-f", "S16_LE", "-r", rate, "-c", "1", "-"]
        case .pwRecord: return ["--rate", rate, "--channels", "1", "--format", "s16", "--raw", "-"]
        case .parecord: return ["--raw", "--rate=\(rate)", "--channels=1", "--format=s16le"]
        case .rec: return ["-q", "-t", "raw", "-b", "16", "-e", "signed-integer", "-r", rate, "-c", "1", "-"]
        case .ffmpeg:
            #if os(macOS)
                let device = ["-f", "avfoundation", "-i", ":0"]
            #else
                let device = ["-f", "pulse", "-i", "default"]
            #endif
            return ["-nostdin", "-loglevel", "error"] + device + ["-ac", "1", "-ar", rate, "-f", "s16le", "-"]
        }
    }

    /// Where it is installed; nil when it is not.
    private var program: URL? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { URL(filePath: String($0)).appending(path: rawValue) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// Starts it.
    ///
    /// - Throws: `CommandFailure` where none is installed or it cannot be started.
    func start() throws -> (process: Process, output: Int32, pcm: PCMShape) {
        let wanted = self == .auto ? Self.allCases.filter { $0 != .auto } : [self]
        guard let recorder = wanted.first(where: { $0.program != nil }), let program = recorder.program else {
            throw CommandFailure(
                "No recorder was found (\(wanted.map(\.rawValue).joined(separator: ", "))); install one (Debian: apt "
                    + "install alsa-utils, macOS: brew install ffmpeg) or pipe sound into twoway live -",
                status: ExitStatus.unreadableInput)
        }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = program
        process.arguments = recorder.arguments
        process.standardOutput = pipe
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw CommandFailure(
                "\(program.path) could not be started; check that it works by itself.",
                status: ExitStatus.unreadableInput)
        }
        let output = dup(pipe.fileHandleForReading.fileDescriptor)
        return (process, output, PCMShape(sampleRate: Self.rate, channelCount: 1))
    }
}
