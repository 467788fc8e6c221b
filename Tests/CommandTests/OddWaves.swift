/// WAV files that recorders, tools and accidents leave behind.
enum OddWaves {
    static func little(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// A WAV with any header fields; `statedBytes` is the length of the data chunk in the header.
    static func wave(
        format: Int = 1, channels: Int = 1, rate: Int = 16000, bits: Int = 16, data: [UInt8], statedBytes: Int? = nil
    ) -> [UInt8] {
        let frame = channels * bits / 8
        let header =
            Array("RIFF".utf8) + little(36 + (statedBytes ?? data.count), 4) + Array("WAVEfmt ".utf8) + little(16, 4)
            + little(format, 2) + little(channels, 2) + little(rate, 4) + little(rate * frame, 4) + little(frame, 2)
            + little(bits, 2) + Array("data".utf8) + little(statedBytes ?? data.count, 4)
        return header + data
    }

    static func pcm(_ samples: some Sequence<Int>) -> [UInt8] { samples.flatMap { little($0, 2) } }

    static func float(_ samples: some Sequence<Float>) -> [UInt8] { samples.flatMap { little(Int($0.bitPattern), 4) } }
}
