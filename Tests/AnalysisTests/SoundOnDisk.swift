import Analysis
import AudioDecoding
import Diarization
import Foundation
import Reciprocity
import RepositoryFolders
import Testing
import Timeline

/// Sound in memory that goes through a file into the whole analysis.
struct SoundOnDisk {
    /// One array a channel.
    var planes: [[Float]]
    /// Hertz.
    var rate: Int

    /// Sound as given.
    init(planes: [[Float]], rate: Int) { (self.planes, self.rate) = (planes, rate) }

    /// The sound of a recording.
    init(contentsOf path: String) throws {
        let decoder = try AudioDecoder(.file(path))
        let channels = decoder.format.channelCount
        (planes, rate) = (.init(repeating: [], count: channels), decoder.format.sampleRate)
        let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 65_536 * channels)
        defer { block.deallocate() }
        while true {
            let count = try decoder.read(into: block)
            if count == 0 { break }
            for channel in 0..<channels {
                planes[channel] += stride(from: channel, to: count * channels, by: channels).map { block[$0] }
            }
        }
    }

    /// A spoken fixture of 8 kHz, one channel.
    static func fixture(_ name: String) throws -> SoundOnDisk {
        try SoundOnDisk(contentsOf: RepositoryFolders.fixtures.appending(path: name + ".wav").path)
    }

    /// The same with every sample changed.
    func mapped(_ change: (Float) -> Float) -> SoundOnDisk {
        SoundOnDisk(planes: planes.map { $0.map(change) }, rate: rate)
    }

    /// The same with digital silence before it.
    func delayed(seconds: Int) -> SoundOnDisk {
        SoundOnDisk(planes: planes.map { [Float](repeating: 0, count: seconds * rate) + $0 }, rate: rate)
    }

    /// The same at three times the rate: zeros between, then a windowed sinc of 48 taps a sample (Hann, cut at the old
    /// Nyquist frequency).
    func tripled() -> SoundOnDisk {
        let reach = 24
        let taps = (0..<3).map { phase in
            (-reach..<reach).map { tap -> Float in
                let distance = Double(tap) + Double(phase) / 3
                let sinc = distance == 0 ? 1 : sin(.pi * distance) / (.pi * distance)
                return Float(sinc * (0.5 + 0.5 * cos(.pi * distance / Double(reach))))
            }
        }
        let planes = self.planes.map { plane -> [Float] in
            let padded = [Float](repeating: 0, count: reach) + plane + [Float](repeating: 0, count: reach)
            var output = [Float](repeating: 0, count: 3 * plane.count)
            padded.withUnsafeBufferPointer { padded in
                for index in plane.indices {
                    for phase in 0..<3 {
                        var sum: Float = 0
                        let row = taps[phase]
                        // y(t) = Σ x(n) h(t − n), with n from index − reach + 1 to index + reach.
                        for tap in 0..<2 * reach { sum += padded[index + 2 * reach - tap] * row[tap] }
                        output[3 * index + phase] = sum
                    }
                }
            }
            return output
        }
        return SoundOnDisk(planes: planes, rate: 3 * rate)
    }

    /// Writes the sound as 32-bit float WAV and analyses it; every result must keep to `check`.
    func analysis() async throws -> RecordingAnalysis {
        let url = FileManager.default.temporaryDirectory.appending(path: "twoway-sound-\(UUID().uuidString).wav")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(waveBytes).write(to: url)
        let analysis = try await RecordingAnalyzer().analyze(.file(url.path))
        Self.check(analysis)
        return analysis
    }

    private var waveBytes: [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let (channels, frames) = (planes.count, planes[0].count)
        var bytes: [UInt8] = Array("RIFF".utf8) + little(36 + 4 * channels * frames, 4) + Array("WAVEfmt ".utf8)
        bytes += little(16, 4) + little(3, 2) + little(channels, 2) + little(rate, 4) + little(4 * channels * rate, 4)
        bytes += little(4 * channels, 2) + little(32, 2) + Array("data".utf8) + little(4 * channels * frames, 4)
        bytes.reserveCapacity(bytes.count + 4 * channels * frames)
        for frame in 0..<frames {
            for plane in planes {
                let bits = plane[frame].bitPattern
                bytes.append(UInt8(truncatingIfNeeded: bits))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
            }
        }
        return bytes
    }

    /// What holds for every analysis, whatever the sound was.
    static func check(_ analysis: RecordingAnalysis) {
        let (duration, found) = (analysis.recording.duration, analysis.reciprocity)
        #expect(duration.isFinite && duration >= 0)
        let shares = [found.talkShare, found.floorShare].map { [$0.a, $0.b].compactMap { $0 } }
        for pair in shares where !pair.isEmpty { #expect(abs(pair.reduce(0, +) - 1) < 1e-9) }
        if let states = found.states {
            let all = [states.only.a, states.only.b, states.both, states.neither]
            #expect(all.allSatisfy { (0...1).contains($0) })
            #expect(abs(all.reduce(0, +) - 1) < 1e-9)
        }
        let isInside = found.turns.allSatisfy { 0 <= $0.start && $0.start < $0.end && $0.end <= duration + 1e-9 }
        #expect(isInside, "a turn outside the recording")
        let segments = analysis.diarization.timeline.segments
        #expect(segments.allSatisfy { 0 <= $0.start && $0.start < $0.end && $0.end <= duration + 1e-9 })
        let numbers: [Double?] =
            [
                found.imbalance, found.interactivity, found.silenceShare, found.longestSilence, found.overlapOnsetShare,
                analysis.diarization.estimatedConfusion, analysis.diarization.talkShareUncertainty,
            ]
            + Speaker.allCases.flatMap { speaker -> [Double?] in
                [
                    found.medianTurn[speaker], found.p90Turn[speaker], found.backchannelRate[speaker],
                    found.talkShareInterval[speaker]?.lowerBound, found.talkShareInterval[speaker]?.upperBound,
                ]
            } + found.turns.map(\.confidence)
        let isFinite = numbers.allSatisfy { $0?.isFinite ?? true }
        #expect(isFinite)
    }
}
