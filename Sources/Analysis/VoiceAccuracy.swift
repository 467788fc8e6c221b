import AudioDecoding
public import Diarization
private import Foundation
import LabelFormats
import Scoring
public import Timeline

/// One comparison of an enrolled voice with a recording.
public struct VoiceTrial: Sendable {
    /// Recording the voice was enrolled from, without extension.
    public var enrolledFrom: String
    /// Recording it was looked for in.
    public var heardIn: String
    /// Folder of that recording.
    public var folder: String
    /// Band both were compared in.
    public var band: VoiceStatistics.Band
    /// Whether the recording passes no more than this band, so that it would be compared in it.
    public var isNative: Bool
    /// Who the enrolled person is; nil when absent.
    public var truth: Speaker?
    /// What came out; nil when it could not be compared.
    public var recognition: VoiceRecognition?

    /// Whether the voice was enrolled from the other half of the same recording.
    public var isOwnHalf: Bool { enrolledFrom == heardIn }
}

/// How well enrolled voices are recognised on a corpus.
///
/// Every person of every recording is enrolled from at most 30 s of speech of the first half, cut by the reference. They
/// are then looked for in the second half and in all other recordings, as the program itself parts them. Who is the
/// same person across recordings comes from `voice_a` and `voice_b` in the JSON file beside a recording.
public struct VoiceAccuracy: Sendable {
    /// Longest speech that a voice is enrolled from, seconds.
    public static let enrolledSpeech = 30.0
    private let parameters: AnalysisParameters

    /// An evaluation of analyses with `parameters`.
    public init(parameters: AnalysisParameters = .init()) {
        var parameters = parameters
        parameters.diarization.measuresVoices = true
        self.parameters = parameters
    }

    /// A recording with what was found in it.
    private struct Case {
        var name: String
        var folder: String
        var band: VoiceStatistics.Band
        var isNative: Bool
        /// Identity of each reference label.
        var people: [String: String]
        /// Whether identities hold beyond this recording.
        var namesPeople: Bool
        var enrolled: [String: VoiceStatistics]
        var half: (voices: RecordedVoices, truth: [String: Speaker])?
        var whole: (voices: RecordedVoices, truth: [String: Speaker])?
    }

    /// All trials over the recordings below `folder`.
    ///
    /// - Throws: `AudioDecodingError` or `LabelFormatError`.
    public func trials(below folder: String) async throws -> [VoiceTrial] {
        var cases: [Case] = []
        for recording in CorpusAccuracy.recordings(below: folder) {
            for band in VoiceStatistics.Band.allCases {
                if let heard = try await hear(recording, band: band) { cases.append(heard) }
            }
        }
        var trials: [VoiceTrial] = []
        for source in cases {
            for (label, voice) in source.enrolled.sorted(by: { $0.key < $1.key }) {
                for target in cases where target.band == source.band {
                    trials += trial(of: label, voice, from: source, in: target).map { [$0] } ?? []
                }
            }
        }
        return trials
    }

    private func trial(
        of label: String, _ voice: VoiceStatistics, from source: Case, in target: Case
    ) -> VoiceTrial? {
        let isOwn = source.name == target.name
        guard isOwn || (source.namesPeople && target.namesPeople),
            let heard = isOwn ? target.half : target.whole
        else { return nil }
        let person = source.people[label]
        let truth = target.people.first { $0.value == person }.flatMap { heard.truth[$0.key] }
        if truth == nil, target.people.values.contains(where: { $0 == person }) {
            // They hardly speak in this half, or the program found one voice only: neither present nor absent.
            return nil
        }
        return VoiceTrial(
            enrolledFrom: source.name, heardIn: target.name, folder: target.folder, band: target.band,
            isNative: target.isNative, truth: truth,
            recognition: VoiceRecognition(of: [voice], among: heard.voices))
    }

    private func hear(_ recording: String, band: VoiceStatistics.Band) async throws -> Case? {
        let base = URL(filePath: recording).deletingPathExtension()
        let segments = try RTTM.recordings(atPath: base.appendingPathExtension("rttm").path).flatMap(\.segments)
        let labels = Set(segments.map(\.label)).sorted()
        guard labels.count == 2 else { return nil }
        let sound = try Self.samples(of: recording)
        guard band == .telephone || sound.format.sampleRate > 8000 else { return nil }
        let used = band == .telephone ? parameters.telephoneBand : parameters
        let names = Self.names(of: base, labels)
        var heard = Case(
            name: base.lastPathComponent, folder: base.deletingLastPathComponent().lastPathComponent, band: band,
            isNative: band == .wide || sound.format.sampleRate <= 8000,
            people: names ?? Dictionary(uniqueKeysWithValues: labels.map { ($0, $0) }), namesPeople: names != nil,
            enrolled: [:], half: nil, whole: nil)
        let length = sound.duration
        for label in labels {
            let clip = sound.solo(of: label, in: segments, before: length / 2, atMost: Self.enrolledSpeech)
            guard clip.count >= Int(VoiceEnrolment.leastSpeech) * sound.format.sampleRate else { continue }
            let format = AudioFormat(sampleRate: sound.format.sampleRate, channelCount: 1, encoding: "")
            let diarization = await diarize(clip, format, used)
            heard.enrolled[label] = diarization.voices?.all
        }
        heard.half = await voices(sound, from: length / 2, segments, used)
        heard.whole = await voices(sound, from: 0, segments, used)
        return heard
    }

    private func diarize(_ samples: [Float], _ format: AudioFormat, _ used: AnalysisParameters) async -> Diarization {
        let features = await FeatureExtraction(parameters: used).features(of: samples, format: format)
        return await Diarizer(parameters: used.diarization).diarize(
            features, channelUse: used.channelUse, threads: used.threads)
    }

    private func voices(
        _ sound: Sound, from start: Double, _ segments: [LabelledSegment], _ used: AnalysisParameters
    ) async -> (RecordedVoices, [String: Speaker])? {
        let channels = sound.format.channelCount
        let first = Int(start * Double(sound.format.sampleRate)) * channels
        let diarization = await diarize(Array(sound.samples[first...]), sound.format, used)
        guard let voices = diarization.voices else { return nil }
        let reference = segments.filter { $0.end > start }.map {
            LabelledSegment(label: $0.label, start: max($0.start - start, 0), end: $0.end - start)
        }
        let score = Score(
            reference: reference, hypothesis: diarization.timeline.labelled(), duration: sound.duration - start,
            convention: .strict)
        return (voices, score.mapping.compactMapValues { Speaker(rawValue: $0) })
    }

    /// Who the labels are, where that is known beyond the recording.
    private static func names(of base: URL, _ labels: [String]) -> [String: String]? {
        if let data = try? Data(contentsOf: base.appendingPathExtension("json")),
            let settings = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            let a = settings["voice_a"] as? String, let b = settings["voice_b"] as? String
        {
            return ["A": a, "B": b]
        }
        // Labels of the AMI corpus are those of its participants.
        guard base.lastPathComponent.hasPrefix("ami-") else { return nil }
        return Dictionary(uniqueKeysWithValues: labels.map { ($0, $0) })
    }

    private struct Sound {
        var format: AudioFormat
        var samples: [Float]
        var duration: Double {
            Double(samples.count / max(format.channelCount, 1)) / Double(format.sampleRate)
        }

        /// What only `label` says before a time, channels averaged.
        func solo(
            of label: String, in segments: [LabelledSegment], before end: Double, atMost seconds: Double
        ) -> [Float] {
            let rate = Double(format.sampleRate)
            let channels = format.channelCount
            let last = Int(end * rate)
            var mine = [Bool](repeating: false, count: last)
            for segment in segments.sorted(by: { ($0.label == label ? 0 : 1) < ($1.label == label ? 0 : 1) }) {
                let range = min(Int(segment.start * rate), last)..<min(Int(segment.end * rate), last)
                for index in range { mine[index] = segment.label == label }
            }
            var clip: [Float] = []
            for index in mine.indices where mine[index] && clip.count < Int(seconds * rate) {
                var sum: Float = 0
                for channel in 0..<channels { sum += samples[index * channels + channel] }
                clip.append(sum / Float(channels))
            }
            return clip
        }
    }

    private static func samples(of path: String) throws -> Sound {
        let decoder = try AudioDecoder(.file(path))
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 8192 * decoder.format.channelCount)
        defer { buffer.deallocate() }
        var sound = Sound(format: decoder.format, samples: [])
        while true {
            let frames = try decoder.read(into: buffer)
            if frames == 0 { return sound }
            sound.samples += buffer[..<(frames * decoder.format.channelCount)]
        }
    }
}

extension VoiceAccuracy {
    /// The line from evidence to log odds that makes the trials likeliest; present and absent weigh two to one.
    public static func calibration(of trials: [VoiceTrial]) -> VoiceRecognitionParameters.Calibration {
        let present = trials.count { $0.truth != nil }
        let absentWeight = 0.5 * Double(present) / Double(max(trials.count - present, 1))
        func cost(_ line: VoiceRecognitionParameters.Calibration) -> Double {
            trials.reduce(0) { sum, trial in
                guard let evidence = trial.recognition?.evidence else { return sum }
                let found = VoiceRecognition.probabilities(evidence, line)
                let probability = trial.truth.map { found.each[$0] } ?? found.neither
                return sum - (trial.truth == nil ? absentWeight : 1) * log(max(probability, 1e-12))
            }
        }
        // Downhill in halving steps: two numbers, so plain is enough, and always the same.
        var line = VoiceRecognitionParameters.Calibration(slope: 0.5, offset: -3)
        var least = cost(line)
        var step = (slope: 0.25, offset: 2.0)
        while step.offset > 0.01 {
            var moved = false
            for (slope, offset) in [(1.0, 0.0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)] {
                let next = VoiceRecognitionParameters.Calibration(
                    slope: max(line.slope + slope * step.slope, 0.01), offset: line.offset + offset * step.offset)
                let value = cost(next)
                if value < least { (line, least, moved) = (next, value, true) }
            }
            if !moved { step = (step.slope / 2, step.offset / 2) }
        }
        return line
    }
}
