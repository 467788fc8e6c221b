/// The numbers that decide what is accepted as a recording and how it is read.
public struct AudioDecodingParameters: Sendable, Hashable {
    /// Lowest accepted sample rate, hertz.
    ///
    /// Telephone speech has 8000; below it consonants are gone.
    public var minimumSampleRate = 8_000
    /// Highest accepted sample rate, hertz.
    ///
    /// 192000 is the highest that recorders offer.
    public var maximumSampleRate = 192_000
    /// Most channels accepted.
    public var maximumChannelCount = 32
    /// Longest recording accepted, seconds.
    ///
    /// 25 hours are the longest day of the year, when the clocks go back; a few kilobytes of FLAC or Opus can hold
    /// weeks of silence, and what is read costs about 48 MB of memory an hour and channel.
    public var maximumDuration = 90_000.0
    /// Samples above this magnitude (full scale is 1) count as not finite.
    ///
    /// Float recordings may exceed full scale; a million times full scale (120 dB) is damage, not sound.
    public var largestMagnitude: Float = 1e6
    /// Bytes asked for in one read of the input.
    ///
    /// 128 KiB keep the block in the second-level cache.
    public var readByteCount = 131_072
    /// How far into the input the start of a WAV's samples is searched before libsndfile is asked, bytes.
    public var headerSearchByteCount = 65_536
    /// Bytes behind the stated end of a WAV's samples below which they are padding, not more sound.
    ///
    /// 4096 bytes are 0.13 s of 16-bit mono at 16 kHz.
    public var minimumUnstatedByteCount = 4_096
    /// Stated data lengths from this on mean "not known" in a stream, bytes.
    ///
    /// ffmpeg writes 2³² − 1 to a pipe, SoX and arecord a little less than 2³¹.
    public var unknownLengthByteCount = 0x7FFF_0000
    /// Name on PATH, or path, of the program that decodes what libsndfile cannot; nil to start none.
    public var externalDecoder: String? = "ffmpeg"
    /// How long that program may give neither sound nor end, seconds.
    ///
    /// Decoding goes at hundreds of times the speed of speech; a minute without a sample is a program that hangs.
    public var externalDecoderPatience = 60.0
    /// How long that program may be waited for in all, seconds.
    ///
    /// Two hours suffice for a recording of `maximumDuration` on a machine that decodes at 12 times the speed of speech.
    public var externalDecoderWaitingTime = 7_200.0
    /// Most bytes of a stream kept in the temporary file.
    ///
    /// 16 GiB hold `maximumDuration` of uncompressed 16-bit stereo at 44.1 kHz.
    public var maximumSpoolByteCount = 16 << 30
    /// Folder of the unlinked temporary file; nil for `TMPDIR`, or `/tmp` where that is not set.
    ///
    /// Used only for a stream in a format that must be read with jumps (anything but plain WAV).
    public var temporaryFolder: String?

    /// The defaults named at each field.
    public init() {}
}
