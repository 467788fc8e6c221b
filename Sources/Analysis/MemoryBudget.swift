import AudioDecoding
import Foundation
import SpectralAnalysis

/// How much memory a batch may take, and how much a recording will.
public struct MemoryBudget: Sendable, Hashable {
    /// Bytes for all recordings that are analysed at the same time.
    public var byteCount: Int
    /// Features of an hour of one channel, bytes: 132 bytes a frame, 100 frames a second, and what is sorted of them.
    public var bytesPerChannelHour = 60_000_000
    /// What a recording takes however short it is, bytes: decoder, transforms, and the search for the voices.
    public var bytesPerRecording = 24_000_000
    /// Bytes a second from which the length of a recording is guessed whose header does not state it.
    ///
    /// 4000 is speech at 32 kbit/s; what is recorded at a lower rate is underestimated, what is louder overestimated.
    public var guessedBytesPerSecond = 4000
    /// Bytes a second of the slimmest WAV that is accepted: 8 kHz, 8 bits.
    public var slimmestWaveBytesPerSecond = 8000

    /// A budget of `byteCount` bytes.
    public init(byteCount: Int) { self.byteCount = byteCount }

    /// Half of the memory of this machine, at least 256 MB.
    public static var half: MemoryBudget {
        MemoryBudget(byteCount: max(Int(ProcessInfo.processInfo.physicalMemory / 2), 256_000_000))
    }

    /// What the analysis of `extent` takes at most, bytes; of a recording that needs an external decoder, with at most two
    /// channels, as nearly all of them.
    func cost(of extent: RecordingExtent) -> Int {
        bytesPerRecording + Int(extent.seconds / 3600 * Double(extent.channelCount * bytesPerChannelHour))
    }

    /// How long a recording is by its header or, if that says nothing, by its size.
    ///
    /// Starts no other program, so that thousands of files are looked at quickly.
    ///
    /// - Throws: `AudioDecodingError` where it cannot be decoded.
    func extent(
        of path: String, parameters: AudioDecodingParameters
    ) throws(AudioDecodingError) -> RecordingExtent {
        let byteCount = FileStamp(path)?.byteCount ?? 0
        var parameters = parameters
        let program = parameters.externalDecoder
        parameters.externalDecoder = nil
        do throws(AudioDecodingError) {
            let format = try AudioDecoder(.file(path), parameters: parameters).format
            let seconds =
                format.statedFrameCount.map { Double($0) / Double(format.sampleRate) }
                ?? Double(byteCount) / Double(slimmestWaveBytesPerSecond)
            return RecordingExtent(
                seconds: seconds, channelCount: min(format.channelCount, SampleChunker.greatestPlaneCount))
        } catch .needsExternalDecoder where program != nil {
            return RecordingExtent(seconds: Double(byteCount) / Double(guessedBytesPerSecond), channelCount: 2)
        }
    }
}

/// How much there is to hear in a recording.
struct RecordingExtent: Sendable, Hashable {
    /// Length, seconds.
    var seconds: Double
    /// Channels that are analysed, 1 to 8.
    var channelCount: Int
}
