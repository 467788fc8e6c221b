import AudioDecoding
import CSndfile
import Foundation
import Testing

/// A folder that is there for one test.
final class ScratchFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "twoway-audio-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func write(_ bytes: [UInt8], as name: String) throws -> String {
        try Data(bytes).write(to: url.appending(path: name))
        return path(name)
    }
}

/// Interleaved tones, another frequency and level in each channel, so that swapped channels show.
func tones(frameCount: Int, channelCount: Int, sampleRate: Int) -> [Float] {
    (0..<frameCount * channelCount).map { index in
        let (frame, channel) = index.quotientAndRemainder(dividingBy: channelCount)
        let frequency = 200.0 + 50.0 * Double(channel)
        let level = 0.5 / (1.0 + 0.1 * Double(channel))
        return Float(level * sin(2 * .pi * frequency * Double(frame) / Double(sampleRate)))
    }
}

/// Writes a recording with libsndfile; `format` is container | encoding.
func writeRecording(
    _ samples: [Float], to path: String, format: Int, channelCount: Int = 1, sampleRate: Int = 16_000
) throws {
    var info = SF_INFO()
    (info.format, info.channels, info.samplerate) = (Int32(format), Int32(channelCount), Int32(sampleRate))
    guard let file = sf_open(path, Int32(SFM_WRITE), &info) else {
        throw CocoaError(.fileWriteUnknown, userInfo: ["reason": String(cString: sf_strerror(nil))])
    }
    sf_writef_float(file, samples, sf_count_t(samples.count / channelCount))
    sf_close(file)
}

/// All samples of a recording, read in blocks of `blockFrameCount` frames.
func decodeAll(_ decoder: AudioDecoder, blockFrameCount: Int = 4_096) throws(AudioDecodingError) -> [Float] {
    let channelCount = decoder.format.channelCount
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: blockFrameCount * channelCount)
    defer { block.deallocate() }
    var samples: [Float] = []
    while true {
        let count = try decoder.read(into: block)
        if count == 0 { return samples }
        samples += block[..<(count * channelCount)]
    }
}

/// Energy of the signal over the energy of the difference, decibels; infinite if equal.
func signalToNoise(_ signal: [Float], _ decoded: [Float]) -> Double {
    var (energy, noise) = (0.0, 0.0)
    for (original, got) in zip(signal, decoded) {
        energy += Double(original) * Double(original)
        noise += Double(original - got) * Double(original - got)
    }
    return 10 * log10(energy / noise)
}

/// The bytes of a WAV with every header field open to lies.
struct WaveBytes {
    var formatTag = 1
    var channelCount = 1
    var sampleRate = 16_000
    var bitsPerSample = 16
    var data: [UInt8] = []
    var statedByteCount: Int?
    var trailer: [UInt8] = []

    init(samples: [Int16] = []) {
        data = samples.flatMap { littleEndian(Int($0), 2) }
    }

    var bytes: [UInt8] {
        let frame = channelCount * bitsPerSample / 8
        let format =
            littleEndian(formatTag, 2) + littleEndian(channelCount, 2) + littleEndian(sampleRate, 4)
            + littleEndian(sampleRate * frame, 4) + littleEndian(frame, 2) + littleEndian(bitsPerSample, 2)
        let stated = statedByteCount ?? data.count
        return Array("RIFF".utf8) + littleEndian(min(stated + 36, 0xFFFF_FFFF), 4) + Array("WAVEfmt ".utf8)
            + littleEndian(16, 4) + format + Array("data".utf8) + littleEndian(stated, 4) + data + trailer
    }
}

/// The lowest `count` bytes of a number, least significant first.
func littleEndian(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// Feeds bytes into a pipe from another thread and gives the reading end to `body`.
func withStream<Result>(_ bytes: [UInt8], _ body: (Int32) throws -> Result) throws -> Result {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // A thread of its own: a queue's pool may be full of tests that block in reading.
    Thread.detachNewThread {
        // Whoever refuses the stream closes it, and this thread shall end then, not the process.
        signal(SIGPIPE, SIG_IGN)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(writing, $0.baseAddress, $0.count) }
            if count <= 0 { break }
            rest = rest.dropFirst(count)
        }
        close(writing)
    }
    defer { close(reading) }
    return try body(reading)
}

/// Runs ffmpeg to its end and requires success.
///
/// Foundation's `Process` hangs now and then when tests block all threads of the pool, so this does without.
func runFFmpeg(_ arguments: [String]) throws {
    let words = ["ffmpeg", "-nostdin", "-v", "error"] + arguments
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var child = pid_t()
    try #require(posix_spawnp(&child, "ffmpeg", nil, nil, &pointers, environ) == 0)
    var status: Int32 = -1
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    try #require(status == 0)
}

/// Whether a program is on PATH.
func isInstalled(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
}
