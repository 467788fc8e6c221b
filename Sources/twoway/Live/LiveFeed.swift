import Analysis
import AudioDecoding
import Foundation

/// Sound that arrives on a thread of its own, so that whoever waits for it can look at the clock and at signals.
final class LiveFeed: @unchecked Sendable {
    /// What arrives.
    enum Event: Sendable {
        case format(AudioFormat)
        /// Interleaved samples.
        case samples([Float])
        /// The stream is over; what was wrong with it.
        case end(warnings: [String])
        case failure(AudioDecodingError)
        /// Ctrl-C or the like.
        case interrupted
    }

    /// Events that may wait: 5 s of sound.
    private static let capacity = 50
    /// How late the end of a wait may be seen, microseconds.
    private static let tickLength: UInt32 = 100_000
    private let condition = NSCondition()
    private var waiting: [Event] = []
    private var isInterrupted = false
    private var isClosed = false
    private let hash = RunningHash()

    /// The hash of a stream that is read on one thread and asked for on another.
    private final class RunningHash: @unchecked Sendable {
        private let lock = NSLock()
        private var hash = ContentHash()

        func update(_ bytes: UnsafeRawBufferPointer) { lock.withLock { hash.update(bytes) } }
        var hexadecimal: String { lock.withLock { hash.hexadecimal } }
    }

    /// Hash of all bytes so far: what a meeting is known by that was ended before its stream.
    var sha256: String { hash.hexadecimal }

    /// Starts to read an open descriptor, as raw PCM where `pcm` says so, else by its header.
    func start(descriptor: Int32, pcm: PCMShape?) {
        let source = pcm.map { Self.withHeader(descriptor, $0) } ?? descriptor
        Thread.detachNewThread { self.read(source) }
        Thread.detachNewThread { self.tick() }
    }

    /// Wakes whoever waits, until nobody wants more.
    private func tick() {
        while true {
            usleep(Self.tickLength)
            condition.lock()
            condition.broadcast()
            let isOver = isClosed
            condition.unlock()
            if isOver { return }
        }
    }

    private func read(_ descriptor: Int32) {
        // However long the header says that it is: who follows it knows when to end.
        var parameters = AudioDecodingParameters()
        parameters.maximumDuration = .infinity
        let hash = hash
        do throws(AudioDecodingError) {
            let decoder = try AudioDecoder(streamDescriptor: descriptor, parameters: parameters) { hash.update($0) }
            push(.format(decoder.format))
            let channels = decoder.format.channelCount
            let buffer = UnsafeMutableBufferPointer<Float>.allocate(
                capacity: max(decoder.format.sampleRate / 10, 1) * channels)
            defer { buffer.deallocate() }
            while true {
                let frames = try decoder.read(into: buffer)
                if frames == 0 { break }
                if !push(.samples(Array(buffer[..<(frames * channels)]))) { return }
            }
            push(.end(warnings: decoder.warnings))
        } catch {
            push(.failure(error))
        }
    }

    /// A pipe that carries a header and then the raw samples.
    private static func withHeader(_ descriptor: Int32, _ pcm: PCMShape) -> Int32 {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return descriptor }
        let (reading, writing) = (ends[0], ends[1])
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 1 << 14)
            var bytes = pcm.header
            while !bytes.isEmpty {
                var done = 0
                while done < bytes.count {
                    let count = bytes.withUnsafeBytes {
                        write(writing, $0.baseAddress.map { $0 + done }, $0.count - done)
                    }
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { break }
                    done += count
                }
                var got = 0
                repeat { got = Foundation.read(descriptor, &buffer, buffer.count) } while got < 0 && errno == EINTR
                bytes = Array(buffer.prefix(max(got, 0)))
            }
            close(writing)
        }
        return reading
    }

    /// Adds an event, waiting while too many wait; false when nobody wants more.
    @discardableResult
    private func push(_ event: Event) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while waiting.count >= Self.capacity, !isClosed { condition.wait() }
        waiting.append(event)
        condition.broadcast()
        return !isClosed
    }

    private static let waiting = DispatchQueue(label: "twoway.live.feed")

    /// The next event; nil when nothing came for `seconds`.
    ///
    /// Besides other tasks, such as those of the page, it is waited for on a thread of its own, so that theirs stay free.
    /// The time is that of a clock which nobody sets, and which stands still while the machine sleeps; a condition can
    /// only be waited for by the time of day, so that a further thread lets it look at the other clock.
    func next(waitingFor seconds: Double, besideOthers: Bool) async -> Event? {
        guard besideOthers else { return wait(seconds) }
        return await withCheckedContinuation { continuation in
            Self.waiting.async { continuation.resume(returning: self.wait(seconds)) }
        }
    }

    private func wait(_ seconds: Double) -> Event? {
        condition.lock()
        defer { condition.unlock() }
        let limit = SuspendingClock.now + .seconds(seconds)
        while waiting.isEmpty, !isInterrupted, SuspendingClock.now < limit { condition.wait() }
        if isInterrupted { return .interrupted }
        guard !waiting.isEmpty else { return nil }
        defer { condition.broadcast() }
        return waiting.removeFirst()
    }

    /// Ends the waiting, as Ctrl-C does.
    func interrupt() {
        condition.lock()
        (isInterrupted, isClosed) = (true, true)
        condition.broadcast()
        condition.unlock()
    }
}

/// Raw 16-bit samples, least significant byte first, as some recorders write them.
struct PCMShape: Sendable {
    var sampleRate: Int
    var channelCount: Int

    /// The header of a WAV stream of unknown length.
    var header: [UInt8] {
        func little(_ value: Int, _ bytes: Int) -> [UInt8] {
            (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let frame = 2 * channelCount
        return Array("RIFF".utf8) + little(0xFFFF_FFFF, 4) + Array("WAVEfmt ".utf8) + little(16, 4) + little(1, 2)
            + little(channelCount, 2) + little(sampleRate, 4) + little(sampleRate * frame, 4) + little(frame, 2)
            + little(16, 2) + Array("data".utf8) + little(0xFFFF_FFFF, 4)
    }
}
