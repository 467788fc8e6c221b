import AudioDecoding
import Diarization
import Reciprocity
import SpectralAnalysis

/// Analyses a meeting that is stored as one file per person.
///
/// The tracks may differ in length, sample rate, channels and start. Where a track has not begun or is over, it holds
/// its own quietest noise, so that its start is not heard as speech.
public struct TrackAnalyzer: Sendable {
    private let parameters: AnalysisParameters

    /// An analyzer with `parameters`.
    public init(parameters: AnalysisParameters = .init()) { self.parameters = parameters }

    /// Reads two tracks and measures the meeting that they are.
    ///
    /// - Parameters:
    ///   - paths: Two files.
    ///   - offset: How much later the second starts than the first, seconds, negative if earlier; nil to find out
    ///     from what one microphone hears of the other person, and else to take both as starting together.
    ///   - progress: Called now and then with the seconds read so far.
    /// - Returns: An analysis whose `channelOfA` is the number of the track of speaker A.
    /// - Throws: `AudioDecodingError`, or `BatchError.twoTracksNeeded`.
    public func analyze(
        _ paths: [String], offset: Double? = nil, progress: ((_ seconds: Double) -> Void)? = nil
    ) async throws -> RecordingAnalysis {
        guard paths.count == 2 else { throw BatchError.twoTracksNeeded(count: paths.count) }
        var tracks: [Track] = []
        for path in paths { tracks.append(try await track(path, progress: progress)) }
        var warnings = tracks.flatMap(\.warnings)
        let alignment = TrackAlignment(
            tracks[0].features, tracks[1].features, durations: tracks.map(\.duration), offset: offset,
            parameters: parameters.trackOffset)
        warnings += alignment.warnings
        let features = RecordingFeatures(
            duration: alignment.duration,
            channels: [alignment.aligned(tracks[0].features, 0), alignment.aligned(tracks[1].features, 1)])
        let (formats, hashes) = (tracks.map(\.format), tracks.map(\.sha256))
        tracks = []
        var diarization = await Diarizer(parameters: parameters.diarization).diarize(
            consume features, channelUse: .separate, threads: parameters.threads)
        diarization.warnings =
            warnings
            + diarization.warnings.map {
                $0.replacing("Only one of the two channels", with: "Only one of the two tracks")
            }
        return RecordingAnalysis(
            recording: RecordingIdentity(
                path: paths.joined(separator: " + "), sha256: Self.contentHash(of: hashes),
                duration: alignment.duration, sampleRate: formats[0].sampleRate, channelCount: 2,
                encoding: "two tracks: " + formats.map(\.encoding).joined(separator: " and ")),
            diarization: diarization,
            reciprocity: reciprocity(
                of: diarization.timeline, evidence: diarization.meetingEvidence, parameters: parameters.reciprocity))
    }

    /// The hash by which a meeting of several files is known: SHA-256 of their hashes, one a line.
    static func contentHash(of hashes: [String]) -> String {
        ContentHash.of(hashes.map { $0 + "\n" }.joined())
    }

    private struct Track {
        var features: SpectralFeatures
        var duration: Double
        var format: AudioFormat
        var sha256: String
        var warnings: [String]
    }

    private func track(
        _ path: String, progress: ((Double) -> Void)?
    ) async throws(AudioDecodingError) -> Track {
        let decoder = try AudioDecoder(.file(path), parameters: parameters.decoding)
        let read = try await FeatureExtraction(parameters: parameters).features(of: decoder, progress: progress)
        guard !decoder.isStream, let sha256 = ContentHash.ofFile(path) else {
            throw .inputFailed(path, reason: "a track has to be a file that can be read twice")
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return Track(
            features: await Diarizer(parameters: parameters.diarization).heardAsOne(
                read.channels, threads: parameters.threads),
            duration: read.duration, format: decoder.format, sha256: sha256,
            warnings: (decoder.warnings + FeatureExtraction.warnings(decoder.format)).map { "\(name): \($0)" })
    }
}

/// Two tracks on the time axis of their meeting, which begins with the earlier of them.
struct TrackAlignment {
    /// Length of the meeting, seconds.
    let duration: Double
    /// When each track begins, seconds.
    let starts: [Double]
    /// What the reader should know about it.
    let warnings: [String]
    private let geometry: FrameGeometry

    init(
        _ first: SpectralFeatures, _ second: SpectralFeatures, durations: [Double], offset: Double?,
        parameters: TrackOffsetParameters
    ) {
        geometry = first.geometry
        var (seconds, warnings) = (offset ?? 0, [String]())
        if offset == nil {
            if let found = TrackOffset(first, second, parameters: parameters) {
                seconds = Double(found.frames) * geometry.framePeriod
                let tenths = (abs(seconds) * 10).rounded() / 10
                if found.frames != 0 {
                    warnings.append(
                        "The second track starts \(tenths) s \(seconds > 0 ? "after" : "before") the first, as is heard "
                            + "from the voices that both hold.")
                }
            } else if abs(durations[0] - durations[1]) > Self.tellingDifference {
                warnings.append(
                    "Nothing in the tracks says when they start, so both are taken to start together; "
                        + "say otherwise with --offset.")
            }
        }
        starts = [max(-seconds, 0), max(seconds, 0)]
        duration = zip(starts, durations).map { $0 + $1 }.max() ?? 0
        self.warnings = warnings
    }

    /// Tracks whose lengths differ by more than this may have started at different times, seconds.
    private static let tellingDifference = 1.0

    /// A track with one row for every frame of the meeting.
    ///
    /// Each frame takes the nearest of the track's own, half a frame off at most.
    func aligned(_ features: SpectralFeatures, _ track: Int) -> SpectralFeatures {
        let bands = SpectralFeatures.bandCount
        let count = Int(duration / geometry.framePeriod)
        let noise = (0..<bands).map { band -> Float in
            var values = (0..<features.frameCount).map { features.row($0)[band] }
            return values.isEmpty ? Self.silence : quantile(&values, Self.noiseQuantile)
        }
        var aligned = SpectralFeatures(geometry: geometry)
        for start in stride(from: 0, to: count, by: SpectralFeatures.framesPerChunk) {
            let length = min(SpectralFeatures.framesPerChunk, count - start)
            let rows = LogPowerRows(count: length * bands)
            var harmonicity = [Float](repeating: 0, count: length)
            for frame in 0..<length {
                let time = Double(start + frame) * geometry.framePeriod - starts[track]
                let nearest = Int((time / features.geometry.framePeriod).rounded())
                if nearest >= 0, nearest < features.frameCount {
                    (rows.steps + frame * bands).update(from: features.row(nearest).steps, count: bands)
                    harmonicity[frame] = features.harmonicity[nearest]
                } else {
                    for band in 0..<bands { rows[frame * bands + band] = noise[band] }
                }
            }
            aligned.append(SpectralChunk(logMel: rows, harmonicity: harmonicity))
        }
        return aligned
    }

    /// Quantile of a band that stands for its noise.
    private static let noiseQuantile = 0.1
    /// What stands in for a band without a frame, natural logarithm of power.
    private static let silence = VoiceActivityParameters().outerSilence
}
